/**
 * What a network costs, read off its nodes: per layer, per stage and in total. Counted for one picture (batch 1) and
 * for the network as defined, not as an executor may rearrange it. The paper's CIO formula is cio.ts, the liveness
 * behind the peak memory memory.ts, differences between networks compare.ts.
 */
import { inputsOf, nodeOf, stageNames } from '../network/network';
import type { Network, NetworkNode, Role, Shape } from '../network/network';
import { elements, parametersOfNode } from '../network/parameters';
import type { NetworkSpec } from '../network/spec';
import { formatNetwork } from '../network/text';
import { BYTES_PER_ELEMENT, liveMemory } from './memory';

/** The quantities that add up: layers to stages, stages to totals, exactly. */
export interface Cost {
  /** Multiply-accumulates of convolutions and the linear layer; batch normalisation and pools are not counted. */
  readonly macs: number;
  /** 2 × macs, the convention of darknet and the CSPNet paper. */
  readonly flops: number;
  /**
   * Convolutional input/output, elements: Σ over convolutions of what they read and write (HarDNet, ICCV 2019, eq. 1).
   * The linear layer has none. A concatenated input counts every channel, so reused tensors count again.
   */
  readonly cio: number;
  /** The part of the CIO that convolutions read, elements. */
  readonly cioRead: number;
  /** The part of the CIO that convolutions write, elements. */
  readonly cioWritten: number;
  /** Trainable parameters: weights, biases, and scale and shift of batch normalisation. */
  readonly params: number;
  /** Weights of convolutions and the linear layer alone: the CSPNet paper's convention. */
  readonly weights: number;
  /** Elements that batch normalisations work on; conventions that count them multiply this. */
  readonly normElements: number;
  /** Outputs of convolutions and the linear layer, elements (as fvcore counts). */
  readonly activations: number;
  /** The same in bytes of float32. */
  readonly activationBytes: number;
}

export const COST_KEYS = [
  'macs',
  'flops',
  'cio',
  'cioRead',
  'cioWritten',
  'params',
  'weights',
  'normElements',
  'activations',
  'activationBytes',
] as const satisfies readonly (keyof Cost)[];

/** A cost with what can be derived from it but does not add up. */
export interface Costed extends Cost {
  /** MACs of the convolutions / CIO: low means memory-bound. Null where there is no convolution. */
  readonly moc: number | null;
  /** Largest sum of live tensors while this part runs, bytes of float32; see memory.ts. */
  readonly peakActivationBytes: number;
}

/** One stage: `stem`, `stage1` …, `head`. */
export interface StageCost extends Costed {
  readonly name: string;
  /** What the stage is given; the picture for the stem. */
  readonly in: Shape;
  /** What the stage hands on. */
  readonly out: Shape;
}

/** A node that has parameters: a convolution, a batch normalisation or the linear layer. All others cost nothing. */
export interface LayerCost extends Costed {
  /** The node's id, e.g. `stage2/dense3/conv1`. */
  readonly id: string;
  readonly op: 'conv' | 'batchNorm' | 'linear';
  readonly stage: string;
  readonly role: Role;
  readonly in: Shape;
  readonly out: Shape;
  /** Height and width of the window; null for all but convolutions. */
  readonly kernel: number | null;
  readonly stride: number | null;
}

export interface Analysis {
  /** The network's text form. */
  readonly network: string;
  readonly spec: NetworkSpec;
  readonly totals: Costed;
  /** In order; they add up to the totals. */
  readonly stages: readonly StageCost[];
  /** In the order of the network's nodes; they add up to their stages. */
  readonly layers: readonly LayerCost[];
  /** Largest sum of live tensors of the whole network, bytes. */
  readonly peakActivationBytes: number;
  /** The node during which memory peaks. */
  readonly peakAt: string;
}

/** Cost without what follows from it. */
interface Counts {
  convMacs: number;
  linearMacs: number;
  cioRead: number;
  cioWritten: number;
  params: number;
  weights: number;
  normElements: number;
  activations: number;
  peak: number;
}

/** Spelled out, not spread from a constant: that is several times slower, for four hundred layers noticeably. */
const nothing = (peak = 0): Counts => ({
  convMacs: 0,
  linearMacs: 0,
  cioRead: 0,
  cioWritten: 0,
  params: 0,
  weights: 0,
  normElements: 0,
  activations: 0,
  peak,
});

