import { describe, expect, it } from 'vitest';
import { barScale } from './barScale';

describe('barScale', () => {
  it('is linear from zero to the largest', () => {
    const { height, ticks } = barScale([0, 30, 120], 'linear', 60);
    expect([height(0), height(30), height(120)]).toEqual([0, 15, 60]);
    expect(ticks).toEqual([
      { value: 0, rise: 0 },
      { value: 50, rise: 25 },
      { value: 100, rise: 50 },
    ]);
  });

  it('is logarithmic with a tick at every power of ten', () => {
    const { height, ticks } = barScale([200, 1000, 100_000], 'log', 90);
    expect(height(1000)).toBeCloseTo(30, 9);
    expect(height(100_000)).toBeCloseTo(90, 9);
    expect(ticks.map(({ value }) => value)).toEqual([100, 1000, 10_000, 100_000]);
    expect(ticks[0]?.rise).toBeCloseTo(0, 9);
  });

  it('shows every value that is not zero, and none that is', () => {
    for (const axis of ['linear', 'log'] as const) {
      const { height } = barScale([1, 1e9], axis, 80);
      expect(height(1)).toBe(1.5);
      expect(height(0)).toBe(0);
    }
    expect(barScale([0, 0], 'linear', 80).height(0)).toBe(0);
    expect(barScale([7, 7], 'log', 80).height(7)).toBeGreaterThan(0);
  });
});
