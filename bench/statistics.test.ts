import { describe, expect, it } from 'vitest';
import { quantile, quartiles } from './statistics';

describe('quartiles', () => {
  it('lie between neighbours in proportion, whatever the order', () => {
    expect(quartiles([4, 1, 3, 2])).toEqual({ q1: 1.75, median: 2.5, q3: 3.25 });
    expect(quartiles([7])).toEqual({ q1: 7, median: 7, q3: 7 });
    expect(quantile([5, 1, 9], 1)).toBe(9);
  });

  it('are not numbers where there are no values', () => {
    expect(quartiles([]).median).toBeNaN();
  });
});
