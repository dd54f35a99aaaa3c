/**
 * How the cost of a network moves with γ: the totals of real networks, built and analysed at a few dozen values for
 * each fusion. Made in small steps, coarse values first, so that a page can draw while it is made and stay responsive.
 */
import { buildNetwork } from '../network/build';
import { makeSpec, plainOf, poolsByDefault, RANGES } from '../network/spec';
import type { Fusion, NetworkSpec } from '../network/spec';
import { formatNetwork } from '../network/text';
import { analyze } from './cost';
import type { Costed } from './cost';

export const SPLIT_FUSIONS = ['standard', 'first', 'last'] as const satisfies readonly Fusion[];
export type SplitFusion = (typeof SPLIT_FUSIONS)[number];

/** Values of γ at which a curve is computed: every 0.025, so that ¼, ½ and ¾ are among them. */
const STEP = 0.025;
const COUNT = Math.round((RANGES.gamma[1] - RANGES.gamma[0]) / STEP) + 1;

/** All values of γ, ascending. */
export const GAMMAS: readonly number[] = Array.from({ length: COUNT }, (_, index) => Number((index * STEP).toFixed(3)));

/** The order in which values are computed: both ends first, then always between what is there. */
export function coarseFirst(count: number): readonly number[] {
  const order: number[] = [];
  const done = new Set<number>();
  const add = (index: number) => {
    if (done.has(index)) return;
    done.add(index);
    order.push(index);
  };
  for (let parts = 1; order.length < count; parts *= 2) {
    for (let part = 0; part <= parts; part++) add(Math.round((part * (count - 1)) / parts));
  }
  return order;
}

/** The totals of one fusion at one γ. */
export interface GammaPoint {
  readonly gamma: number;
  readonly totals: Costed;
}

export interface GammaCurves {
  /** Ascending in γ; has gaps until all is computed. */
  readonly curves: { readonly [F in SplitFusion]: readonly GammaPoint[] };
  /** The plain DenseNet, which has no γ. */
  readonly plain: Costed;
}

/** A spec with another fusion and γ and all else alike; a pool that was asked for stays where it has a meaning. */
export function sibling(spec: NetworkSpec, fusion: SplitFusion, gamma: number): NetworkSpec {
  const pool = spec.fusion === fusion ? spec.pool : poolsByDefault(fusion, spec.definition);
  return makeSpec({ ...spec, fusion, gamma, pool });
}

/** What networks that differ in γ and fusion alone have in common, as text: the same curves belong to all of them. */
export function familyOf(spec: NetworkSpec): string {
  const pooled = spec.fusion === 'last' && spec.pool !== poolsByDefault('last', spec.definition) ? ' pooled' : '';
  return `${formatNetwork(plainOf(spec))} ${spec.definition}${pooled}`;
}

/**
 * Makes the curves of a family. `step` analyses one network, about a millisecond, and says whether all are done; `curves`
 * is what there is so far.
 */
export function gammaCurves(spec: NetworkSpec): { readonly step: () => boolean; readonly curves: () => GammaCurves } {
  const plain = analyze(buildNetwork(plainOf(spec))).totals;
  const order = coarseFirst(GAMMAS.length).flatMap((index) => SPLIT_FUSIONS.map((fusion) => ({ index, fusion })));
  let next = 0;
  const points: Record<SplitFusion, GammaPoint[]> = { standard: [], first: [], last: [] };
  return {
    step() {
      const task = order[next];
      const gamma = GAMMAS[task?.index ?? -1];
      if (!task || gamma === undefined) return true;
      next++;
      const { fusion } = task;
      const { totals } = analyze(buildNetwork(sibling(spec, fusion, gamma)));
      points[fusion] = [...points[fusion], { gamma, totals }].toSorted((p, q) => p.gamma - q.gamma);
      return next === order.length;
    },
    curves: () => ({ curves: { ...points }, plain }),
  };
}
