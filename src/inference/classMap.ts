/** Class activation maps from plain arrays: which class is meant, and its evidence at every pixel. No tensors. */

/**
 * The class whose map is wanted, of the first picture.
 * @param logits of the whole batch.
 * @throws RangeError for a class that the network does not have.
 */
export function wantedClass(logits: Float32Array, classes: number, wanted: number | 'top'): number {
  const first = logits.subarray(0, classes);
  const index = wanted === 'top' ? first.indexOf(first.reduce((a, b) => Math.max(a, b), -Infinity)) : wanted;
  if (Number.isInteger(index) && index >= 0 && index < classes) return index;
  throw new RangeError(`class ${wanted} is asked for; the network has classes 0 to ${classes - 1}`);
}

/** Σ over channels of weight × feature at each of the first `area` pixels of [H,W,C]. */
export function weightedMap(features: Float32Array, weights: Float32Array, area: number): Float32Array {
  const channels = weights.length;
  const out = new Float32Array(area);
  for (let p = 0; p < area; p++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += (features[p * channels + c] ?? 0) * (weights[c] ?? 0);
    out[p] = sum;
  }
  return out;
}
