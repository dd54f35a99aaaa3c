import { expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parametersOf } from '../network/parameters';
import { makeSpec } from '../network/spec';
import { normalQuantile, seedWeights } from './seeded';

const network = buildNetwork(
  makeSpec({ fusion: 'first', growth: 16, blocks: [4, 8], stem: 32, classes: 61, size: 96 }),
);
const weights = seedWeights(network, 1);

function moments(values: Float32Array) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const fourth = values.reduce((sum, value) => sum + (value - mean) ** 4, 0) / values.length;
  return { mean, variance, kurtosis: fourth / variance ** 2 };
}

it('makes every parameter, finite and of its size', () => {
  for (const { name, shape } of parametersOf(network)) {
    const values = weights.get(name);
    expect(values?.length, name).toBe(shape.reduce((a, b) => a * b, 1));
    expect(values?.every(Number.isFinite), name).toBe(true);
  }
  expect(weights.size).toBe(parametersOf(network).length);
});

it('gives convolutions the normal distribution with variance 2 / fan-in', () => {
  const values = weights.get('features.denseblock2.denselayer8.conv2.weight') ?? new Float32Array();
  const { mean, variance, kurtosis } = moments(values);
  const expected = 2 / (64 * 9);
  // 9,216 numbers: the standard errors are 1 %, 1.5 % and 0.05.
  expect(Math.abs(mean) / Math.sqrt(expected)).toBeLessThan(0.05);
  expect(variance / expected).toBeGreaterThan(0.93);
  expect(variance / expected).toBeLessThan(1.07);
  expect(Math.abs(kurtosis - 3)).toBeLessThan(0.3);
});

it('gives the linear layer the uniform distribution in ±1/√fan-in, and no bias', () => {
  const values = weights.get('classifier.weight') ?? new Float32Array();
  const bound = 1 / Math.sqrt(values.length / 61);
  expect(values.every((value) => Math.abs(value) <= bound)).toBe(true);
  expect(moments(values).variance / (bound ** 2 / 3)).toBeCloseTo(1, 1);
  expect(weights.get('classifier.bias')?.every((value) => value === 0)).toBe(true);
});

it('starts batch norms as identities', () => {
  const only = (name: string, value: number) => weights.get(`features.norm0.${name}`)?.every((it) => it === value);
  expect([only('weight', 1), only('bias', 0), only('running_mean', 0), only('running_var', 1)]).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

it('is the same for the same seed, another for another, and another for each parameter', () => {
  const name = 'features.denseblock1.denselayer1.conv2.weight';
  expect(seedWeights(network, 1).get(name)).toEqual(weights.get(name));
  expect(seedWeights(network, 2).get(name)).not.toEqual(weights.get(name));
  expect(weights.get('features.denseblock1.denselayer2.conv2.weight')).not.toEqual(weights.get(name));
});

it('does not depend on which other parameters there are', () => {
  const other = seedWeights(buildNetwork(makeSpec({ ...network.spec, fusion: 'last' })), 1);
  expect(other.get('features.conv0.weight')).toEqual(weights.get('features.conv0.weight'));
});

it('keeps its first numbers from version to version', () => {
  const first = Array.from(weights.get('features.conv0.weight') ?? []).slice(0, 4);
  expect(first.map((value) => value.toFixed(5))).toEqual(['0.10978', '0.09773', '0.01753', '-0.20385']);
});

it('knows the normal quantiles', () => {
  for (const [p, z] of [
    [0.5, 0],
    [0.975, 1.959963985],
    [0.025, -1.959963985],
    [0.001, -3.090232306],
    [1 - 1e-6, 4.753424309],
  ] as const) {
    expect(normalQuantile(p)).toBeCloseTo(z, 7);
  }
});
