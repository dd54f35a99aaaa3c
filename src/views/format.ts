/** Numbers as people read them; one place, so that the page says the same everywhere. */
import { format } from 'd3';

const si = format('.4~s');

/** A count with SI prefix and four significant digits: 2834161664 → 2.834G. */
export function count(value: number): string {
  return Math.abs(value) < 1000 ? String(Math.round(value)) : si(value);
}

/** A share as a percentage with one decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A signed relative difference: −12.3 %, +0.4 %, ±0 %. */
export function difference(value: number, reference: number): string {
  const relative = reference === 0 ? 0 : value / reference - 1;
  const text = Math.abs(100 * relative).toFixed(1);
  if (text === '0.0') return '±0 %';
  return `${relative < 0 ? '−' : '+'}${text} %`;
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
