/** Orders of values: PyTorch's channels first, tfjs's channels last. Plain arrays, no tensors. */

/** [N,C,H,W] → [N,H,W,C]. */
export function channelsLast(values: Float32Array, batch: number, channels: number): Float32Array {
  const area = values.length / (batch * channels);
  const out = new Float32Array(values.length);
  for (let n = 0; n < batch; n++) {
    const start = n * channels * area;
    for (let c = 0; c < channels; c++) {
      for (let p = 0; p < area; p++) out[start + p * channels + c] = values[start + c * area + p] ?? 0;
    }
  }
  return out;
}

/** [H,W,C] → [C,H,W]. */
export function channelsFirst(values: Float32Array, channels: number): Float32Array {
  const area = values.length / channels;
  const out = new Float32Array(values.length);
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < area; p++) out[c * area + p] = values[p * channels + c] ?? 0;
  }
  return out;
}
