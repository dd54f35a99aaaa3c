/**
 * Parameters of a network → the numbers that a fused step's kernel reads, in the order of the channels of the feature
 * maps: batch norms folded in float64, zeros where a group of four has no channel. Pure; one step at a time.
 */
import type { Network } from '../../network/network';
import type { FusedStep } from './fuse';
import { GROUP } from './place';
import type { Span } from './place';
import { need, normAsScale, parametersByKind } from './planWeights';
import type { Weights } from './planWeights';

/** What a kernel is given besides its feature maps. */
export interface PackedWeights {
  /** [kernel², groups read, 4, groups written, 4]: for each channel read those written. */
  readonly filter?: Float32Array;
  /** [groups, 2, 4]: scale and shift of each channel read; of a global pool in the order of those written. */
  readonly norm?: Float32Array;
  /** [groups written, 4], added to what is written. */
  readonly bias?: Float32Array;
}

/** Scale and shift of a batch norm for the channels of a span. */
function packNorm(network: Network, node: string, weights: Weights, channels: readonly number[]): Float32Array {
  const { scale, shift } = normAsScale(network, node, weights);
  const packed = new Float32Array(channels.length * 2);
  channels.forEach((channel, at) => {
    if (channel < 0) return;
    const group = Math.floor(at / GROUP) * 2 * GROUP + (at % GROUP);
    packed[group] = scale[channel] ?? 0;
    packed[group + GROUP] = shift[channel] ?? 0;
  });
  return packed;
}

/**
 * The numbers of a step, for the part of its value that `writes` hold.
 * @param weights every parameter of the network, PyTorch's shapes.
 * @throws Error naming the parameter that is missing or of another length.
 */
export function packWeights(
  network: Network,
  step: FusedStep,
  read: Span,
  writes: readonly Span[],
  weights: Weights,
): PackedWeights {
  const written = writes.flatMap(({ channels }) => channels);
  // A global pool picks its channels from where they lie: it wants them in its own order.
  const normed = step.op.kind === 'globalPool' ? written : read.channels;
  const norm = step.inputNorm === undefined ? {} : { norm: packNorm(network, step.inputNorm, weights, normed) };
  if (step.op.kind !== 'conv' && step.op.kind !== 'linear') return norm;
  if (step.weightNode === undefined) throw new Error(`${step.id} has no weights`);
  const found = parametersByKind(network, step.weightNode, weights);
  const source = need(found, 'weight', step.weightNode);
  const area = step.op.kind === 'conv' ? step.op.kernel ** 2 : 1;
  const inputs = source.length / (step.shape[0] * area);
  const after = step.outputNorm === undefined ? undefined : normAsScale(network, step.outputNorm, weights);
  const filter = new Float32Array(area * read.channels.length * written.length);
  written.forEach((out, column) => {
    if (out < 0) return;
    const scale = after ? (after.scale[out] ?? 0) : 1;
    read.channels.forEach((input, row) => {
      if (input < 0) return;
      const from = (out * inputs + input) * area;
      for (let tap = 0; tap < area; tap++) {
        filter[(tap * read.channels.length + row) * written.length + column] = (source[from + tap] ?? 0) * scale;
      }
    });
  });
  const shift = after?.shift ?? found.get('bias');
  if (!shift) return { ...norm, filter };
  return { ...norm, filter, bias: Float32Array.from(written, (out) => (out < 0 ? 0 : (shift[out] ?? 0))) };
}
