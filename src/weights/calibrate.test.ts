import { expect, it } from 'vitest';
import { softmax, standsOut, topK } from './calibrate';

it('makes probabilities', () => {
  const [a = 0, b = 0, c = 0] = softmax([1, 2, 3]);
  expect(a + b + c).toBeCloseTo(1, 6);
  expect(c).toBeCloseTo(0.66524096, 6);
  expect(softmax([1000, 0])).toEqual(Float32Array.of(1, 0));
});

it('sharpens below temperature 1 and flattens above', () => {
  expect(softmax([1, 2], 0.5)[1]).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
  expect(softmax([1, 2], 2)[1]).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 6);
});

it('ranks, ties in the order of classes', () => {
  expect(topK(Float32Array.of(0.25, 0.5, 0.25), 2)).toEqual([
    { index: 1, probability: 0.5 },
    { index: 0, probability: 0.25 },
  ]);
  expect(topK([0.5], 5)).toHaveLength(1);
});

it('says whether a class stands out', () => {
  const card = { calibration: { temperature: 1, threshold: 0.5, fittedOn: 'val', rule: '-' } } as const;
  expect(standsOut(card, [0.5, 0.5])).toBe(true);
  expect(standsOut(card, [0.49, 0.3, 0.21])).toBe(false);
  expect(standsOut(card, [NaN, NaN])).toBe(false);
});
