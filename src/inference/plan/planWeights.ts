/**
 * Parameters of a network → the filter and bias of each step of its plan: batch norms folded in float64, convolutions
 * turned from PyTorch's OIHW to HWIO. Pure; one step at a time, so that the weights need not lie in memory twice.
 */
import { nodeOf } from '../../network/network';
import type { Network } from '../../network/network';
import { elements, parametersOfNode } from '../../network/parameters';
import type { Parameter } from '../../network/parameters';
import type { Plan, PlanStep } from './plan';

/** ε of every batch norm, PyTorch's default. */
export const EPSILON = 1e-5;

/** Parameters by PyTorch's name. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** What a kernel is given besides its inputs. */
export interface StepWeights {
  /** conv and linear [height, width, in, out]; scaleRelu [1, 1, channels, 1]. */
  readonly filter: { readonly shape: readonly [number, number, number, number]; readonly values: Float32Array };
  /** [out]. */
  readonly bias?: Float32Array;
}

/** A node's parameters by kind.
 * @throws Error naming the parameter that is missing or of another length.
 */
export function parametersByKind(
  network: Network,
  node: string,
  weights: Weights,
): Map<Parameter['kind'], Float32Array> {
  const found = new Map<Parameter['kind'], Float32Array>();
  for (const parameter of parametersOfNode(network, nodeOf(network, node))) {
    const values = weights.get(parameter.name);
    const expected = elements(parameter.shape);
    if (values?.length !== expected) {
      throw new Error(`${parameter.name} has ${values?.length ?? 'no'} values, ${expected} are needed`);
    }
    found.set(parameter.kind, values);
  }
  return found;
}

/** One kind of a node's parameters.
 * @throws Error naming the node where it has none.
 */
export function need(found: ReadonlyMap<Parameter['kind'], Float32Array>, kind: Parameter['kind'], node: string) {
  const values = found.get(kind);
  if (!values) throw new Error(`${node} has no ${kind}`);
  return values;
}

/** A batch norm in evaluation as y = scale·x + shift, float64: scale = γ/√(σ²+ε), shift = β − μ·scale. */
export function normAsScale(
  network: Network,
  node: string,
  weights: Weights,
): { scale: Float64Array; shift: Float64Array } {
  const found = parametersByKind(network, node, weights);
  const gamma = need(found, 'weight', node);
  const beta = need(found, 'bias', node);
  const mean = need(found, 'runningMean', node);
  const variance = need(found, 'runningVar', node);
  const scale = Float64Array.from(gamma, (value, i) => value / Math.sqrt((variance[i] ?? 0) + EPSILON));
  const shift = Float64Array.from(beta, (value, i) => value - (mean[i] ?? 0) * (scale[i] ?? 0));
  return { scale, shift };
}

/** [out, in, kh, kw] → [kh, kw, in, out], each output channel times its scale. */
function toHwio(source: Float32Array, out: number, channels: number, kernel: number, scale?: Float64Array) {
  const area = kernel * kernel;
  const values = new Float32Array(source.length);
  let from = 0;
  for (let o = 0; o < out; o++) {
    const factor = scale ? (scale[o] ?? 0) : 1;
    for (let i = 0; i < channels; i++) {
      for (let p = 0; p < area; p++) values[(p * channels + i) * out + o] = (source[from++] ?? 0) * factor;
    }
  }
  return values;
}

/**
 * Filter and bias of a step; undefined for steps that have none.
 * @param weights every parameter of the network, PyTorch's shapes, as checked by `fitWeights`.
 * @throws Error naming the parameter that is missing or of another length.
 */
export function weightsOfStep(plan: Plan, step: PlanStep, weights: Weights): StepWeights | undefined {
  const norm = step.normNode === undefined ? undefined : normAsScale(plan.network, step.normNode, weights);
  if (step.op.kind === 'scaleRelu') {
    if (!norm) throw new Error(`${step.id} has no batch norm`);
    const filter = { shape: [1, 1, norm.scale.length, 1], values: Float32Array.from(norm.scale) } as const;
    return { filter, bias: Float32Array.from(norm.shift) };
  }
  if (step.op.kind !== 'conv' && step.op.kind !== 'linear') return undefined;
  if (step.weightNode === undefined) throw new Error(`${step.id} has no weights`);
  const found = parametersByKind(plan.network, step.weightNode, weights);
  const source = need(found, 'weight', step.weightNode);
  const [out] = step.shape;
  const kernel = step.op.kind === 'conv' ? step.op.kernel : 1;
  const channels = source.length / (out * kernel * kernel);
  const filter = {
    shape: [kernel, kernel, channels, out],
    values: toHwio(source, out, channels, kernel, norm?.scale),
  } as const;
  const bias = norm ? Float32Array.from(norm.shift) : found.get('bias');
  return bias ? { filter, bias } : { filter };
}
