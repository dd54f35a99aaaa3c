import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/inference/protocol';
import { buildNetwork } from '../../src/network/build';
import { parseNetwork } from '../../src/network/text';
import { NOT_AVAILABLE } from './protocol';
import { loadError, refusal } from './refusal';

const network = buildNetwork(parseNetwork('cspdensenet-first@growth=4,blocks=2-2,stem=8,classes=5,size=32'));
const limits = {
  maxBufferSize: 2 ** 28,
  maxStorageBufferBindingSize: 2 ** 27,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupStorageSize: 16_384,
  maxComputeWorkgroupsPerDimension: 65_535,
};

describe('an engine that does not run its kernels', () => {
  it('failed where the device allows them, whatever it says', () => {
    const reason = 'the WebGPU kernels differ from the logits in its card by 12 % of the largest; 0.1 % is allowed';
    const { message } = refusal(network, limits, reason);
    expect(message).toContain(reason);
    expect(message.startsWith(NOT_AVAILABLE)).toBe(false);
  });

  it('is not available where a limit of the device is too small', () => {
    const { message } = refusal(network, { ...limits, maxStorageBuffersPerShaderStage: 4 }, 'too small');
    expect(message).toMatch(new RegExp(`^${NOT_AVAILABLE}.*maxStorageBuffersPerShaderStage is 4`));
  });

  it('is told apart from one that ran out of memory', () => {
    const over = loadError(
      new EngineError('too-large', 'a tensor is too large', ['tensor: 9 bytes', 'limit: 8 bytes']),
    );
    expect(over).toMatchObject({ message: `${NOT_AVAILABLE}a tensor is too large` });
    const spent = new EngineError('too-large', 'the GPU ran out of memory');
    expect(loadError(spent)).toBe(spent);
    const corrupt = new EngineError('weights-corrupt', 'no', ['details']);
    expect(loadError(corrupt)).toBe(corrupt);
  });
});
