/** What turning one knob of a network does to the others; pure, the panels only call it. */
import { DEPTH_NAMES, DEPTHS, depthOf, isSmall, makeSpec, poolsByDefault, SMALL } from '../network/spec';
import { formatNetwork } from '../network/text';
import type { Definition, Depth, Fusion, NetworkSpec } from '../network/spec';

/** What the depth menu offers. */
export type DepthChoice = 'small' | Depth | 'custom';

/** Whether this project ships trained weights for a spec: the small networks as they were trained. */
export function isShipped(spec: NetworkSpec): boolean {
  return formatNetwork(spec) === formatNetwork(makeSpec({ fusion: spec.fusion, ...SMALL }));
}

/** Which entry of the depth menu a spec belongs to; a named depth with other widths counts as custom. */
export function depthChoice(spec: NetworkSpec): DepthChoice {
  if (isSmall(spec)) return 'small';
  const depth = depthOf(spec);
  if (depth === undefined) return 'custom';
  return DEPTHS[depth].growth === spec.growth && DEPTHS[depth].stem === spec.stem ? depth : 'custom';
}

/**
 * Another depth with the same fusion. The small networks come with the size and classes they were trained at, and
 * leaving them brings ImageNet's back; other knobs stay.
 */
export function chooseDepth(spec: NetworkSpec, choice: DepthStop): NetworkSpec {
  if (choice === 'small') return makeSpec({ ...spec, ...SMALL, bottleneck: 4, theta: 0.5 });
  const small = stopOf(spec.blocks) === 'small';
  return makeSpec({
    ...spec,
    ...DEPTHS[choice],
    ...(small && spec.size === SMALL.size ? { size: 224 } : {}),
    ...(small && spec.classes === SMALL.classes ? { classes: 1000 } : {}),
  });
}

/** The stops of the depth slider, shallow to deep. */
export const DEPTH_STOPS = ['small', ...DEPTH_NAMES] as const satisfies readonly Exclude<DepthChoice, 'custom'>[];
export type DepthStop = (typeof DEPTH_STOPS)[number];

const layersAt = (stop: DepthStop): readonly number[] => (stop === 'small' ? SMALL : DEPTHS[stop]).blocks;

function stopOf(blocks: readonly number[]): DepthStop | undefined {
  return DEPTH_STOPS.find((stop) => layersAt(stop).join() === blocks.join());
}

/** The growth rates that the slider reaches; the number field goes further. */
export const GROWTH_SLIDER = [4, 64] as const;

/** Where on the depth slider a spec stands. */
export interface DepthPlace {
  /** Place among the stops: its own, or the nearest by the number of dense layers. */
  readonly index: number;
  /** Whether the layers per stage are the stop's, whatever the widths. */
  readonly exact: boolean;
}

/** Where on the depth slider a spec stands: by its layers per stage alone, so that the growth rate can move freely. */
export function depthPlace({ blocks }: NetworkSpec): DepthPlace {
  const own = stopOf(blocks);
  if (own !== undefined) return { index: DEPTH_STOPS.indexOf(own), exact: true };
  const sum = (layers: readonly number[]) => layers.reduce((total, layer) => total + layer, 0);
  const distances = DEPTH_STOPS.map((stop) => Math.abs(sum(layersAt(stop)) - sum(blocks)));
  return { index: distances.indexOf(Math.min(...distances)), exact: false };
}

/** Another fusion; γ comes back as ½ after plain, and the pool follows the definition. */
export function chooseFusion(spec: NetworkSpec, fusion: Fusion): NetworkSpec {
  const gamma = spec.fusion === 'plain' ? 0.5 : spec.gamma;
  return makeSpec({ ...spec, fusion, gamma, pool: poolsByDefault(fusion, spec.definition) });
}

/** The other definition; the pool follows it. */
export function chooseDefinition(spec: NetworkSpec, definition: Definition): NetworkSpec {
  return makeSpec({ ...spec, definition, pool: poolsByDefault(spec.fusion, definition) });
}

/** `4-8-12-8` as layers per stage; entries that are no numbers become NaN, which makeSpec refuses. */
export function readBlocks(text: string): readonly number[] {
  return text
    .trim()
    .split(/[\s,–-]+/)
    .map((part) => (part === '' ? Number.NaN : Number(part)));
}
