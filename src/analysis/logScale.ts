/** Domains and ticks of logarithmic axes. */
import { format } from 'd3';

const siTick = format('~s');

/** Whole decades around some values, at least one; 1 … 10 around none. */
export function decades(values: readonly number[]): readonly [number, number] {
  const usable = values.filter((value) => value > 0 && Number.isFinite(value));
  if (usable.length === 0) return [1, 10];
  const low = Math.floor(Math.log10(Math.min(...usable)));
  const high = Math.ceil(Math.log10(Math.max(...usable)));
  return [10 ** low, 10 ** Math.max(high, low + 1)];
}

/** The powers of ten within a domain, both ends included. */
export function tens([low, high]: readonly number[]): readonly number[] {
  const first = Math.ceil(Math.log10(low ?? 1) - 1e-9);
  const last = Math.floor(Math.log10(high ?? 1) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(`1e${first + index}`));
}

/** A tick as it is written: `0.1`, `10`, `1M`. */
export function logTick(value: number): string {
  return value < 1 ? String(value) : siTick(value);
}
