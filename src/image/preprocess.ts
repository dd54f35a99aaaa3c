// Picture → input tensor values, for every backend and the tests: torchvision's Resize(shorter side) and CenterCrop, then
// ToTensor and Normalize as a table, which is applied here or where the network runs. Knows nothing of files, tensors or
// networks.

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
}

/** How levels become a network's values: (level / 255 − mean) / std. */
export interface Normalisation {
  /** Mean per channel, of values in [0, 1]. */
  readonly mean: Rgb;
  /** Standard deviation per channel, of values in [0, 1]. */
  readonly std: Rgb;
}

/** A network's input before normalisation, and what is needed to show where it came from. */
export interface Preprocessed {
  /** RGB, size × size × 3 levels, rows from the top. */
  readonly rgb: Uint8ClampedArray;
  /** Side of `rgb` in pixels. */
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

/** Channels of an entry of the table: red, green, blue and a zero. */
const ENTRY = 4;

/** [256, 4]: what each of the 256 levels of each channel becomes, rounded to float32 after every step as torch does. */
export function normalisationTable({ mean, std }: Normalisation): Float32Array<ArrayBuffer> {
  const table = new Float32Array(256 * ENTRY);
  for (let level = 0; level < 256; level++) {
    for (let channel = 0; channel < 3; channel++) {
      const centred = Math.fround(Math.fround(level / 255) - Math.fround(mean[channel]!));
      table[level * ENTRY + channel] = centred / Math.fround(std[channel]!);
    }
  }
  return table;
}

/** The values of levels, both [N,H,W,3]. */
export function normalise(levels: Uint8ClampedArray, normalisation: Normalisation): Float32Array {
  const table = normalisationTable(normalisation);
  const values = new Float32Array(levels.length);
  for (let i = 0, channel = 0; i < levels.length; i++, channel = channel === 2 ? 0 : channel + 1) {
    values[i] = table[levels[i]! * ENTRY + channel]!;
  }
  return values;
}

/**
 * Resizes and crops a picture. Reads only the part of it that the crop depends on.
 * Throws RangeError on a size below 1 or a resized shorter side below the size.
 */
export function preprocess(source: PixelSource, options: PreprocessOptions): Preprocessed {
  const { size } = options;
  checkSide('size', size, 1);
  const shorter = options.resizeShorterSide ?? pythonRound(size / 0.875);
  checkSide('resizeShorterSide', shorter, size);
  checkSide('width of the picture', source.width, 1);
  checkSide('height of the picture', source.height, 1);

  const resized = resizedSize(source.width, source.height, shorter);
  const left = pythonRound((resized.width - size) / 2);
  const top = pythonRound((resized.height - size) / 2);
  const rgb = resizeAndCrop(source, resized.width, resized.height, { left, top, width: size, height: size });

  const scaleX = source.width / resized.width;
  const scaleY = source.height / resized.height;
  const crop = { left: left * scaleX, top: top * scaleY, width: size * scaleX, height: size * scaleY };
  return { rgb, size, crop };
}
