/** The mean activation of a node as the address of a small picture, made once. */
import type { ColourPair } from '../../diagram/roles';
import { pixelsOf, rampOf } from '../../diagram/ramp';
import type { SmallMap } from '../../inference/protocol';

const made = new WeakMap<SmallMap, Map<string, string>>();

/** A PNG, scaled from its least to its greatest value, tinted. */
export function meanImage(map: SmallMap, colour: ColourPair): string {
  const known = made.get(map) ?? new Map<string, string>();
  made.set(map, known);
  const found = known.get(colour.light);
  if (found !== undefined) return found;
  const canvas = document.createElement('canvas');
  canvas.width = map.width;
  canvas.height = map.height;
  const low = map.values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = map.values.reduce((a, b) => Math.max(a, b), -Infinity);
  const pixels = pixelsOf(map.values, { low, high }, rampOf(colour));
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, map.width, map.height), 0, 0);
  const address = canvas.toDataURL();
  known.set(colour.light, address);
  return address;
}
