/** Trying tiles, on Dawn in Node; and keeping what was found. */
import { describe, expect, it } from 'vitest';
import { dawnDevice, dawnHost } from '../../../bench/dawn';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { fuse } from '../plan/fuse';
import { place } from '../plan/place';
import { randomWeights } from '../testing/reference';
import type { Tile } from './convolution';
import { CANDIDATES, familyOf, tileKey } from './tiles';
import { keepTiles, recallTiles, tune, untried } from './tune';

const found = await dawnDevice();
/** Compiling is slow on a busy machine. */
const LONG = 120_000;
const SMALL: Tile = { pixels: 1, groups: 1, shares: 1, quads: false, workgroup: 64 };
const network = buildNetwork(parseNetwork('densenet@growth=4,blocks=1-1,stem=4,classes=3,size=13'));
const placement = place(fuse(network));

describe.skipIf(!found)('trying tiles, skipped where there is no Vulkan driver', { timeout: LONG }, () => {
  it('finds one of the candidates for what has none, and leaves the rest alone', async () => {
    if (!found) throw new Error('no device');
    const known = Object.fromEntries(
      placement.steps
        .filter((placed) => familyOf(placed) !== 'linear' && familyOf(placed) !== undefined)
        .map((placed) => [tileKey(placed), SMALL]),
    );
    expect(untried(placement, known).map(({ key }) => key)).toEqual(['linear/0']);
    const weights = randomWeights(network, 1);
    const table = await tune(dawnHost(found.device), placement, weights, known, undefined, LONG);
    const { 'linear/0': linear, ...rest } = table;
    expect(CANDIDATES.linear).toContainEqual(linear);
    expect(rest).toEqual(known);
    expect(untried(placement, table)).toEqual([]);
  });

  it('leaves alone what there is no time for, and tries what computes most first', async () => {
    if (!found) throw new Error('no device');
    expect(await tune(dawnHost(found.device), placement, randomWeights(network, 1), {}, undefined, 0)).toEqual({});
    const macs = untried(placement, {}).map((layer) => layer.macs);
    expect(macs.length).toBeGreaterThan(2);
    expect(macs).toEqual(macs.toSorted((a, b) => b - a));
  });
});

it('remembers tiles by adapter and precision, and forgets what is no tile', async () => {
  const entries = new Map<string, string>();
  const cache: Partial<Cache> = {
    match: async (key) => {
      const text = entries.get(JSON.stringify(key));
      return text === undefined ? undefined : new Response(text);
    },
    put: async (key, response) => void entries.set(JSON.stringify(key), await response.text()),
  };
  const caches = { open: async () => cache as Cache };
  const [tile] = CANDIDATES.pointwise;
  if (!tile) throw new Error('there are no candidates');
  await keepTiles(caches, 'a GPU', 'float32', { 'pointwise/6': tile, 'spatial/6': { ...tile, pixels: 1000 } });
  expect(await recallTiles(caches, 'a GPU', 'float32')).toEqual({ 'pointwise/6': tile });
  expect(await recallTiles(caches, 'a GPU', 'float16')).toEqual({});
  expect(await recallTiles(undefined, 'a GPU', 'float32')).toEqual({});
  const broken = { open: () => Promise.reject(new Error('forbidden')) };
  expect(await recallTiles(broken, 'a GPU', 'float32')).toEqual({});
  await expect(keepTiles(broken, 'a GPU', 'float32', {})).resolves.toBeUndefined();
});
