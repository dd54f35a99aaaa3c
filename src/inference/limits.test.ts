import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { checkFits } from './limits';
import { buildPlan } from './plan/buildPlan';
import { EngineError } from './protocol';

const plan = buildPlan(buildNetwork(parseNetwork('densenet121')));
const check = (tensor: number, total: number) => () =>
  checkFits(plan, {
    backend: 'webgpu',
    limits: { tensor: { bytes: tensor, name: 'maxBufferSize' }, total: { bytes: total, name: 'memory' } },
  });

describe('limits', () => {
  it('let through what fits exactly', () => {
    // The classifier's 1000 × 1024 weights; the run's peak and the weights twice.
    const total = 576 * 56 * 56 * 4 + 2 * (7978856 + 2 * 41824) * 4;
    expect(check(4096000, total)).not.toThrow();
    expect(check(4096000, total - 1)).toThrow(EngineError);
  });

  it('name the tensor, its size and the limit', () => {
    expect(check(4095999, 1e12)).toThrow(
      'this network is too large for webgpu: the tensor classifier.weight takes 4.1 MB, maxBufferSize allows 4.1 MB',
    );
    expect(check(1e9, 60e6)).toThrow(/a run with its weights takes [\d.]+ MB, memory allows 60 MB/);
  });
});
