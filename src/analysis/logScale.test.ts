import { describe, expect, it } from 'vitest';
import { decades, logTick, tens } from './logScale';

describe('decades', () => {
  it('are whole and hold all values', () => {
    expect(decades([0.25, 53])).toEqual([0.1, 100]);
    expect(decades([2e6, 3e6])).toEqual([1e6, 1e7]);
  });

  it('are at least one, for one value and for none', () => {
    expect(decades([100])).toEqual([100, 1000]);
    expect(decades([])).toEqual([1, 10]);
  });

  it('pass over what has no logarithm', () => {
    expect(decades([0, -1, Number.NaN, Infinity, 5])).toEqual([1, 10]);
  });
});

describe('ticks', () => {
  it('are the powers of ten of a domain, exact ones', () => {
    expect(tens([0.1, 100])).toEqual([0.1, 1, 10, 100]);
    expect(tens([2, 8])).toEqual([]);
  });

  it('are written short', () => {
    expect([0.001, 0.1, 1, 1000, 1e9].map(logTick)).toEqual(['0.001', '0.1', '1', '1k', '1G']);
  });
});
