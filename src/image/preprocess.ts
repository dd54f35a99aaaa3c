// Picture → input tensor values: torchvision's Resize(shorter side), CenterCrop, ToTensor and Normalize in one function
// that every backend and the tests use. Knows nothing of files, tensors or networks.

import type { PixelSource } from './pixels';
import { resizeAndCrop } from './resize';
import type { Rectangle } from './resize';

/** Red, green and blue. */
export type Rgb = readonly [number, number, number];

export interface PreprocessOptions {
  /** Side of the square input in pixels. */
  readonly size: number;
  /** What the picture's shorter side is resized to before the centre crop; default round(size / 0.875). */
  readonly resizeShorterSide?: number;
  /** Mean per channel, of values in [0, 1]. */
  readonly mean: Rgb;
  /** Standard deviation per channel, of values in [0, 1]. */
  readonly std: Rgb;
  /** Order of the values: rows of interleaved channels, or one plane per channel. */
  readonly layout: 'HWC' | 'CHW';
}

/** A network's input, and what is needed to show where it came from. */
export interface Preprocessed {
  /** (v / 255 − mean) / std in float32, [size, size, 3] or [3, size, size] by the layout asked for. */
  readonly values: Float32Array;
  /** What the network sees before normalisation: RGB, size × size × 3 bytes, rows from the top. */
  readonly rgb: Uint8ClampedArray;
  /** Side of `values` and `rgb` in pixels. */
  readonly size: number;
  /** The square of the picture that `rgb` shows, in pixels of the picture; not whole numbers. */
  readonly crop: Rectangle;
}

/** Rounds as Python's round() does: halves go to the even neighbour. */
export function pythonRound(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Size of a picture whose shorter side is resized to `shorter`: torchvision's Resize(int), longer side rounded down. */
export function resizedSize(width: number, height: number, shorter: number): { width: number; height: number } {
  return width <= height
    ? { width: shorter, height: Math.trunc((shorter * height) / width) }
    : { width: Math.trunc((shorter * width) / height), height: shorter };
}

function checkSide(field: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${field}: ${value} must be a whole number of at least ${least}`);
  }
}

/** What each of the 256 levels of one channel becomes, rounded to float32 after every step as torch does. */
function normalisation(mean: number, std: number): Float32Array {
  const table = new Float32Array(256);
  for (let level = 0; level < 256; level++) {
    const centred = Math.fround(Math.fround(level / 255) - Math.fround(mean));
    table[level] = centred / Math.fround(std);
  }
  return table;
}

/**
 * Resizes, crops and normalises a picture. Reads only the part of it that the crop depends on.
 * Throws RangeError on a size below 1 or a resized shorter side below the size.
 */
export function preprocess(source: PixelSource, options: PreprocessOptions): Preprocessed {
  const { size, mean, std, layout } = options;
  checkSide('size', size, 1);
  const shorter = options.resizeShorterSide ?? pythonRound(size / 0.875);
  checkSide('resizeShorterSide', shorter, size);
  checkSide('width of the picture', source.width, 1);
  checkSide('height of the picture', source.height, 1);

  const resized = resizedSize(source.width, source.height, shorter);
  const left = pythonRound((resized.width - size) / 2);
  const top = pythonRound((resized.height - size) / 2);
  const rgb = resizeAndCrop(source, resized.width, resized.height, { left, top, width: size, height: size });

  const area = size * size;
  const values = new Float32Array(area * 3);
  for (let channel = 0; channel < 3; channel++) {
    const table = normalisation(mean[channel]!, std[channel]!);
    const start = layout === 'CHW' ? channel * area : channel;
    const step = layout === 'CHW' ? 1 : 3;
    for (let i = 0; i < area; i++) values[start + i * step] = table[rgb[i * 3 + channel]!]!;
  }

  const scaleX = source.width / resized.width;
  const scaleY = source.height / resized.height;
  const crop = { left: left * scaleX, top: top * scaleY, width: size * scaleX, height: size * scaleY };
  return { values, rgb, size, crop };
}
