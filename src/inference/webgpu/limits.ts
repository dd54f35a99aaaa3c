/** Refuses, before anything is made, a network whose buffers or dispatches a GPU's limits do not allow for the kernels. */
import { GROUP, groupsOfAll } from '../plan/place';
import type { PlacedStep, Placement } from '../plan/place';
import { EngineError } from '../protocol';
import { convolutionGrid } from './convolution';
import { levelsBufferBytes } from './input';
import { PREPROCESS_WORKGROUP } from './preprocess';
import { POOL_WORKGROUP } from './pooling';
import { CANDIDATES, familyOf } from './tiles';

/** Storage buffers that every program binds. */
const BINDINGS = 6;
/** Of a value that invocations share, float32 in fours. */
const BYTES = 16;

type Limits = Pick<
  GPUSupportedLimits,
  | 'maxBufferSize'
  | 'maxStorageBufferBindingSize'
  | 'maxStorageBuffersPerShaderStage'
  | 'maxComputeInvocationsPerWorkgroup'
  | 'maxComputeWorkgroupStorageSize'
  | 'maxComputeWorkgroupsPerDimension'
>;

const TILES = Object.values(CANDIDATES).flat();
const INVOCATIONS = Math.max(POOL_WORKGROUP, PREPROCESS_WORKGROUP, ...TILES.map(({ workgroup }) => workgroup));
const SHARED = Math.max(
  ...TILES.map(({ workgroup, pixels, groups, shares }) => (shares === 1 ? 0 : workgroup * pixels * groups * BYTES)),
);

/** Most workgroups along one dimension, with whichever tile is chosen. */
function mostWorkgroups(placed: PlacedStep): number {
  const { op, shape } = placed.step;
  const [, height, width] = shape;
  const groups = groupsOfAll(placed.writes);
  const family = familyOf(placed);
  if (!family) return Math.ceil((height * width * groups) / POOL_WORKGROUP);
  const kernel = op.kind === 'conv' ? op.kernel : 1;
  return Math.max(
    ...CANDIDATES[family].flatMap((tile) => convolutionGrid({ kernel }, tile, { width, height, groups })),
  );
}

/**
 * Whether a network fits, run on so many pictures at once.
 * @throws EngineError `too-large` that names the limit, its value and what it would take.
 */
export function checkLimits(placement: Placement, limits: Limits, pictures = 1): void {
  const need = (limit: keyof Limits, value: number, what: string) => {
    if (value <= limits[limit]) return;
    throw new EngineError('too-large', `${what} takes ${value}, the GPU's ${limit} is ${limits[limit]}`);
  };
  need('maxStorageBuffersPerShaderStage', BINDINGS, 'storage buffers of a kernel:');
  need('maxComputeInvocationsPerWorkgroup', INVOCATIONS, 'a workgroup of a kernel');
  need('maxComputeWorkgroupStorageSize', SHARED, 'the memory that a workgroup shares');
  need('maxComputeWorkgroupsPerDimension', pictures, 'the number of pictures in a batch');
  const of = pictures === 1 ? '' : ` of ${pictures} pictures`;
  for (const floats of placement.buffers) {
    need('maxStorageBufferBindingSize', floats * pictures * 4, `a buffer of feature maps${of}`);
    need('maxBufferSize', floats * pictures * 4, `a buffer of feature maps${of}`);
  }
  for (const placed of placement.steps) {
    const { step, read, writes } = placed;
    const kernel = step.op.kind === 'conv' ? step.op.kernel : 1;
    need(
      'maxStorageBufferBindingSize',
      kernel ** 2 * read.groups * GROUP * groupsOfAll(writes) * GROUP * 4,
      `the weights of ${step.id}`,
    );
    need('maxComputeWorkgroupsPerDimension', mostWorkgroups(placed), `the dispatch of ${step.id}`);
  }
  for (const limit of ['maxStorageBufferBindingSize', 'maxBufferSize'] as const) {
    need(limit, levelsBufferBytes(placement, pictures), `the levels${of}`);
  }
}
