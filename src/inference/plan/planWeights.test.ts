import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { randomWeights } from '../testing/reference';
import { buildPlan } from './buildPlan';
import { normAsScale, weightsOfStep } from './planWeights';

const plan = buildPlan(buildNetwork(parseNetwork('densenet@growth=2,blocks=1-1,stem=3,classes=4,size=16')));
const weights = randomWeights(plan.network, 3);
const stepOf = (id: string) => {
  const step = plan.steps.find((candidate) => candidate.id === id);
  if (!step) throw new Error(`no step ${id}`);
  return step;
};

describe('weights of a step', () => {
  it('fold the stem’s batch norm: scale γ/√(σ²+ε) per output channel, shift β − μ·scale', () => {
    const conv = weights.get('features.conv0.weight') ?? [];
    const [gamma, beta, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
      (name) => weights.get(`features.norm0.${name}`)?.[2] ?? NaN,
    ) as [number, number, number, number];
    const found = weightsOfStep(plan, stepOf('stem/relu'), weights);
    const scale = gamma / Math.sqrt(variance + 1e-5);
    expect(found?.filter.shape).toEqual([7, 7, 3, 3]);
    // Output channel 2, input channel 1, row 4, column 5: [out][in][y][x] there, [y][x][in][out] here.
    expect(found?.filter.values[((4 * 7 + 5) * 3 + 1) * 3 + 2]).toBe(
      Math.fround((conv[((2 * 3 + 1) * 7 + 4) * 7 + 5] ?? NaN) * scale),
    );
    expect(found?.bias?.[2]).toBe(Math.fround(beta - mean * scale));
  });

  it('are a scale and a shift per channel for a batch norm with its ReLU', () => {
    const { scale, shift } = normAsScale(plan.network, 'head/norm', weights);
    const found = weightsOfStep(plan, stepOf('head/relu'), weights);
    expect(found?.filter.shape).toEqual([1, 1, scale.length, 1]);
    expect(found?.filter.values).toEqual(Float32Array.from(scale));
    expect(found?.bias).toEqual(Float32Array.from(shift));
  });

  it('are the transposed matrix and the bias for the classifier, and have no bias where nothing was folded', () => {
    const linear = weights.get('classifier.weight') ?? [];
    const found = weightsOfStep(plan, stepOf('head/linear'), weights);
    const channels = found?.filter.shape[2] ?? 0;
    expect(found?.filter.shape).toEqual([1, 1, channels, 4]);
    expect(found?.filter.values[1 * 4 + 3]).toBe(linear[3 * channels + 1]);
    expect(found?.bias).toEqual(weights.get('classifier.bias'));
    expect(weightsOfStep(plan, stepOf('stage1/dense1/conv2'), weights)).not.toHaveProperty('bias');
    expect(weightsOfStep(plan, stepOf('stem/pool'), weights)).toBeUndefined();
  });

  it('name the parameter that is missing or of another length', () => {
    const broken = new Map(weights);
    broken.delete('features.norm0.bias');
    expect(() => weightsOfStep(plan, stepOf('stem/relu'), broken)).toThrow(
      'features.norm0.bias has no values, 3 are needed',
    );
    broken.set('features.norm0.bias', new Float32Array(2));
    expect(() => weightsOfStep(plan, stepOf('stem/relu'), broken)).toThrow(
      'features.norm0.bias has 2 values, 3 are needed',
    );
  });
});
