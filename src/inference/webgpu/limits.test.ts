import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { fuse } from '../plan/fuse';
import { place } from '../plan/place';
import { dispatchesOf } from './dispatches';
import { checkLimits } from './limits';

/** WebGPU's defaults, which every device has. */
const LEAST = {
  maxBufferSize: 2 ** 28,
  maxStorageBufferBindingSize: 2 ** 27,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeWorkgroupsPerDimension: 65535,
};
const placed = (text: string) => place(fuse(buildNetwork(parseNetwork(text))));

describe('checkLimits', () => {
  it.each([
    ...['121', '161', '169', '201', '264'].flatMap((depth) => [
      `densenet${depth}`,
      ...['standard', 'first', 'last'].map((fusion) => `cspdensenet${depth}-${fusion}`),
    ]),
    ...[255, 256, 320, 512].map((size) => `densenet121@size=${size}`),
    'cspdensenet121-last@gamma=0.25,size=320',
    'densenet@growth=4,blocks=1-1,stem=8,size=740',
  ])('lets %s run on any WebGPU device', (text) => {
    const placement = placed(text);
    expect(() => checkLimits(placement, LEAST)).not.toThrow();
    const most = Math.max(
      ...[true, false].flatMap((software) =>
        dispatchesOf(placement, { table: {}, software, subgroups: false }, 'float32').flatMap(({ grid }) => grid),
      ),
    );
    expect(most).toBeLessThanOrEqual(LEAST.maxComputeWorkgroupsPerDimension);
  });

  it.each([
    ['maxBufferSize', 1000, /a buffer of feature maps takes \d+, the GPU's maxBufferSize is 1000/],
    ['maxStorageBufferBindingSize', 1e6, /takes \d+, the GPU's maxStorageBufferBindingSize/],
    ['maxStorageBuffersPerShaderStage', 4, /takes 6, the GPU's maxStorageBuffersPerShaderStage is 4/],
    ['maxComputeInvocationsPerWorkgroup', 32, /takes 64/],
    ['maxComputeWorkgroupStorageSize', 8192, /takes 16384, the GPU's maxComputeWorkgroupStorageSize is 8192/],
    ['maxComputeWorkgroupsPerDimension', 10, /the dispatch of stem\/relu takes \d+/],
  ] as const)('names %s', (limit, value, message) => {
    expect(() => checkLimits(placed('densenet121'), { ...LEAST, [limit]: value })).toThrow(message);
  });

  it('counts every picture of a batch', () => {
    const placement = placed('densenet121');
    const largest = Math.max(...placement.buffers) * 4;
    const most = Math.floor(LEAST.maxStorageBufferBindingSize / largest);
    expect(() => checkLimits(placement, LEAST, most)).not.toThrow();
    expect(() => checkLimits(placement, LEAST, most + 1)).toThrow(`of ${most + 1} pictures takes`);
  });
});
