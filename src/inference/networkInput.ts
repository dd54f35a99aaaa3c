/** What a network is run on: pictures side by side, as values or as the levels that become values. No tensors. */
import { normalise } from '../image/preprocess';
import type { Normalisation } from '../image/preprocess';

/** Levels of pictures, with how they become values. */
export interface Levels extends Normalisation {
  /** [N,H,W,3], 0 … 255. */
  readonly levels: Uint8ClampedArray;
}

/** [N,H,W,3], row-major: the values themselves, or levels where the values are to be made where the network runs. */
export type NetworkInput = Float32Array | Levels;

/** The values. */
export const valuesOf = (input: NetworkInput): Float32Array =>
  input instanceof Float32Array ? input : normalise(input.levels, input);

/** One of several pictures of `count` values or levels each. */
export function pictureOf(input: NetworkInput, index: number, count: number): NetworkInput {
  const [from, to] = [index * count, (index + 1) * count];
  return input instanceof Float32Array
    ? input.subarray(from, to)
    : { ...input, levels: input.levels.subarray(from, to) };
}
