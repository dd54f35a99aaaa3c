/** The numbers of one stage that drawing and words need, read off a Network; no geometry. */
import type { Network, NetworkNode, Shape, StageParts } from '../network/network';
import { nodeOf } from '../network/network';

/** A dense layer H_i: what it reads and what it adds. */
export interface DenseLayer {
  /** 1 … m */
  readonly index: number;
  /** All its nodes, the last is the 3×3 convolution whose output is x_i. */
  readonly nodes: readonly string[];
  readonly output: string;
  /** Channels it reads. */
  readonly reads: number;
  /** Width of its 1×1 convolution. */
  readonly bottleneck: number;
  /** Channels it adds. */
  readonly channels: number;
  readonly shape: Shape;
}

/** Channels along the way through a stage; undefined where the stage has no such step. */
export interface StageFacts {
  readonly parts: StageParts;
  readonly base: NetworkNode;
  /** Channels of x₀′; 0 where none bypass. */
  readonly bypass: number;
  /** Channels that enter the dense block: x₀″, or x₀. */
  readonly entering: number;
  readonly layers: readonly DenseLayer[];
  /** Whether x₀″ is left out of the block's concat, as in the listing. */
  readonly dropped: boolean;
  /** Channels that leave the dense block, without x₀′. */
  readonly block: number;
  /** Channels of x_T. */
  readonly denseTransition: number | undefined;
  /** Channels of the concat with x₀′. */
  readonly merge: number | undefined;
  /** Channels after the transition that follows the concat. */
  readonly transition: number | undefined;
  readonly pooled: boolean;
  readonly output: NetworkNode;
}

const layersOf = new WeakMap<Network, ReadonlyMap<string, readonly string[]>>();

/** Nodes by their dense layer's prefix, `stage1/dense3`; found once per network. */
function denseNodes(network: Network): ReadonlyMap<string, readonly string[]> {
  const known = layersOf.get(network);
  if (known) return known;
  const found = new Map<string, string[]>();
  for (const { id } of network.nodes) {
    const prefix = /^stage\d+\/dense\d+(?=\/)/.exec(id)?.[0];
    if (prefix === undefined) continue;
    const nodes = found.get(prefix);
    if (nodes) nodes.push(id);
    else found.set(prefix, [id]);
  }
  layersOf.set(network, found);
  return found;
}

/**
 * The facts of a stage.
 * @param stage 1 … number of stages
 * @throws RangeError naming the stage where the network has no such.
 */
export function stageFacts(network: Network, stage: number): StageFacts {
  const parts = network.stages[stage - 1];
  if (!parts) throw new RangeError(`stage is ${stage}; allowed is 1 to ${network.stages.length}`);
  const channels = (id: string | undefined) => (id === undefined ? undefined : nodeOf(network, id).shape[0]);
  const entering = nodeOf(network, parts.part2).shape[0];
  const grouped = denseNodes(network);
  let reads = entering;
  const layers = parts.growth.map((output, i): DenseLayer => {
    const nodes = grouped.get(`${parts.name}/dense${i + 1}`) ?? [output];
    const { shape } = nodeOf(network, output);
    const bottleneck = channels(nodes.find((id) => id.endsWith('/conv1'))) ?? shape[0];
    const layer = { index: i + 1, nodes, output, reads, bottleneck, channels: shape[0], shape };
    reads += shape[0];
    return layer;
  });
  const dropped = !nodeOf(network, parts.block).inputs.includes(parts.part2);
  return {
    parts,
    base: nodeOf(network, parts.base),
    bypass: channels(parts.part1) ?? 0,
    entering,
    layers,
    dropped,
    block: reads - (dropped ? entering : 0),
    denseTransition: channels(parts.denseTransition),
    merge: channels(parts.merge),
    transition: channels(parts.transition),
    pooled: parts.pool !== undefined,
    output: nodeOf(network, parts.output),
  };
}

/** Channels of the tallest place of a stage: x₀′ beside the whole stack of the dense block. */
export function tallest(facts: StageFacts): number {
  return facts.bypass + facts.entering + facts.layers.reduce((sum, layer) => sum + layer.channels, 0);
}
