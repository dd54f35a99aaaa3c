/**
 * What running a plan takes in memory, from shapes alone, so that a network too large for a device is refused before
 * anything is allocated. Float32, one picture. It counts values and weights, not what kernels take for themselves.
 */
import { elements, parametersOf } from '../../network/parameters';
import type { Plan } from './plan';

const FLOAT = 4;

/** Bytes of a plan. */
export interface Footprint {
  /** The largest single value or filter, and what it is. */
  readonly largest: { readonly id: string; readonly bytes: number };
  /** The most that is alive at once of a run's values. */
  readonly peakBytes: number;
  readonly weightBytes: number;
}

/** Largest tensor, peak of the values alive at once, and weights, in bytes. */
export function footprintOf(plan: Plan): Footprint {
  const sizes = new Map<string, number>();
  let largest = { id: 'input', bytes: 0 };
  const note = (id: string, bytes: number) => {
    if (bytes > largest.bytes) largest = { id, bytes };
    return bytes;
  };
  const { size } = plan.network.spec;
  let alive = note('input', 3 * size * size * FLOAT);
  sizes.set('input', alive);
  let peakBytes = alive;
  for (const step of plan.steps) {
    const bytes = note(step.id, elements(step.shape) * FLOAT);
    sizes.set(step.id, bytes);
    alive += bytes;
    peakBytes = Math.max(peakBytes, alive);
    for (const value of step.releases) alive -= sizes.get(value) ?? 0;
  }
  let weightBytes = 0;
  for (const parameter of parametersOf(plan.network)) {
    weightBytes += note(parameter.name, elements(parameter.shape) * FLOAT);
  }
  return { largest, peakBytes, weightBytes };
}
