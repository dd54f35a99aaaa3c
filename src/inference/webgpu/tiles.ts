/**
 * Which tile each convolution uses. Layers of a kind and of a like number of pixels share one: what is best depends on
 * the adapter, so a few are tried there (tune.ts) and the result is remembered; until then, and on software adapters,
 * whose compiler takes a second for each program, these defaults hold.
 */
import { groupsOfAll } from '../plan/place';
import type { PlacedStep } from '../plan/place';
import type { Tile } from './convolution';

/** Kinds of layers that are tuned apart. */
export type Family = 'stem' | 'spatial' | 'pointwise' | 'transition' | 'linear';

/** Tile by `family/size`; see {@link tileKey}. */
export type TileTable = Readonly<Record<string, Tile>>;

const tile = (pixels: number, groups: number, shares = 1, workgroup = 64): Tile => ({
  pixels,
  groups,
  shares,
  quads: false,
  workgroup,
});

/** Tiles worth trying, the default first. Fewer pixels and more shares suit layers too small to fill the device. */
export const CANDIDATES: Readonly<Record<Family, readonly Tile[]>> = {
  stem: [tile(4, 4), tile(4, 2), tile(2, 4), tile(7, 4)],
  spatial: [tile(4, 2, 4), tile(4, 4), tile(4, 2), tile(2, 2, 8), tile(7, 2, 8), tile(1, 2, 16)],
  pointwise: [tile(4, 2, 4), tile(8, 4), tile(4, 4), tile(4, 2), tile(2, 2, 8), tile(4, 4, 4), tile(1, 2, 16)],
  transition: [tile(4, 2, 4), tile(4, 4), tile(2, 2, 8), tile(1, 2, 16)],
  linear: [tile(1, 1, 16), tile(1, 1, 64), tile(1, 2, 16)],
};

/**
 * Tiles of SwiftShader, measured with bench/kernels.ts: large ones, whose weights are loaded once for four invocations,
 * and the smallest workgroup, because it deals whole workgroups out to the processor's cores.
 */
const software = (pixels: number, groups: number, quads = true): Tile => ({
  pixels,
  groups,
  shares: 1,
  quads,
  workgroup: 4,
});
const SOFTWARE: Readonly<Record<Family, Tile>> = {
  stem: software(8, 8),
  spatial: software(7, 8),
  pointwise: software(14, 8),
  transition: software(8, 8),
  linear: software(1, 1, false),
};

/** For layers so small that compiling a large program takes longer than all that it could save. */
const SLIGHT = software(4, 2, false);
/** Multiply-accumulates below which a layer is one of those. */
const SLIGHT_MACS = 5e5;

/** The family of a step that is a convolution or linear layer. */
export function familyOf({ step }: PlacedStep): Family | undefined {
  if (step.op.kind === 'linear') return 'linear';
  if (step.op.kind !== 'conv') return undefined;
  if (step.op.kernel > 3) return 'stem';
  if (step.op.kernel > 1) return 'spatial';
  return step.op.pooled ? 'transition' : 'pointwise';
}

/** `pointwise/10`: the family and the power of two next to the number of pixels. */
export function tileKey(placed: PlacedStep): string {
  const [, height, width] = placed.step.shape;
  return `${familyOf(placed) ?? 'none'}/${Math.round(Math.log2(height * width))}`;
}

/** Whether a value read from somewhere is one of the tiles that are tried here. */
export function isTile(value: unknown): value is Tile {
  const text = JSON.stringify(value);
  return Object.values(CANDIDATES).some((tiles) => tiles.some((tile) => JSON.stringify(tile) === text));
}

/** Where tiles come from. */
export interface TileChoice {
  /** Measured on this adapter. */
  readonly table: TileTable;
  readonly software: boolean;
  /** Whether the device has subgroups, which quads need. */
  readonly subgroups: boolean;
}

/** The tile of a step: the measured one, or the default of its family, no larger than the map. */
export function tileOf(placed: PlacedStep, family: Family, choice: TileChoice): Tile {
  const measured = choice.table[tileKey(placed)];
  if (measured) return measured;
  if (!choice.software) return CANDIDATES[family][0] ?? tile(4, 4);
  const chosen = placed.step.macs < SLIGHT_MACS && family !== 'linear' ? SLIGHT : SOFTWARE[family];
  const [, height, width] = placed.step.shape;
  const most = family === 'stem' || family === 'spatial' ? width : height * width;
  const groups = groupsOfAll(placed.writes);
  // A few sizes each way and no more: every further one is a further program to compile.
  return {
    ...chosen,
    pixels: most <= chosen.pixels / 2 ? Math.ceil(chosen.pixels / 2) : chosen.pixels,
    groups: Math.min(chosen.groups, 2 ** Math.ceil(Math.log2(groups))),
    quads: chosen.quads && choice.subgroups,
  };
}
