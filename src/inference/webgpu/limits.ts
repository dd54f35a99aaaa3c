/** Refuses, before anything is made, a network whose buffers a GPU's limits do not allow for the kernels. */
import { GROUP } from '../plan/place';
import type { Placement } from '../plan/place';

/** Storage buffers that every program binds. */
const BINDINGS = 6;

type Limits = Pick<
  GPUSupportedLimits,
  | 'maxBufferSize'
  | 'maxStorageBufferBindingSize'
  | 'maxStorageBuffersPerShaderStage'
  | 'maxComputeInvocationsPerWorkgroup'
  | 'maxComputeWorkgroupsPerDimension'
>;

/**
 * @throws RangeError that names the limit, its value and what it would take.
 */
export function checkLimits(placement: Placement, limits: Limits): void {
  const need = (limit: keyof Limits, value: number, what: string) => {
    if (value <= limits[limit]) return;
    throw new RangeError(`${what} takes ${value}, the GPU's ${limit} is ${limits[limit]}`);
  };
  need('maxStorageBuffersPerShaderStage', BINDINGS, 'storage buffers of a kernel:');
  need('maxComputeInvocationsPerWorkgroup', 64, 'a workgroup of a kernel');
  for (const floats of placement.buffers) {
    need('maxStorageBufferBindingSize', floats * 4, 'a buffer of feature maps');
    need('maxBufferSize', floats * 4, 'a buffer of feature maps');
  }
  for (const { step, read, writes } of placement.steps) {
    const groups = writes.reduce((sum, span) => sum + span.groups, 0);
    const kernel = step.op.kind === 'conv' ? step.op.kernel : 1;
    need(
      'maxStorageBufferBindingSize',
      kernel ** 2 * read.groups * GROUP * groups * GROUP * 4,
      `the weights of ${step.id}`,
    );
    const [, height, width] = step.shape;
    // The smallest tile is one pixel and sixteen shares of a workgroup of 64; a pool has an invocation for each group.
    need('maxComputeWorkgroupsPerDimension', Math.ceil((height * width * groups) / 4), `the dispatch of ${step.id}`);
  }
}
