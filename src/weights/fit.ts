/** Whether the tensors of a file are the weights of a network, and if not, exactly why. */
import { elements, parametersOf } from '../network/parameters';
import type { Network } from '../network/network';
import { currentName, isCounter } from './names';
import type { Tensor } from './safetensors';

type Shape = readonly number[];

/** Everything that keeps a file from being a network's weights. */
export interface Misfit {
  readonly ok: false;
  /** Parameters that the file lacks. */
  readonly missing: readonly { readonly name: string; readonly shape: Shape }[];
  /** Tensors that the network has no use for, by their name in the file. */
  readonly unexpected: readonly { readonly name: string; readonly shape: Shape }[];
  readonly misshapen: readonly { readonly name: string; readonly expected: Shape; readonly found: Shape }[];
  /** Tensors with NaN or infinite numbers: how many there are, and where the first is. */
  readonly nonFinite: readonly { readonly name: string; readonly count: number; readonly first: number }[];
}

/** Weights by parameter name (see `parametersOf`), row-major float32. */
export type Weights = ReadonlyMap<string, Float32Array>;
export type Fit = { readonly ok: true; readonly weights: Weights } | Misfit;

const sameShape = (a: Shape, b: Shape) => a.length === b.length && a.every((size, index) => size === b[index]);
const show = (shape: Shape) => `[${shape.join(', ')}]`;

function nonFiniteIn(values: Float32Array): { count: number; first: number } | undefined {
  let count = 0;
  let first = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    if (count++ === 0) first = i;
  }
  return count ? { count, first } : undefined;
}

/**
 * Assigns a file's tensors to a network's parameters. Names are taken as `currentName` reads them; BN's
 * `num_batches_tracked` may be there or not.
 */
export function fitWeights(network: Network, tensors: ReadonlyMap<string, Tensor>): Fit {
  const byName = new Map<string, Tensor>();
  const unexpected: { name: string; shape: Shape }[] = [];
  const parameters = new Map(parametersOf(network).map((parameter) => [parameter.name, parameter]));
  for (const tensor of tensors.values()) {
    const name = currentName(tensor.name);
    if (isCounter(name)) continue;
    // A second tensor with the same name once prefixes are gone is as unexpected as an unknown one.
    if (parameters.has(name) && !byName.has(name)) byName.set(name, tensor);
    else unexpected.push({ name: tensor.name, shape: tensor.shape });
  }
  const missing: { name: string; shape: Shape }[] = [];
  const misshapen: { name: string; expected: Shape; found: Shape }[] = [];
  const nonFinite: { name: string; count: number; first: number }[] = [];
  const weights = new Map<string, Float32Array>();
  for (const { name, shape } of parameters.values()) {
    const tensor = byName.get(name);
    if (!tensor) missing.push({ name, shape });
    else if (!sameShape(tensor.shape, shape)) misshapen.push({ name, expected: shape, found: tensor.shape });
    else {
      const { values } = tensor;
      const bad = nonFiniteIn(values);
      if (bad) nonFinite.push({ name, ...bad });
      weights.set(name, values);
    }
  }
  if (missing.length || unexpected.length || misshapen.length || nonFinite.length) {
    return { ok: false, missing, unexpected, misshapen, nonFinite };
  }
  return { ok: true, weights };
}

/** One line per tensor that does not fit, wrong shapes first: they tell most about which network a file is for. */
export function describeMisfit({ misshapen, missing, unexpected, nonFinite }: Misfit): string[] {
  return [
    ...misshapen.map(({ name, expected, found }) => `${name} has shape ${show(found)}; expected is ${show(expected)}`),
    ...missing.map(({ name, shape }) => `${name} ${show(shape)} is missing`),
    ...unexpected.map(({ name, shape }) => `${name} ${show(shape)} is not part of this network`),
    ...nonFinite.map(({ name, count, first }) => {
      return `${name} has ${count} NaN or infinite number${count === 1 ? '' : 's'}, the first at index ${first}`;
    }),
  ];
}

/** The misfit in one sentence with counts. */
export function summariseMisfit({ misshapen, missing, unexpected, nonFinite }: Misfit): string {
  const counts = [
    [misshapen.length, 'of another shape'],
    [missing.length, 'missing'],
    [unexpected.length, 'unexpected'],
    [nonFinite.length, 'with NaN or infinite numbers'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `the weights do not fit this network: of its tensors, ${parts.join(', ')}`;
}

/** Numbers that a network's weights hold, running statistics included; for progress and memory estimates. */
export function weightCount(network: Network): number {
  return parametersOf(network).reduce((sum, { shape }) => sum + elements(shape), 0);
}
