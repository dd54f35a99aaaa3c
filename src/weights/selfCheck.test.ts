import { expect, it } from 'vitest';
import { relativeDifference, selfCheckInput } from './selfCheck';

const preprocessing = { size: 2, resizeShorterSide: 2, mean: [0, 0, 0], std: [1, 1, 1] } satisfies object;
const card = (multiplier: number, increment: number, modulus: number, scale: number, offset: number) => ({
  preprocessing: {
    ...preprocessing,
    mean: [0, 0, 0] as [number, number, number],
    std: [1, 1, 1] as [number, number, number],
  },
  selfCheck: { formula: '', multiplier, increment, modulus, scale, offset, logits: [] },
});

it('computes the formula', () => {
  expect([...selfCheckInput(card(3, 1, 4, 8, -4))]).toEqual([-2, -4, 2, 0, -2, -4, 2, 0, -2, -4, 2, 0]);
  expect(selfCheckInput(card(3, 1, 4, 8, -4), 5)).toHaveLength(75);
});

it('rounds to float32 once, at the end', () => {
  const values = selfCheckInput(card(40503, 12345, 65521, 4, -2), 96);
  const index = 27647;
  expect(values[index]).toBe(Math.fround((4 * ((40503 * index + 12345) % 65521)) / 65521 - 2));
});

it('refuses numbers that doubles do not hold', () => {
  expect(() => selfCheckInput(card(2 ** 52, 1, 7, 1, 0))).toThrow(/cannot be computed/);
  expect(() => selfCheckInput(card(1, 1, 0, 1, 0))).toThrow(/modulus 0/);
});

it('compares logits relative to the largest', () => {
  expect(relativeDifference([1, -4.1], [1, -4])).toBeCloseTo(0.025);
  expect(relativeDifference([1, 2], [1, 2])).toBe(0);
  expect(relativeDifference([0, 0], [0, 0])).toBe(0);
  expect(relativeDifference([1, NaN], [1, 2])).toBe(Infinity);
  expect(() => relativeDifference([1], [1, 2])).toThrow(/1 logits; expected are 2/);
});
