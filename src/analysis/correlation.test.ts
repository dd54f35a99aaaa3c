import { describe, expect, it } from 'vitest';
import { pearson, ranks, spearman } from './correlation';

describe('pearson', () => {
  it('is 1 and −1 for straight lines', () => {
    expect(pearson([1, 2, 3, 4], [10, 20, 30, 40])).toBeCloseTo(1, 12);
    expect(pearson([1, 2, 3, 4], [5, 3, 1, -1])).toBeCloseTo(-1, 12);
  });

  it('agrees with the formula by hand', () => {
    // x: deviations −2 −1 0 1 2, y: −1.6 0.4 −0.6 1.4 0.4, so 5 / √(10 · 5.2)
    expect(pearson([1, 2, 3, 4, 5], [1, 3, 2, 4, 3])).toBeCloseTo(5 / Math.sqrt(10 * 5.2), 12);
  });

  it('is none for two pairs, for constants and for nothing', () => {
    expect(pearson([1, 2], [1, 2])).toBeNull();
    expect(pearson([1, 2, 3], [4, 4, 4])).toBeNull();
    expect(pearson([], [])).toBeNull();
  });

  it('refuses lists of different lengths', () => {
    expect(() => pearson([1, 2, 3], [1, 2])).toThrow('3 values cannot be paired with 2');
  });
});

describe('spearman', () => {
  it('sees the order alone', () => {
    const x = [1, 2, 3, 4, 5];
    const cubes = x.map((value) => value ** 3);
    expect(spearman(x, cubes)).toBeCloseTo(1, 12);
    expect(pearson(x, cubes)).toBeLessThan(0.95);
  });

  it('gives ties their mean rank', () => {
    expect(ranks([10, 20, 20, 30])).toEqual([1, 2.5, 2.5, 4]);
    // ranks 1 2.5 2.5 4 against 1 2 3 4: 4.5 / √(4.5 · 5)
    expect(spearman([10, 20, 20, 30], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });
});