function costed(counts: Counts): Costed {
  const macs = counts.convMacs + counts.linearMacs;
  const cio = counts.cioRead + counts.cioWritten;
  return {
    macs,
    flops: 2 * macs,
    cio,
    cioRead: counts.cioRead,
    cioWritten: counts.cioWritten,
    params: counts.params,
    weights: counts.weights,
    normElements: counts.normElements,
    activations: counts.activations,
    activationBytes: counts.activations * BYTES_PER_ELEMENT,
    moc: cio === 0 ? null : counts.convMacs / cio,
    peakActivationBytes: counts.peak,
  };
}

function accumulate(sum: Counts, one: Counts): void {
  sum.convMacs += one.convMacs;
  sum.linearMacs += one.linearMacs;
  sum.cioRead += one.cioRead;
  sum.cioWritten += one.cioWritten;
  sum.params += one.params;
  sum.weights += one.weights;
  sum.normElements += one.normElements;
  sum.activations += one.activations;
  sum.peak = Math.max(sum.peak, one.peak);
}

function countLayer(network: Network, node: NetworkNode, input: Shape, live: number): Counts {
  const counts = nothing(live);
  for (const parameter of parametersOfNode(network, node)) {
    if (!parameter.trainable) continue;
    const size = elements(parameter.shape);
    counts.params += size;
    if (parameter.kind === 'weight' && node.op.kind !== 'batchNorm') counts.weights += size;
  }
  const output = elements(node.shape);
  // Every weight of a convolution or linear layer is used once per position of the output.
  if (node.op.kind === 'conv') {
    counts.convMacs = counts.weights * node.shape[1] * node.shape[2];
    counts.cioRead = elements(input);
    counts.cioWritten = output;
    counts.activations = output;
  } else if (node.op.kind === 'batchNorm') {
    counts.normElements = output;
  } else if (node.op.kind === 'linear') {
    counts.linearMacs = counts.weights;
    counts.activations = output;
  }
  return counts;
}

/** The cost of a network; a small part of a frame even for DenseNet-201 (bench/analysis.ts), so it follows a slider. */
export function analyze(network: Network): Analysis {
  const memory = liveMemory(network);
  const names = stageNames(network);
  const sums = new Map(names.map((name) => [name, nothing()]));
  const layers: LayerCost[] = [];
  network.nodes.forEach((node, index) => {
    const live = memory.live[index] ?? 0;
    const sum = sums.get(node.stage);
    if (!sum) throw new Error(`node "${node.id}" is in stage "${node.stage}"; the stages are ${names.join(', ')}`);
    const { kind } = node.op;
    const [input] = inputsOf(network, node);
    if (!input || (kind !== 'conv' && kind !== 'batchNorm' && kind !== 'linear')) {
      sum.peak = Math.max(sum.peak, live);
      return;
    }
    const counts = countLayer(network, node, input.shape, live);
    accumulate(sum, counts);
    layers.push({
      id: node.id,
      op: kind,
      stage: node.stage,
      role: node.role,
      in: input.shape,
      out: node.shape,
      kernel: node.op.kind === 'conv' ? node.op.kernel : null,
      stride: node.op.kind === 'conv' ? node.op.stride : null,
      ...costed(counts),
    });
  });
  const total = nothing();
  let given = nodeOf(network, 'input').shape;
  const stages = names.map((name): StageCost => {
    const counts = sums.get(name) ?? nothing();
    accumulate(total, counts);
    const made = outputOf(network, name);
    const stage: StageCost = { name, in: given, out: made, ...costed(counts) };
    given = made;
    return stage;
  });
  return {
    network: formatNetwork(network.spec),
    spec: network.spec,
    totals: costed(total),
    stages,
    layers,
    peakActivationBytes: memory.peakBytes,
    peakAt: memory.peakAt,
  };
}

/** The shape that a stage hands on: its last node's. */
function outputOf(network: Network, stage: string): Shape {
  const last = network.nodes.findLast((node) => node.stage === stage);
  if (!last) throw new Error(`stage "${stage}" has no nodes`);
  return last.shape;
}
