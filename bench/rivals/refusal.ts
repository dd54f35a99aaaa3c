/**
 * Why our engine does not run a network as the benchmark asks: a device too small for it is no fault of the engine's,
 * anything else is, above all kernels that it found to compute wrong numbers.
 */
import { fuse } from '../../src/inference/plan/fuse';
import { place } from '../../src/inference/plan/place';
import { EngineError } from '../../src/inference/protocol';
import { checkLimits } from '../../src/inference/webgpu/limits';
import type { Network } from '../../src/network/network';
import { NOT_AVAILABLE } from './protocol';

/** An error of a load, marked as {@link NOT_AVAILABLE} where the network is over a limit of the device. */
export function loadError(error: unknown): unknown {
  // A limit comes with its numbers; memory that ran out does not, and may be our own waste.
  const limit = error instanceof EngineError && error.code === 'too-large' && error.details.length > 0;
  return limit ? new Error(`${NOT_AVAILABLE}${error.message}`) : error;
}

/**
 * What to throw where the engine took stock kernels instead of its own, for the reason it gives.
 * @param limits the device's.
 */
export function refusal(network: Network, limits: Parameters<typeof checkLimits>[1], reason: string): Error {
  try {
    checkLimits(place(fuse(network)), limits);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'too-large') {
      return new Error(`${NOT_AVAILABLE}${error.message}`);
    }
  }
  return new Error(`the engine refused its kernels: ${reason}`);
}
