/**
 * What the steps of the tour say, a sentence or two at a time. Every number is read off the networks that the step
 * shows; nothing here knows one by heart. Text is in the notation of diagram/notation.ts (`x_T`).
 */
import { blockCio } from '../../analysis/cio';
import { computeOf } from '../../analysis/conventions';
import type { Convention } from '../../analysis/conventions';
import { formatCount } from '../../analysis/format';
import { gradients } from '../../analysis/gradients';
import type { StageGradients } from '../../analysis/gradients';
import { stageFacts } from '../../diagram/stageFacts';
import { subscript } from '../../diagram/notation';
import { makeSpec, plainOf } from '../../network/spec';
import type { NetworkSpec } from '../../network/spec';
import type { TourId, TourStep } from '../../state/tour';
import { computeText, integer, less, times } from '../inWords';
import { analysisOf } from '../useAnalysis';

/** A network of a step, with the facts of the stage that it shows. */
function seen(spec: NetworkSpec, stage: number) {
  const { network, analysis } = analysisOf(spec);
  const gradient = gradients(network)[stage - 1];
  const block = blockCio(network)[stage - 1];
  if (!gradient || !block) throw new RangeError(`stage is ${stage}; the network has ${network.stages.length}`);
  return { spec, network, totals: analysis.totals, facts: stageFacts(network, stage), gradient, block };
}

type Seen = ReturnType<typeof seen>;

interface Shown {
  readonly a: Seen;
  /** The step's network B; A where it has none. */
  readonly b: Seen;
  /** DenseNet of A's depth. */
  readonly plain: Seen;
  readonly stage: number;
  readonly convention: Convention;
}

const usedBy = (gradient: StageGradients, weight: string) =>
  gradient.updates.find((update) => update.weight === weight)?.sources.length ?? 0;

function dense({ a: { facts, gradient }, stage }: Shown): readonly string[] {
  const { layers, base } = facts;
  const last = layers.at(-1);
  return [
    `Stage ${stage} starts from x₀ with ${base.shape[0]} channels. Each of its ${layers.length} dense layers reads ` +
      `everything made before it and adds ${last?.channels ?? 0} channels: the first reads ` +
      `${layers[0]?.reads ?? 0}, the last ${last?.reads ?? 0}.`,
    `Together they read ${integer(gradient.reads)} channels, but only ${integer(gradient.unique)} different ones. ` +
      `The concat then hands all ${facts.block} to the transition.`,
  ];
}

function split({ a, b }: Shown): readonly string[] {
  const { facts } = a;
  return [
    `A is CSPDenseNet now, and DenseNet has moved to B. A cuts x₀: the first ${facts.bypass} of its ` +
      `${facts.base.shape[0]} channels, x₀′, go around the dense block (γ = ${a.spec.gamma}); the other ` +
      `${facts.entering}, x₀″, go through it.`,
    `The same ${facts.layers.length} layers read ${integer(a.gradient.reads)} channels in A and ` +
      `${integer(b.gradient.reads)} in B. The cut itself is a slice: it reads and computes nothing.`,
    'At the end of the stage x₀′ meets what the dense side has made.',
  ];
}

function cio({ a: { block, totals }, plain, stage }: Shown): readonly string[] {
  const { formula, counted } = block;
  return [
    `CIO counts the elements that convolutions read and write, a stand-in for memory traffic. In stage ${stage} each ` +
      `of the ${block.m} layers reads ${block.part2} channels of x₀ in place of ${block.c}.`,
    `The paper’s formula, with one convolution per layer, has the block at ${less(formula.partial, formula.dense)} ` +
      `(${integer(formula.dense)} → ${integer(formula.partial)} per pixel). Counting both convolutions of each layer ` +
      `it is ${less(counted.partial, counted.dense)} (${integer(counted.dense)} → ${integer(counted.partial)}).`,
    `Over the whole network: ${formatCount(plain.totals.cio)} → ${formatCount(totals.cio)} elements, ` +
      `${less(totals.cio, plain.totals.cio)}.`,
  ];
}

