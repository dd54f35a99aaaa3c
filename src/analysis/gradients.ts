/**
 * Which gradients the weights of a stage are updated with, counted from the arguments in the CSPNet paper's equations
 * 2 and 4. This is counting on paper, not a measurement: what is counted are the slices that each layer's input
 * consists of, since layer k's weight gradient uses the features x₀ … x_{k−1} that it reads.
 */
import { nodeOf } from '../network/network';
import type { Network, StageParts } from '../network/network';

/** Where a gradient of a stage comes from: `g0'`, `g0''` (or `g0` where nothing is split), `g1` …, `gT`. */
export type GradientSource = string;

/** One weight update and the gradients among its arguments. */
export interface WeightUpdate {
  /** `w1` … for the dense layers, `wT` and `wU` for the transitions. */
  readonly weight: string;
  /** The node whose weight it is: a dense layer's 3×3 convolution stands for the layer. */
  readonly node: string;
  readonly sources: readonly GradientSource[];
}

/** A gradient of a stage, with its channels and the updates that use it; there may be none. */
export interface SourceUse {
  readonly source: GradientSource;
  /** The node whose output's gradient it is. */
  readonly node: string;
  readonly channels: number;
  /** Weights whose update has it among its arguments, in the order of the updates. */
  readonly weights: readonly string[];
}

/** The updates of one stage and how often each gradient is used in them. */
export interface StageGradients {
  readonly stage: string;
  readonly updates: readonly WeightUpdate[];
  /** g₀′, g₀″ (or g₀), g₁ … g_k, g_T: those that the stage has. */
  readonly sources: readonly SourceUse[];
  /** Arguments in all updates together. */
  readonly terms: number;
  /** Different gradients among them. */
  readonly distinct: number;
  /** terms − distinct: how often a gradient is used once more. */
  readonly duplicates: number;
  /** Gradients used both inside the dense block and by the transition after the concat with x₀′. */
  readonly shared: readonly GradientSource[];
  /** Gradients that what follows the dense side's transition meets only as g_T. */
  readonly cut: readonly GradientSource[];
  /** Channels behind g₀″ (or g₀): those that enter the dense block. */
  readonly entering: number;
  /** Channels that the dense layers read, all together: c·m + d·m(m − 1)/2 with c the channels that enter. */
  readonly reads: number;
  /** Channels among them that are read for the first time: c + d·(m − 1). */
  readonly unique: number;
}

function gradientsOf(network: Network, parts: StageParts): StageGradients {
  const label = new Map<string, GradientSource>();
  if (parts.part1 !== undefined) label.set(parts.part1, "g0'");
  label.set(parts.part2, parts.part1 === undefined ? 'g0' : "g0''");
  parts.growth.forEach((id, index) => label.set(id, `g${index + 1}`));
  if (parts.denseTransition !== undefined) label.set(parts.denseTransition, 'gT');
  /** What a concat joins; concats that others read are looked into, all that has a label of its own is not. */
  const sources = (id: string): readonly GradientSource[] => {
    const own = label.get(id);
    return own === undefined ? nodeOf(network, id).inputs.flatMap(sources) : [own];
  };
  const updates: WeightUpdate[] = [];
  const entering = [parts.part2];
  for (const [index, node] of parts.growth.entries()) {
    updates.push({ weight: `w${index + 1}`, node, sources: entering.flatMap(sources) });
    entering.push(node);
  }
  const inBlock = updates.flatMap((update) => update.sources);
  const within = new Set(inBlock);
  let cut: readonly GradientSource[] = [];
  if (parts.denseTransition !== undefined) {
    cut = sources(parts.block);
    updates.push({ weight: 'wT', node: parts.denseTransition, sources: cut });
    for (const source of cut) within.add(source);
  }
  let shared: readonly GradientSource[] = [];
  if (parts.transition !== undefined) {
    const joined = sources(parts.merge ?? parts.denseTransition ?? parts.block);
    updates.push({ weight: 'wU', node: parts.transition, sources: joined });
    shared = joined.filter((source) => within.has(source));
  }
  const uses = [...label].map(([node, source]): SourceUse => {
    const weights = updates.filter((update) => update.sources.includes(source)).map((update) => update.weight);
    return { source, node, channels: nodeOf(network, node).shape[0], weights };
  });
  const channels = new Map(uses.map((use) => [use.source, use.channels]));
  const volume = (of: Iterable<GradientSource>) =>
    [...of].reduce((sum, source) => sum + (channels.get(source) ?? 0), 0);
  const all = updates.flatMap((update) => update.sources);
  const distinct = new Set(all).size;
  return {
    stage: parts.name,
    updates,
    sources: uses,
    terms: all.length,
    distinct,
    duplicates: all.length - distinct,
    shared,
    cut,
    entering: nodeOf(network, parts.part2).shape[0],
    reads: volume(inBlock),
    unique: volume(new Set(inBlock)),
  };
}

/** The gradients of every stage, in order. */
export function gradients(network: Network): readonly StageGradients[] {
  return network.stages.map((parts) => gradientsOf(network, parts));
}
