/**
 * The six kernels that plans are made of, as typed calls. They go past tfjs's op layer straight to its kernel registry:
 * shapes are checked when the network is built, and the bundle holds no other ops and no gradients. NHWC, float32.
 */
import { concat, engine } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import type { PlanOp } from '../plan/plan';

/** Tensors of a step's weights. */
export interface KernelWeights {
  readonly filter: Tensor;
  readonly bias?: Tensor;
}

const run = (name: string, inputs: Record<string, Tensor>, attributes: NamedAttrMap) =>
  engine().runKernel<Tensor>(name, inputs, attributes);

function convolve(
  kernel: 'FusedConv2D' | 'FusedDepthwiseConv2D',
  x: Tensor,
  { filter, bias }: KernelWeights,
  stride: number,
  padding: number,
  activation: 'relu' | 'linear',
): Tensor {
  const attributes = {
    strides: [stride, stride],
    // 1×1 kernels must say "valid": with a number WebGPU misses the matrix product and wasm the multiply-add.
    pad: padding === 0 ? 'valid' : padding,
    dataFormat: 'NHWC',
    dilations: [1, 1],
    activation,
  };
  return run(kernel, bias ? { x, filter, bias } : { x, filter }, attributes);
}

function pool(
  kernel: 'MaxPool' | 'AvgPool',
  x: Tensor,
  window: readonly [number, number],
  stride: number,
  padding: number,
) {
  const pad = padding === 0 ? 'valid' : padding;
  return run(kernel, { x }, { filterSize: [...window], strides: [stride, stride], pad });
}

/** Channels `from` to `to` − 1 of a [N,H,W,C] tensor. */
export function sliceChannels(x: Tensor, from: number, to: number): Tensor {
  const [batch = 1, height = 1, width = 1] = x.shape;
  return run('Slice', { x }, { begin: [0, 0, 0, from], size: [batch, height, width, to - from] });
}

/** The first value of a tensor as a tensor of its own: the smallest thing to wait for. */
export function firstValue(x: Tensor): Tensor {
  return run('Slice', { x }, { begin: x.shape.map(() => 0), size: x.shape.map(() => 1) });
}

/**
 * One step of a plan.
 * @throws Error where a step that needs inputs or weights lacks them.
 */
export function runStep(op: PlanOp, inputs: readonly Tensor[], weights: KernelWeights | undefined): Tensor {
  const [x] = inputs;
  if (!x) throw new Error(`${op.kind} has no input`);
  switch (op.kind) {
    case 'maxPool':
      return pool('MaxPool', x, [op.kernel, op.kernel], op.stride, op.padding);
    case 'avgPool':
      return pool('AvgPool', x, [op.kernel, op.kernel], op.stride, 0);
    case 'globalPool':
      return pool('AvgPool', x, [x.shape[1] ?? 1, x.shape[2] ?? 1], 1, 0);
    case 'slice':
      return sliceChannels(x, op.from, op.to);
    case 'concat':
      return concat([...inputs], 3);
    default:
  }
  if (!weights) throw new Error(`${op.kind} has no weights`);
  switch (op.kind) {
    case 'conv':
      return convolve('FusedConv2D', x, weights, op.stride, op.padding, op.relu ? 'relu' : 'linear');
    case 'linear':
      return convolve('FusedConv2D', x, weights, 1, 0, 'linear');
    case 'scaleRelu':
      return convolve('FusedDepthwiseConv2D', x, weights, 1, 0, 'relu');
  }
}
