/** Durations and differences as the page writes them; counts, bytes and shares are analysis/format.ts. */
import { formatRelative } from '../analysis/format';

/** A value's signed relative difference from a reference; a dash where the reference is zero. */
export function difference(value: number, reference: number): string {
  return formatRelative(reference === 0 ? null : value / reference - 1);
}

/** Milliseconds, or seconds from ten thousand on. */
export function duration(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 100 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

/** Time left, coarse: `12 s`, `3 min`. */
export function timeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
