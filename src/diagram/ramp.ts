/**
 * Colours for values of a feature map: dark for the least, light for the greatest, evenly in lightness, so that it reads
 * the same in greyscale; in between tinted by where the map comes from.
 */
import { lab } from 'd3';
import type { ColourPair } from './roles';

/** Steps of a ramp. */
export const RAMP_STEPS = 256;
/** CIELAB lightness at both ends. */
const LIGHTNESS = [5, 97] as const;

const made = new Map<string, Uint8Array>();

/** Red, green and blue of every step of a colour's ramp, 3 × 256 values. */
export function rampOf({ light }: ColourPair): Uint8Array {
  const known = made.get(light);
  if (known) return known;
  const { a, b } = lab(light);
  const ramp = new Uint8Array(3 * RAMP_STEPS);
  for (let step = 0; step < RAMP_STEPS; step++) {
    const t = step / (RAMP_STEPS - 1);
    // Most colourful in the middle: near black and white there are no strong colours.
    const tint = 4 * t * (1 - t);
    const {
      r,
      g,
      b: blue,
    } = lab(LIGHTNESS[0] + (LIGHTNESS[1] - LIGHTNESS[0]) * t, a * tint, b * tint)
      .rgb()
      .clamp();
    ramp.set([Math.round(r), Math.round(g), Math.round(blue)], 3 * step);
  }
  made.set(light, ramp);
  return ramp;
}

/** What a map's values are scaled to: `low` is darkest, `high` lightest. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const stepOf = (value: number, { low, high }: Range) => {
  const step = high > low ? Math.round(((value - low) * (RAMP_STEPS - 1)) / (high - low)) : 0;
  return 3 * Math.min(RAMP_STEPS - 1, Math.max(0, step));
};

/** One map of a row of maps. */
export interface Tile {
  /** [height, width] */
  readonly values: Float32Array;
  readonly range: Range;
  readonly ramp: Uint8Array;
}

/**
 * A row of maps as one picture: each enlarged to a square of `side` pixels without smoothing, `pitch` pixels from the
 * left side of one to that of the next, transparent between them.
 * @returns red, green, blue and opacity, tiles × pitch wide and `side` high.
 */
export function rowPixels(
  tiles: readonly Tile[],
  { height, width }: { readonly height: number; readonly width: number },
  { side, pitch }: { readonly side: number; readonly pitch: number },
): Uint8ClampedArray<ArrayBuffer> {
  const across = tiles.length * pitch;
  const pixels = new Uint8ClampedArray(4 * across * side);
  const columns = Uint16Array.from({ length: side }, (_, x) => Math.floor(((x + 0.5) * width) / side));
  const rows = Uint16Array.from({ length: side }, (_, y) => width * Math.floor(((y + 0.5) * height) / side));
  tiles.forEach(({ values, range, ramp }, tile) => {
    const steps = Uint16Array.from(values, (value) => stepOf(value, range));
    for (let y = 0; y < side; y++) {
      const from = rows[y] ?? 0;
      let to = 4 * (y * across + tile * pitch);
      for (let x = 0; x < side; x++, to += 4) {
        const at = steps[from + (columns[x] ?? 0)] ?? 0;
        pixels[to] = ramp[at] ?? 0;
        pixels[to + 1] = ramp[at + 1] ?? 0;
        pixels[to + 2] = ramp[at + 2] ?? 0;
        pixels[to + 3] = 255;
      }
    }
  });
  return pixels;
}

/**
 * Red, green, blue and opacity of every value; of a map that is the same everywhere, the darkest.
 * @param values as many as there are pixels.
 */
export function pixelsOf(values: Float32Array, range: Range, ramp: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  for (let i = 0; i < values.length; i++) {
    const at = stepOf(values[i] ?? 0, range);
    pixels[4 * i] = ramp[at] ?? 0;
    pixels[4 * i + 1] = ramp[at + 1] ?? 0;
    pixels[4 * i + 2] = ramp[at + 2] ?? 0;
    pixels[4 * i + 3] = 255;
  }
  return pixels;
}
