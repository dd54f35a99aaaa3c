import { describe, expect, it } from 'vitest';
import { formatValue, numbersOfAll, numbersOfChannel, numbersText } from './words';

const numbers = {
  min: Float32Array.of(-2, 0),
  max: Float32Array.of(1, 4),
  mean: Float32Array.of(-0.5, 1),
  zeros: Float32Array.of(0, 0.25),
};

describe('words about maps', () => {
  it('write values with three digits, whatever their size', () => {
    expect([0, 1, -1.23456, 1234.5, 0.00123456, 0.000012, -56789].map(formatValue)).toEqual([
      '0',
      '1',
      '−1.23',
      '1230',
      '0.00123',
      '1.2e-5',
      '−5.7e+4',
    ]);
  });

  it('give the numbers of one channel and of all', () => {
    expect(numbersText(numbersOfChannel(numbers, 1))).toBe('min 0, max 4, mean 1, 25.0 % zeros');
    expect(numbersText(numbersOfAll(numbers))).toBe('min −2, max 4, mean 0.25, 12.5 % zeros');
  });
});
