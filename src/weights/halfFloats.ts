/** Exact conversion of 16-bit floats to float32. Reading files is safetensors.ts. */

/** The value of one IEEE 754 half-precision number, subnormals, infinities and NaN included. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** All 65,536 halves; a look-up is several times faster than the arithmetic, and files hold millions. */
let halves: Float32Array | undefined;

/** F16 numbers as float32; exact. */
export function fromF16(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const table = (halves ??= Float32Array.from({ length: 65536 }, (_, index) => halfToNumber(index)));
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) values[i] = table[bits[i] ?? 0] ?? 0;
  return values;
}

/** BF16 numbers as float32: they are the upper halves of float32 numbers, so this is exact too. */
export function fromBF16(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) words[i] = (bits[i] ?? 0) << 16;
  return new Float32Array(words.buffer);
}

/** Float32 numbers rounded to F16, ties to even; too large ones become infinite. */
export function toF16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(words, (word) => {
    const sign = (word >>> 16) & 0x8000;
    const magnitude = word & 0x7fffffff;
    if (magnitude > 0x7f800000) return sign | 0x7e00;
    // 65520 and above round to infinity; below 2⁻²⁵ to zero.
    if (magnitude >= 0x477ff000) return sign | 0x7c00;
    if (magnitude <= 0x33000000) return sign;
    const exponent = magnitude >>> 23;
    const shift = exponent < 113 ? 126 - exponent : 13;
    const mantissa = exponent < 113 ? (magnitude & 0x7fffff) | 0x800000 : magnitude - 0x38000000;
    const half = (1 << (shift - 1)) - 1 + ((mantissa >>> shift) & 1);
    return sign | ((mantissa + half) >>> shift);
  });
}
