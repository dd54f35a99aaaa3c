/** What the gradient view says in words: sets of arguments, why a weight is missing, what drops and what does not. */
import type { StageGradients, WeightUpdate } from '../../analysis/gradients';
import { sourceName } from '../../diagram/gradientLabels';
import { subscript } from '../../diagram/notation';
import type { Network } from '../../network/network';

/** Sets with more members are written with an ellipsis. */
const LONGEST = 9;

/** Gradients as they are listed in a set: `g₀″, g₁, g₂`, long ones `g₀″, g₁, g₂ … g₂₃`. */
export function listOf(sources: readonly string[]): readonly string[] {
  const names = sources.map(sourceName);
  if (names.length <= LONGEST) return names;
  // Only the run g₁ … g_k is long; what stands before it is kept.
  const start = sources.findIndex((source) => source === 'g1') + 2;
  return [...names.slice(0, start), '…', ...names.slice(-1)];
}

/** `w₃′ = f(w₃, {g₀″, g₁, g₂})` */
export function updateText({ weight, sources }: WeightUpdate): string {
  const name = sourceName(weight);
  return `${name}′ = f(${name}, {${listOf(sources).join(', ').replace(', …,', ' …')}})`;
}

/**
 * Why a stage has no such weight, as a sentence that begins with a name: `B has no w_T here: …`.
 * @param index of the stage, 1 …
 */
export function whyMissing(network: Network, index: number, weight: string, name: string): string {
  const parts = network.stages[index - 1];
  if (!parts) return `${name} has only ${network.stages.length} stages.`;
  const none = `${name} has no ${sourceName(weight)} here:`;
  const { fusion } = network.spec;
  if (weight === 'wT') {
    return fusion === 'plain'
      ? `${none} nothing is split, so there is no dense side with a transition of its own.`
      : `${none} in fusion first the block goes into the concat without a transition of its own.`;
  }
  if (weight === 'wU') {
    if (fusion === 'last') {
      const next = index < network.stages.length ? 'the next stage' : 'the head';
      return `${none} in fusion last no transition follows the concat; ${next} is the first to mix x₀′ and x_T.`;
    }
    return `${none} the last stage has no transition after the concat.`;
  }
  const layers = parts.growth.length;
  return `${none} its dense block has ${layers} ${layers === 1 ? 'layer' : 'layers'}${layers > 1 ? `, w₁ … w${subscript(layers)}` : ', w₁'}.`;
}

/** A network's counts under its name. */
export interface Counted {
  readonly name: string;
  readonly counts: StageGradients;
}

/** `A 21, B 21, DenseNet 21`, or `21 in each` where all are alike. */
function each(all: readonly Counted[], value: (counts: StageGradients) => number): string {
  const values = all.map(({ counts }) => value(counts));
  const [first] = values;
  if (all.length > 1 && values.every((one) => one === first)) return `${(first ?? 0).toLocaleString('en')} in each`;
  return all.map(({ name }, i) => `${name} ${(values[i] ?? 0).toLocaleString('en')}`).join(', ');
}

/** How far apart counts are, `; the most are 3 times the fewest`; empty where the fewest are none. */
function apart(values: readonly number[]): string {
  const [fewest, most] = [Math.min(...values), Math.max(...values)];
  if (fewest === 0) return '';
  const ratio = most / fewest;
  return ratio < 2
    ? `; the most are ${Math.round(100 * (ratio - 1))} % above the fewest`
    : `; the most are ${Number(ratio.toFixed(1))} times the fewest`;
}

const layersOf = ({ updates }: StageGradients) => updates.filter(({ weight }) => /\d/.test(weight)).length;
const isEqual = (values: readonly number[]) => new Set(values).size === 1;

/** How many gradients are used again within the blocks, and how far these numbers are apart. */
function duplicatesOf(all: readonly Counted[]): string {
  const values = all.map(({ counts }) => counts.duplicates);
  const listed = each(all, (counts) => counts.duplicates);
  const layers = all.map(({ counts }) => layersOf(counts));
  if (!isEqual(layers)) return `Duplicates with unequal numbers of layers (${each(all, layersOf)}): ${listed}.`;
  if (all.length === 1) return `Duplicates: ${listed}.`;
  if (isEqual(values)) return `Duplicates are equal: with as many layers they are ${listed}.`;
  return `Duplicates with as many layers: ${listed}${apart(values)}.`;
}

/** What the counts of a stage say about duplicates, sharing and channel volume, in three sentences. */
export function findings(all: readonly Counted[]): readonly string[] {
  const shared = each(all, (counts) => counts.shared.length);
  const isShared = isEqual(all.map(({ counts }) => counts.shared.length));
  return [
    duplicatesOf(all),
    isShared
      ? `Shared gradients, used by the block and again by the transition after the concat: ${shared}.`
      : `What the split and its transitions change is sharing: gradients used by the block and again by the transition after the concat are ${shared}.`,
    `And the channels behind g₀″, or g₀ where nothing is split: ${each(all, (c) => c.entering)}. With them the ` +
      `channels that are read more than once: ${each(all, (c) => c.reads - c.unique)}.`,
  ];
}

/** What a transition on the dense side cuts off, or that there is none. */
export function cutText({ cut, updates }: StageGradients): string {
  if (cut.length === 0) return 'No transition cuts the dense side off.';
  const inside = listOf(cut).join(', ').replace(', …,', ' …');
  const after = updates.some(({ weight }) => weight === 'wU')
    ? 'the transition after the concat'
    : 'what follows the concat';
  return `The transition on the dense side cuts: ${inside} stay behind it; ${after} meets g_T in their place.`;
}
