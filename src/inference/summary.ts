/**
 * A feature map in short: its mean over the channels as a small map, and four numbers of every channel. Plain arrays,
 * no tensors; runs in the worker, where the values are.
 */
import type { Shape } from '../network/network';
import { channelsFirst } from './layout';
import type { ChannelNumbers, NodeSummary, SmallMap } from './protocol';

/** Longest side of a mean map: what sits on a part of a drawing is hardly larger, px. */
const MEAN_SIDE = 32;
/** Longest side of a channel's map, px. */
const MAP_SIDE = 64;

/**
 * Least, greatest and mean value of every channel, and its share of zeros.
 * @param values [H,W,C]
 */
export function channelNumbers(values: Float32Array, channels: number): ChannelNumbers {
  const area = values.length / channels;
  const min = new Float32Array(channels).fill(Infinity);
  const max = new Float32Array(channels).fill(-Infinity);
  const sum = new Float64Array(channels);
  const zeros = new Float32Array(channels);
  for (let at = 0, c = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    if (value < (min[c] ?? 0)) min[c] = value;
    if (value > (max[c] ?? 0)) max[c] = value;
    if (value === 0) zeros[c] = (zeros[c] ?? 0) + 1;
    sum[c] = (sum[c] ?? 0) + value;
    if (++c === channels) c = 0;
  }
  return { min, max, mean: Float32Array.from(sum, (total) => total / area), zeros: zeros.map((n) => n / area) };
}

/** Mean over the channels: [H,W,C] → [H,W]. */
export function meanOverChannels(values: Float32Array, channels: number): Float32Array {
  const out = new Float32Array(values.length / channels);
  for (let p = 0; p < out.length; p++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += values[p * channels + c] ?? 0;
    out[p] = sum / channels;
  }
  return out;
}

/**
 * Maps made smaller by averaging squares of whole pixels, until none is longer than `most`; as they are where they fit.
 * @param maps [C,H,W]
 */
function shrink(maps: Float32Array, height: number, width: number, most: number): SmallMap {
  const step = Math.ceil(Math.max(height, width) / most);
  if (step === 1) return { height, width, values: maps };
  const area = height * width;
  const channels = maps.length / area;
  const small = { height: Math.ceil(height / step), width: Math.ceil(width / step) };
  const values = new Float32Array(channels * small.height * small.width);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < small.height; y++) {
      for (let x = 0; x < small.width; x++)
        values[at++] = meanOfSquare(maps.subarray(c * area, (c + 1) * area), width, y, x, step);
    }
  }
  return { ...small, values };
}

/** Mean of the square (y, x) of `step` × `step` pixels; at the edges of the part of it that there is. */
function meanOfSquare(map: Float32Array, width: number, y: number, x: number, step: number): number {
  const right = Math.min(width, (x + 1) * step);
  const bottom = Math.min(map.length / width, (y + 1) * step);
  let sum = 0;
  for (let row = y * step; row < bottom; row++) {
    for (let column = x * step; column < right; column++) sum += map[row * width + column] ?? 0;
  }
  return sum / ((bottom - y * step) * (right - x * step));
}

/** The mean map of [H,W,C] values, at most 32 pixels long. */
export function meanMap(values: Float32Array, height: number, width: number): SmallMap {
  return shrink(meanOverChannels(values, values.length / (height * width)), height, width, MEAN_SIDE);
}

/** Every channel of [C,H,W] values as a map of at most 64 pixels. */
export function channelMaps(values: Float32Array, height: number, width: number): SmallMap {
  return shrink(values, height, width, MAP_SIDE);
}

/**
 * A picture's feature map in short.
 * @param values [H,W,C]
 * @param all whether every channel is wanted as a map.
 */
export function summarise(
  values: Float32Array,
  [channels, height, width]: Shape,
  all: boolean,
): Omit<NodeSummary, 'node' | 'of'> {
  return {
    shape: [channels, height, width],
    mean: meanMap(values, height, width),
    numbers: channelNumbers(values, channels),
    ...(all ? { maps: channelMaps(channelsFirst(values, channels), height, width) } : {}),
  };
}
