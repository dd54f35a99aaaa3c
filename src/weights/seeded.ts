/**
 * Weights for networks that nobody trained: reproducible from a seed, distributed as PyTorch's DenseNet begins its
 * training. They make timing and activations meaningful, never predictions.
 */
import type { Network } from '../network/network';
import { elements, parametersOf } from '../network/parameters';
import type { Parameter } from '../network/parameters';
import type { Weights } from './fit';

/** FNV-1a of a text, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state >>> 0;
}

/** mulberry32: 32 random bits a call. */
function randomBits(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Coefficients of Acklam's rational approximation of the normal quantile, relative error 1.2e-9. */
const A = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716] as const;
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572] as const;
const C = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734] as const;
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416] as const;
const polynomial = (x: number, coefficients: readonly number[]) => coefficients.reduce((sum, c) => sum * x + c, 0);

/** The number below which a standard normal variable lies with this probability, 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(q, [...C, 4.374664141464968, 2.938163982698783]) / polynomial(q, [...D, 1]);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(r, [...A, 2.506628277459239]) * q) / polynomial(r, [...B, 1]);
}

/**
 * The normal distribution in 65,536 equally likely values: 16 random bits draw one. DenseNet-264 has 33 million
 * weights, and a logarithm and a cosine for each would be felt on the page.
 */
let normals: Float32Array | undefined;

function fillNormal(values: Float32Array, deviation: number, random: () => number): void {
  const table = (normals ??= Float32Array.from({ length: 65536 }, (_, i) => normalQuantile((i + 0.5) / 65536)));
  for (let i = 0; i < values.length; i += 2) {
    const bits = random();
    values[i] = deviation * (table[bits & 0xffff] ?? 0);
    // At an odd length's end this writes past the array, which typed arrays ignore.
    values[i + 1] = deviation * (table[bits >>> 16] ?? 0);
  }
}

/** The linear layer's weight is the only one with two dimensions, and convolutions have four. */
function initialise({ name, shape, kind }: Parameter, seed: number): Float32Array {
  const values = new Float32Array(elements(shape));
  if (kind === 'runningVar') return values.fill(1);
  if (kind !== 'weight') return values;
  if (shape.length === 1) return values.fill(1);
  const fanIn = elements(shape.slice(1));
  // Seeded by name, so that a parameter's numbers do not depend on which others there are.
  const random = randomBits(hash(name) ^ Math.imul(seed, 0x9e3779b1));
  if (shape.length === 4) fillNormal(values, Math.sqrt(2 / fanIn), random);
  else {
    const bound = 1 / Math.sqrt(fanIn);
    for (let i = 0; i < values.length; i++) values[i] = bound * (2 * (random() / 2 ** 32) - 1);
  }
  return values;
}

/**
 * Weights of an untrained network: convolutions normal with variance 2 / fan-in (Kaiming), BN weight 1, bias 0,
 * mean 0, variance 1, linear uniform in ±1/√fan-in with bias 0. The same seed gives the same weights.
 * @param seed a 32-bit integer.
 */
export function seedWeights(network: Network, seed: number): Weights {
  return new Map(parametersOf(network).map((parameter) => [parameter.name, initialise(parameter, seed)]));
}
