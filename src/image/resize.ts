// Bilinear resizing with antialiasing, bit for bit as Pillow's `Image.resize(…, BILINEAR)` on 8-bit RGB: horizontal pass
// first, rounded to 8 bits, then the vertical one, with 22-bit fixed-point weights (src/libImaging/Resample.c). Only the
// part of the result that is asked for is computed, and only the part of the picture that it depends on is read, a strip
// of rows at a time. That keeps 100 megapixels, and a 1×20000 picture that would grow to 2.2 million rows, cheap.

import { compositeOverWhite } from './composite';
import type { PixelSource } from './pixels';

/** Fraction bits of a weight: 32 less 8 for the pixel and 2 to spare, as in Pillow. */
const PRECISION_BITS = 32 - 8 - 2;
const HALF = 1 << (PRECISION_BITS - 1);

/** At most this many pixels are read at once (4 MiB of RGBA), unless one row alone has more. */
const STRIP_PIXELS = 1 << 20;

/** A rectangle in pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** For a run of output positions along one axis, which input positions each one reads and with what weight. */
export interface AxisWeights {
  /** First input position of each output position. */
  readonly first: Int32Array;
  /** Number of input positions of each output position. */
  readonly count: Int32Array;
  /** Weights in units of 2⁻²², `stride` per output position of which `count` are used. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/**
 * Weights of the triangle filter for output positions `start` to `start + length − 1` of an axis resized from `from` to
 * `to` pixels: `precompute_coeffs` and `normalize_coeffs_8bpc` of Pillow. When shrinking, the triangle is widened by the
 * scale, which is the antialiasing. With `from` equal to `to` each position reads itself alone.
 */
export function axisWeights(from: number, to: number, start: number, length: number): AxisWeights {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const weights = new Int32Array(length * stride);
  const window = new Float64Array(stride);
  const inverse = 1 / support;
  for (let i = 0; i < length; i++) {
    const center = (start + i + 0.5) * scale;
    const low = Math.max(Math.trunc(center - support + 0.5), 0);
    const high = Math.min(Math.trunc(center + support + 0.5), from);
    let total = 0;
    for (let k = 0; k < high - low; k++) {
      const weight = Math.max(1 - Math.abs((k + low - center + 0.5) * inverse), 0);
      window[k] = weight;
      total += weight;
    }
    for (let k = 0; k < high - low; k++) {
      const share = total === 0 ? window[k]! : window[k]! / total;
      weights[i * stride + k] = Math.trunc(0.5 + share * 2 ** PRECISION_BITS);
    }
    first[i] = low;
    count[i] = high - low;
  }
  return { first, count, weights, stride };
}

/** Input positions [start, end) that an axis reads. */
function reach(axis: AxisWeights): [number, number] {
  const last = axis.first.length - 1;
  return [axis.first[0]!, axis.first[last]! + axis.count[last]!];
}

/**
 * Horizontal pass over `rows` rows of RGBA whose first column is column `left` of the picture; writes RGB rows of the
 * axis' length to `out` from `offset` on.
 */
function resizeRows(
  rgba: Uint8ClampedArray,
  columns: number,
  rows: number,
  left: number,
  axis: AxisWeights,
  out: Uint8ClampedArray,
  offset: number,
): void {
  const { first, count, weights, stride } = axis;
  let target = offset;
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < first.length; i++) {
      let source = (row * columns + first[i]! - left) * 4;
      let r = HALF;
      let g = HALF;
      let b = HALF;
      const end = i * stride + count[i]!;
      for (let k = i * stride; k < end; k++, source += 4) {
        const weight = weights[k]!;
        r = (r + rgba[source]! * weight) | 0;
        g = (g + rgba[source + 1]! * weight) | 0;
        b = (b + rgba[source + 2]! * weight) | 0;
      }
      out[target] = r >> PRECISION_BITS;
      out[target + 1] = g >> PRECISION_BITS;
      out[target + 2] = b >> PRECISION_BITS;
      target += 3;
    }
  }
}

/** Vertical pass over RGB rows of `columns` pixels, the first of which is row `top` of the picture. */
function resizeColumns(rgb: Uint8ClampedArray, columns: number, top: number, axis: AxisWeights): Uint8ClampedArray {
  const { first, count, weights, stride } = axis;
  const row = columns * 3;
  const out = new Uint8ClampedArray(first.length * row);
  const sums = new Int32Array(row);
  for (let i = 0; i < first.length; i++) {
    sums.fill(HALF);
    for (let k = 0; k < count[i]!; k++) {
      const weight = weights[i * stride + k]!;
      const source = (first[i]! + k - top) * row;
      for (let j = 0; j < row; j++) sums[j] = sums[j]! + rgb[source + j]! * weight;
    }
    for (let j = 0; j < row; j++) out[i * row + j] = sums[j]! >> PRECISION_BITS;
  }
  return out;
}

/**
 * The rectangle `crop`, of whole pixels, of the picture resized to `width` × `height`, alpha composited over white first.
 * Returns RGB, rows from the top, `crop.width * crop.height * 3` bytes.
 * Throws RangeError if the crop does not lie inside the resized picture.
 */
export function resizeAndCrop(source: PixelSource, width: number, height: number, crop: Rectangle): Uint8ClampedArray {
  const inside = crop.left >= 0 && crop.top >= 0 && crop.left + crop.width <= width && crop.top + crop.height <= height;
  if (!inside || crop.width < 1 || crop.height < 1) {
    const at = `${crop.width}×${crop.height} at (${crop.left}, ${crop.top})`;
    throw new RangeError(`crop: ${at} must lie inside the resized picture of ${width}×${height}`);
  }
  const across = axisWeights(source.width, width, crop.left, crop.width);
  const down = axisWeights(source.height, height, crop.top, crop.height);
  const [left, right] = reach(across);
  const [top, bottom] = reach(down);
  const columns = right - left;
  const strip = Math.max(Math.floor(STRIP_PIXELS / columns), 1);
  const narrowed = new Uint8ClampedArray((bottom - top) * crop.width * 3);
  for (let row = top; row < bottom; row += strip) {
    const rows = Math.min(strip, bottom - row);
    const rgba = source.read(left, row, columns, rows);
    compositeOverWhite(rgba);
    resizeRows(rgba, columns, rows, left, across, narrowed, (row - top) * crop.width * 3);
  }
  return resizeColumns(narrowed, crop.width, top, down);
}
