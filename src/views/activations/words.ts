/** Numbers of feature maps in words. */
import { formatShare } from '../../analysis/format';
import type { ChannelNumbers } from '../../inference/protocol';

/** Four numbers of one channel, or of all of a node's. */
export interface MapNumbers {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** 0 … 1 */
  readonly zeros: number;
}

/** A value of a feature map with three significant digits. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  const text = size >= 1e-3 && size < 1e4 ? String(Number(size.toPrecision(3))) : size.toExponential(1);
  return value < 0 ? `−${text}` : text;
}

/** Those of one channel. */
export function numbersOfChannel({ min, max, mean, zeros }: ChannelNumbers, channel: number): MapNumbers {
  const at = (values: Float32Array) => values[channel] ?? Number.NaN;
  return { min: at(min), max: at(max), mean: at(mean), zeros: at(zeros) };
}

/** Those of all channels together, which are equally large. */
export function numbersOfAll({ min, max, mean, zeros }: ChannelNumbers): MapNumbers {
  const average = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    min: min.reduce((a, b) => Math.min(a, b), Infinity),
    max: max.reduce((a, b) => Math.max(a, b), -Infinity),
    mean: average(mean),
    zeros: average(zeros),
  };
}

export function numbersText({ min, max, mean, zeros }: MapNumbers): string {
  return `min ${formatValue(min)}, max ${formatValue(max)}, mean ${formatValue(mean)}, ${formatShare(zeros)} zeros`;
}
