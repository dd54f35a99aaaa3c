/** Checking a node and inferring its output shape, in one function. */
import type { Operation, Shape } from './network';

/** Size after a convolution or pool along one side, rounding down as PyTorch does. */
const strided = (size: number, kernel: number, stride: number, padding: number) =>
  Math.floor((size + 2 * padding - kernel) / stride) + 1;

const show = (shape: Shape) => `[${shape.join(', ')}]`;

function one(id: string, inputs: readonly Shape[]): Shape {
  const [shape] = inputs;
  if (!shape || inputs.length !== 1) throw new Error(`${id} takes one input and has ${inputs.length}`);
  return shape;
}

function windowed(id: string, input: Shape, channels: number, kernel: number, stride: number, padding: number): Shape {
  const height = strided(input[1], kernel, stride, padding);
  const width = strided(input[2], kernel, stride, padding);
  if (height < 1 || width < 1) throw new Error(`${id} has nothing to work on: input ${show(input)}, window ${kernel}`);
  return [channels, height, width];
}

/**
 * Output shape [C,H,W] of an operation.
 * @param outChannels channels a conv or linear makes; ignored by the others.
 * @throws Error naming the node and the shapes that do not fit.
 */
export function inferShape(id: string, op: Operation, inputs: readonly Shape[], outChannels = 0): Shape {
  switch (op.kind) {
    case 'input':
      throw new Error(`${id}: the input's shape is given, not inferred`);
    case 'conv':
      if (outChannels < 1) throw new Error(`${id} would have ${outChannels} output channels`);
      return windowed(id, one(id, inputs), outChannels, op.kernel, op.stride, op.padding);
    case 'maxPool': {
      const input = one(id, inputs);
      return windowed(id, input, input[0], op.kernel, op.stride, op.padding);
    }
    case 'avgPool': {
      const input = one(id, inputs);
      return windowed(id, input, input[0], op.kernel, op.stride, 0);
    }
    case 'batchNorm':
    case 'relu':
      return one(id, inputs);
    case 'globalAvgPool':
      return [one(id, inputs)[0], 1, 1];
    case 'linear': {
      const input = one(id, inputs);
      if (input[1] !== 1 || input[2] !== 1) throw new Error(`${id} takes [C, 1, 1] and has ${show(input)}`);
      return [outChannels, 1, 1];
    }
    case 'slice': {
      const input = one(id, inputs);
      if (op.from < 0 || op.to <= op.from || op.to > input[0]) {
        throw new Error(`${id} cuts channels ${op.from} to ${op.to} out of ${show(input)}`);
      }
      return [op.to - op.from, input[1], input[2]];
    }
    case 'concat':
    case 'add': {
      const [first] = inputs;
      if (!first) throw new Error(`${id} has no inputs`);
      for (const shape of inputs) {
        const fits = shape[1] === first[1] && shape[2] === first[2] && (op.kind === 'concat' || shape[0] === first[0]);
        if (!fits) throw new Error(`${id} joins ${show(first)} with ${show(shape)}`);
      }
      const channels = op.kind === 'add' ? first[0] : inputs.reduce((sum, shape) => sum + shape[0], 0);
      return [channels, first[1], first[2]];
    }
  }
}
