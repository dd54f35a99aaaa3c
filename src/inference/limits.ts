/** Refuses networks that a device cannot hold, before anything is fetched or allocated. */
import { footprintOf } from './plan/footprint';
import type { Plan } from './plan/plan';
import { EngineError } from './protocol';
import type { Device } from './tfjs/device';

/** Most bytes of weights on any backend: they pass through plain memory on their way to the device. */
const MOST_WEIGHTS = 1.5 * 2 ** 30;

const megabytes = (bytes: number) => `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;

/** @throws EngineError `too-large` with what is too large, its size and the limit. */
export function checkFits(plan: Plan, { limits, backend }: Pick<Device, 'limits' | 'backend'>): void {
  const { largest, peakBytes, weightBytes } = footprintOf(plan);
  const refuse = (what: string, bytes: number, limit: string, most: number) => {
    const message = `this network is too large for ${backend}: ${what} takes ${megabytes(bytes)}, ${limit} allows ${megabytes(most)}`;
    throw new EngineError('too-large', message, [`${what}: ${bytes} bytes`, `${limit}: ${most} bytes`]);
  };
  if (weightBytes > MOST_WEIGHTS) refuse('all weights together', weightBytes, 'a browser', MOST_WEIGHTS);
  const { tensor, total } = limits;
  if (largest.bytes > tensor.bytes) refuse(`the tensor ${largest.id}`, largest.bytes, tensor.name, tensor.bytes);
  // Convolution kernels keep their weights a second time, packed.
  const all = peakBytes + 2 * weightBytes;
  if (all > total.bytes) refuse('a run with its weights', all, total.name, total.bytes);
}