function truncate({ a, b }: Shown): readonly string[] {
  const last = b.facts.layers.length;
  const duplicates =
    a.gradient.duplicates === b.gradient.duplicates
      ? `The equations repeat ${a.gradient.duplicates} gradients inside the block, in both`
      : `The equations repeat ${a.gradient.duplicates} gradients in A and ${b.gradient.duplicates} in B`;
  return [
    'The arrows run backwards now, and the update of w_U is shown: the weight of the transition after the concat. ' +
      `In B, DenseNet, it uses ${usedBy(b.gradient, 'wU')} gradients, g₀ to g${subscript(last)}, of which ` +
      `${b.gradient.shared.length} also update the dense layers.`,
    `In A the dense side has a transition of its own. Behind it w_U uses ${usedBy(a.gradient, 'wU')}, g₀′ and g_T, ` +
      `and shares ${a.gradient.shared.length} with the block. The gradient is projected again; it does not stop.`,
    `${duplicates}. This counts the arguments of equations 2 and 4; nobody has measured it.`,
  ];
}

function first({ a, plain, convention }: Shown): readonly string[] {
  const { facts, gradient, totals } = a;
  const [own, whole] = [computeOf(totals, convention), computeOf(plain.totals, convention)];
  return [
    `Fusion first joins x₀′ (${facts.bypass} channels) with the whole dense side (${facts.block}) ` +
      `before any transition. One transition then takes all ${facts.merge ?? 0} to ${facts.transition ?? 0}.`,
    `Its update uses ${usedBy(gradient, 'wU')} gradients, and ${gradient.shared.length} of them update the block’s ` +
      'layers as well: nothing is truncated here.',
    `The network takes ${computeText(totals, convention)}, ${less(own, whole)} than DenseNet of the same depth.`,
  ];
}

function last({ a, b, convention }: Shown): readonly string[] {
  return [
    `Fusion last, in B, turns the order around. Only the dense side’s ${b.facts.block} channels pass the transition, ` +
      `to ${b.facts.denseTransition ?? 0}; then x₀′ joins them, and no transition of this stage touches it.`,
    `${b.facts.output.shape[0]} channels leave the stage in B, ${a.facts.output.shape[0]} in A. Gradients that the ` +
      `block shares with a transition after the concat: ${b.gradient.shared.length} in B, ${a.gradient.shared.length} in A.`,
    `Compute: ${computeText(a.totals, convention)} for first, ${computeText(b.totals, convention)} for last.`,
  ];
}

function listing({ a, b, plain, stage, convention }: Shown): readonly string[] {
  const pooled = analysisOf(makeSpec({ ...b.spec, pool: true })).analysis.totals;
  const depth = b.network.stages.length;
  const side = (one: Seen) => {
    const [, height, width] = stageFacts(one.network, depth).base.shape;
    return `${height}×${width}`;
  };
  const own = computeOf(b.totals, convention);
  return [
    `B is fusion last as the article’s listing builds it. Its transition sees only what the layers made, ` +
      `${b.facts.block} channels in stage ${stage}; x₀″ with its ${b.facts.entering} is dropped.`,
    'And its only pool is inside the transition that fusion last leaves out, so nothing gets smaller: stage ' +
      `${depth} works at ${side(b)}, in A at ${side(a)}.`,
    `That takes ${computeText(b.totals, convention)}: ${times(own / computeOf(plain.totals, convention))} DenseNet of ` +
      `the same depth, and ${times(own / computeOf(pooled, convention))} the same code with pools.`,
  ];
}

function photo({ a }: Shown): readonly string[] {
  return [
    `A is fusion first and B fusion last again, small enough to be trained by this project: both know ` +
      `${a.spec.classes} kinds of things.`,
    'Drop a photo of your own, paste one, or take one of the samples below the field. Both networks answer on this ' +
      'device; the picture never leaves your browser.',
  ];
}

const SAY: Readonly<Record<TourId, (shown: Shown) => readonly string[]>> = {
  dense,
  split,
  cio,
  truncate,
  first,
  last,
  listing,
  photo,
};

/** The paragraphs of a step. */
export function wordsOf({ id, shows }: TourStep, convention: Convention): readonly string[] {
  const stage = shows.stage === 'all' ? 1 : shows.stage;
  const a = seen(shows.a, stage);
  const plain = seen(plainOf(shows.a), stage);
  return SAY[id]({ a, b: shows.b ? seen(shows.b, stage) : a, plain, stage, convention });
}
