/**
 * Tries the tiles of tiles.ts on an adapter: one layer of every kind and size of a network, each candidate a few times,
 * within a second. What was found is kept in the browser's cache under the adapter's name. Not for software adapters,
 * whose compiler alone takes longer; they have measured defaults.
 */
import type { PlacedStep, Placement } from '../plan/place';
import type { Weights } from '../plan/planWeights';
import { convolutionDispatch } from './dispatches';
import type { Dispatch } from './dispatches';
import type { KernelHost } from './executor';
import { NetworkBuffers } from './program';
import { StageClock } from './stageClock';
import { CANDIDATES, familyOf, isTile, tileKey } from './tiles';
import type { Family, TileTable } from './tiles';

/** Milliseconds after which no further layer is tried. */
const BUDGET = 1000;
const CACHE = 'cspnet-lens-tiles';

/** The first step of every kind and size that has no tile yet. */
export function untried(placement: Placement, known: TileTable): { placed: PlacedStep; family: Family; key: string }[] {
  const found = new Map<string, { placed: PlacedStep; family: Family; key: string }>();
  for (const placed of placement.steps) {
    const family = familyOf(placed);
    const key = tileKey(placed);
    // Two runs of channels to write are rare, and would need two dispatches to be tried.
    if (family && known[key] === undefined && !found.has(key) && placed.writes.length === 1) {
      found.set(key, { placed, family, key });
    }
  }
  return [...found.values()];
}

/**
 * Tiles for the kinds and sizes of a placement that `known` lacks, as far as there is time; nothing of it stays on the
 * device.
 * @throws whatever the device reports; AbortError.
 */
export async function tune(
  host: KernelHost,
  placement: Placement,
  weights: Weights,
  known: TileTable,
  signal?: AbortSignal,
): Promise<TileTable> {
  const table: Record<string, TileTable[string]> = { ...known };
  const end = performance.now() + BUDGET;
  const { network } = placement.plan;
  for (const { placed, family, key } of untried(placement, known)) {
    signal?.throwIfAborted();
    if (performance.now() > end) break;
    const dispatches: Dispatch[] = CANDIDATES[family].map((tile) =>
      convolutionDispatch(placement, placed, placed.writes, tile, host.precision),
    );
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
