import { expect, it } from 'vitest';
import { fromBF16, fromF16, halfToNumber, toF16 } from './halfFloats';

it('reads the named half-precision numbers', () => {
  const known: readonly [number, number][] = [
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0xfbff, -65504],
    [0x0400, 2 ** -14],
    [0x03ff, (1023 / 1024) * 2 ** -14],
    [0x0001, 2 ** -24],
    [0x8001, -(2 ** -24)],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7e00, NaN],
    [0x7c01, NaN],
  ];
  for (const [bits, value] of known) {
    expect(halfToNumber(bits)).toBe(value);
    expect(fromF16(Uint16Array.of(bits))[0]).toBe(value);
  }
});

it('is strictly increasing over the positive finite halves', () => {
  const values = fromF16(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits));
  expect(values.every((value, index) => index === 0 || value > (values[index - 1] ?? Infinity))).toBe(true);
});

it('reads BF16, subnormals, infinities and NaN included', () => {
  const [one, small, infinite, nan, negativeZero] = fromBF16(Uint16Array.of(0x3f80, 0x0001, 0x7f80, 0x7fc0, 0x8000));
  expect([one, small, infinite, nan, negativeZero]).toEqual([1, 2 ** -133, Infinity, NaN, -0]);
});

it('rounds to F16 and back without changing any F16 number', () => {
  const bits = Uint16Array.from({ length: 0x10000 }, (_, i) => i).filter((i) => (i & 0x7fff) <= 0x7c00);
  expect(toF16(fromF16(bits))).toEqual(bits);
});

it('rounds to the nearest F16, ties to even', () => {
  const half = (value: number) => toF16(Float32Array.of(value))[0];
  expect(half(1 + 2 ** -11)).toBe(0x3c00);
  expect(half(1 + 3 * 2 ** -11)).toBe(0x3c02);
  expect(half(1 + 2 ** -11 + 2 ** -20)).toBe(0x3c01);
  expect(half(65519.9)).toBe(0x7bff);
  expect(half(65520)).toBe(0x7c00);
  expect(half(2 ** -25)).toBe(0);
  expect(half(2 ** -25 * 1.01)).toBe(1);
  expect(half(-3 * 2 ** -25)).toBe(0x8002);
  expect(half(NaN)).toBe(0x7e00);
});
