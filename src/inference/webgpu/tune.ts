/**
 * Tries the tiles of tiles.ts on an adapter: one layer of every kind and size of a network, each candidate a few times,
 * within a second for every network, those that compute most first. What was found is kept in the browser's cache under
 * the adapter's name. Not for software adapters, whose compiler alone takes longer; they have measured defaults.
 */
import type { PlacedStep, Placement } from '../plan/place';
import type { Weights } from '../plan/planWeights';
import { timeout } from '../queue';
import { convolutionDispatch } from './dispatches';
import type { Dispatch } from './dispatches';
import type { KernelHost } from './executor';
import { NetworkBuffers } from './program';
import { StageClock } from './stageClock';
import { CANDIDATES, familyOf, isTile, tileKey } from './tiles';
import type { Family, TileTable } from './tiles';

/** Milliseconds that trying may take: what is left has its default, and is tried with the next network. */
const BUDGET = 1000;
const CACHE = 'cspnet-lens-tiles';

/** A layer to try tiles on, for all of its kind and size. */
interface Untried {
  readonly placed: PlacedStep;
  readonly family: Family;
  readonly key: string;
  /** Multiply-accumulates of all that have this kind and size. */
  macs: number;
}

/** The first step of every kind and size that has no tile yet, those first that compute most together. */
export function untried(placement: Placement, known: TileTable): readonly Untried[] {
  const found = new Map<string, Untried>();
  for (const placed of placement.steps) {
    const family = familyOf(placed);
    const key = tileKey(placed);
    // Two runs of channels to write are rare, and would need two dispatches to be tried.
    if (!family || known[key] !== undefined || placed.writes.length !== 1) continue;
    const same = found.get(key);
    if (same) same.macs += placed.step.macs;
    else found.set(key, { placed, family, key, macs: placed.step.macs });
  }
  return [...found.values()].sort((a, b) => b.macs - a.macs);
}

/**
 * Tiles for the kinds and sizes of a placement that `known` lacks, as far as there is time; of it only programs stay on
 * the device.
 * @param budget ms.
 * @throws whatever the device reports; AbortError.
 */
export async function tune(
  host: KernelHost,
  placement: Placement,
  weights: Weights,
  known: TileTable,
  signal?: AbortSignal,
  budget = BUDGET,
): Promise<TileTable> {
  const table: Record<string, TileTable[string]> = { ...known };
  const end = performance.now() + budget;
  const { network } = placement.plan;
  for (const { placed, family, key } of untried(placement, known)) {
    signal?.throwIfAborted();
    if (performance.now() >= end) break;
    const dispatches: Dispatch[] = CANDIDATES[family].map((tile) =>
      convolutionDispatch(placement, placed, placed.writes, tile, host.precision),
    );
    const programs = Promise.all(dispatches.map(({ program }) => host.store.pipeline(program)));
    const late = new Error('no time is left');
    try {
      await timeout(programs, end - performance.now(), late);
    } catch (error) {
      if (error === late) break;
      throw error;
    }
    const buffers = new NetworkBuffers(host.store, placement, dispatches, host.precision);
    const clock = new StageClock(host.store.gpu);
    try {
      dispatches.forEach((_, index) => buffers.addConstants(index, network, weights));
      const encodables = await buffers.prepare(1);
      const ranges = dispatches.map((_, from) => ({ stage: '', from, to: from + 1 }));
      const timed = {
        begin: () => undefined,
        encode: (pass: GPUComputePassEncoder, from: number) => {
          const one = encodables[from];
          if (!one) return;
          pass.setPipeline(one.pipeline);
          pass.setBindGroup(0, one.group);
          // So often that a coarse clock sees it.
          for (let i = 0; i < 20; i++) pass.dispatchWorkgroups(one.grid[0], one.grid[1], 1);
        },
      };
      await clock.once(ranges, timed);
      const times = await clock.once(ranges, timed);
      const best = CANDIDATES[family][times.indexOf(Math.min(...times))];
      if (best) table[key] = best;
    } finally {
      clock.dispose();
      buffers.dispose();
    }
  }
  return table;
}

const addressOf = (adapter: string, precision: string) =>
  `https://cspnet-lens.invalid/tiles/${encodeURIComponent(adapter)}/${precision}`;

/** What was found on an adapter before; nothing where it was not tried, or the browser keeps nothing. */
export async function recallTiles(
  caches: Pick<CacheStorage, 'open'> | undefined,
  adapter: string,
  precision: string,
): Promise<TileTable> {
  try {
    const kept: unknown = await (await (await caches?.open(CACHE))?.match(addressOf(adapter, precision)))?.json();
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, tile]) => isTile(tile)));
  } catch {
    // A cache that cannot be read is as good as none: the tiles are tried again.
    return {};
  }
}

/** Keeps what was found. */
export async function keepTiles(
  caches: Pick<CacheStorage, 'open'> | undefined,
  adapter: string,
  precision: string,
  table: TileTable,
): Promise<void> {
  try {
    await (await caches?.open(CACHE))?.put(addressOf(adapter, precision), Response.json(table));
  } catch {
    // Full or forbidden: the tiles are tried again next time.
  }
}
