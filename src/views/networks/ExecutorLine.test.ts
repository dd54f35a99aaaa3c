import { expect, it } from 'vitest';
import { executorText } from './ExecutorLine';

it('says what runs a network, and whether that was checked', () => {
  const kernels = { executor: 'kernels', precision: 'float32' } as const;
  expect(executorText({ ...kernels, verification: { state: 'verified', against: 'card', difference: 3.4e-7 } })).toBe(
    'Runs on this page’s own WebGPU kernels, checked against the logits in its card: they differ by 3.4 × 10⁻⁷ of the largest.',
  );
  expect(executorText({ ...kernels, verification: { state: 'pending' } })).toContain('Not yet verified');
  expect(executorText({ ...kernels, notHalf: 'no card', verification: { state: 'pending' } })).toMatch(
    /In float32: no card\.$/,
  );
  expect(executorText({ ...kernels, verification: { state: 'unchecked', reason: 'the device was lost' } })).toBe(
    'Runs on this page’s own WebGPU kernels. They could not be compared with tfjs’s: the device was lost.',
  );
  const compiler = { state: 'refused', reason: 'Error while parsing WGSL: :1:1 error\n\n  no such ^^^.\n' } as const;
  expect(executorText({ executor: 'stock', precision: 'float32', verification: compiler })).toBe(
    'Runs on tfjs’s WebGPU kernels: Error while parsing WGSL: :1:1 error.',
  );
  const refused = { state: 'refused', reason: 'the GPU’s maxBufferSize is 1' } as const;
  expect(executorText({ executor: 'stock', precision: 'float32', verification: refused })).toBe(
    'Runs on tfjs’s WebGPU kernels: the GPU’s maxBufferSize is 1.',
  );
  expect(executorText({ executor: 'stock', precision: 'float32' })).toBeUndefined();
});
