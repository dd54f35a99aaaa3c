/**
 * A network node by node, as PyTorch would compute it, in float64 and without any rewriting: what plans are tested
 * against. Slow; for tiny networks.
 */
import { inputsOf } from '../../network/network';
import type { Network, NetworkNode, Shape } from '../../network/network';
import { elements, parametersOf, parametersOfNode } from '../../network/parameters';
import { EPSILON } from '../plan/planWeights';

type Values = Float64Array;
const at = (values: ArrayLike<number>, index: number) => values[index] ?? 0;

/** A generator of numbers in [0, 1): mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Weights with which every batch norm and channel matters: none is at its initial value. */
export function randomWeights(network: Network, seed: number): Map<string, Float32Array> {
  const random = randomNumbers(seed);
  const weights = new Map<string, Float32Array>();
  for (const { name, shape, kind } of parametersOf(network)) {
    const fan = shape.length > 1 ? elements(shape.slice(1)) : 1;
    const scale = shape.length > 1 ? Math.sqrt(6 / fan) : 1;
    const value = () =>
      kind === 'runningVar'
        ? 0.5 + random()
        : kind === 'weight' && shape.length === 1
          ? 0.5 + random()
          : (random() * 2 - 1) * scale;
    weights.set(name, Float32Array.from({ length: elements(shape) }, value));
  }
  return weights;
}

function windows(
  input: Shape,
  output: Shape,
  kernel: number,
  stride: number,
  padding: number,
  visit: (o: number, i: number, k: number) => void,
) {
  for (let y = 0; y < output[1]; y++) {
    for (let x = 0; x < output[2]; x++) {
      for (let k = 0; k < kernel * kernel; k++) {
        const row = y * stride - padding + Math.floor(k / kernel);
        const column = x * stride - padding + (k % kernel);
        const inside = row >= 0 && row < input[1] && column >= 0 && column < input[2];
        if (inside) visit(y * output[2] + x, row * input[2] + column, k);
      }
    }
  }
}

function compute(
  network: Network,
  node: NetworkNode,
  inputs: readonly Values[],
  weights: ReadonlyMap<string, Float32Array>,
): Values {
  const [first] = inputsOf(network, node);
  const x = inputs[0] ?? new Float64Array();
  const from: Shape = first?.shape ?? node.shape;
  const { op, shape } = node;
  const area = shape[1] * shape[2];
  const inArea = from[1] * from[2];
  const out = new Float64Array(elements(shape));
  const parameters = parametersOfNode(network, node).map(({ name }) => weights.get(name) ?? new Float32Array());
  const [p0 = [], p1 = [], mean = [], variance = []] = parameters;
  switch (op.kind) {
    case 'conv':
      for (let o = 0; o < shape[0]; o++) {
        for (let i = 0; i < from[0]; i++) {
          const start = (o * from[0] + i) * op.kernel ** 2;
          windows(from, shape, op.kernel, op.stride, op.padding, (to, source, k) => {
            out[o * area + to] = at(out, o * area + to) + at(x, i * inArea + source) * at(p0, start + k);
          });
        }
      }
      return out;
    case 'batchNorm':
      return out.map((_, i) => {
        const c = Math.floor(i / area);
        return ((at(x, i) - at(mean, c)) / Math.sqrt(at(variance, c) + EPSILON)) * at(p0, c) + at(p1, c);
      });
    case 'relu':
      return x.map((value) => Math.max(0, value));
    case 'maxPool':
      out.fill(-Infinity);
      for (let c = 0; c < shape[0]; c++) {
        windows(from, shape, op.kernel, op.stride, op.padding, (to, source) => {
          out[c * area + to] = Math.max(at(out, c * area + to), at(x, c * inArea + source));
        });
      }
      return out;
    case 'avgPool':
      for (let c = 0; c < shape[0]; c++) {
        windows(from, shape, op.kernel, op.stride, 0, (to, source) => {
          out[c * area + to] = at(out, c * area + to) + at(x, c * inArea + source) / op.kernel ** 2;
        });
      }
      return out;
    case 'globalAvgPool':
      return out.map(
        (_, c) => x.subarray(c * inArea, (c + 1) * inArea).reduce((sum, value) => sum + value, 0) / inArea,
      );
    case 'linear':
      return out.map((_, o) => x.reduce((sum, value, i) => sum + value * at(p0, o * from[0] + i), at(p1, o)));
    case 'slice':
      return x.slice(op.from * area, op.to * area);
    case 'concat':
      return Float64Array.from(inputs.flatMap((input) => [...input]));
    default:
      throw new Error(`the reference has no ${op.kind}`);
  }
}

/** Outputs of every node for one input [3,H,W], [C,H,W] each. */
export function referenceOutputs(
  network: Network,
  weights: ReadonlyMap<string, Float32Array>,
  input: Float32Array,
): Map<string, Values> {
  const outputs = new Map<string, Values>([['input', Float64Array.from(input)]]);
  for (const node of network.nodes) {
    if (node.op.kind === 'input') continue;
    const inputs = node.inputs.map((id) => outputs.get(id) ?? new Float64Array());
    outputs.set(node.id, compute(network, node, inputs, weights));
  }
  return outputs;
}

/** max |a − b| / max |b|; 0 where they are equal. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN;
  let most = 0;
  let largest = 0;
  for (let i = 0; i < b.length; i++) {
    most = Math.max(most, Math.abs(at(a, i) - at(b, i)));
    largest = Math.max(largest, Math.abs(at(b, i)));
  }
  return most === 0 ? 0 : most / largest;
}
