/** Heights of bars on a linear or logarithmic axis, and its ticks. Numbers only, px. */

export type Axis = 'linear' | 'log';

export interface BarScale {
  /** Height of a bar, px. A value of 0 has none; every other one can be seen. */
  readonly height: (value: number) => number;
  /** Values to write beside the axis, each with its height, px. */
  readonly ticks: readonly { readonly value: number; readonly rise: number }[];
}

/** Px that a value other than 0 has at least. */
const LEAST = 1.5;

/** 1, 2 or 5 times a power of ten, at least as large as asked for. */
function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  return (wanted <= power ? 1 : wanted <= 2 * power ? 2 : wanted <= 5 * power ? 5 : 10) * power;
}

/**
 * Heights for values on one axis: linear from 0 on, or logarithmic from the power of ten at or below the smallest
 * positive value on.
 * @param values in any unit, not negative.
 * @param height of the largest, px.
 */
export function barScale(values: readonly number[], axis: Axis, height: number): BarScale {
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return { height: () => 0, ticks: [] };
  const high = Math.max(...positive);
  const seen = (rise: (value: number) => number) => (value: number) => (value > 0 ? Math.max(LEAST, rise(value)) : 0);
  if (axis === 'linear') {
    const rise = (value: number) => (value / high) * height;
    const step = niceStep(high / 3);
    const ticks = Array.from({ length: Math.floor(high / step) + 1 }, (_, index) => index * step);
    return { height: seen(rise), ticks: ticks.map((value) => ({ value, rise: rise(value) })) };
  }
  const low = Math.floor(Math.log10(Math.min(...positive)));
  const span = Math.log10(high) - low || 1;
  const rise = (value: number) => ((Math.log10(value) - low) / span) * height;
  const ticks: number[] = [];
  for (let power = low; 10 ** power <= high; power++) ticks.push(10 ** power);
  return { height: seen(rise), ticks: ticks.map((value) => ({ value, rise: rise(value) })) };
}
