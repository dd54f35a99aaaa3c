import { describe, expect, it } from 'vitest';
import { spread } from './spread';

describe('spread', () => {
  it('leaves places alone that are far enough apart', () => {
    expect(spread([10, 50, 30], 12, 0, 100)).toEqual([10, 50, 30]);
  });

  it('moves close ones apart and keeps their order', () => {
    const [a = 0, b = 0, c = 0] = spread([40, 41, 39], 12, 0, 100);
    expect(c).toBeLessThan(a);
    expect(a).toBeLessThan(b);
    expect(Math.min(a - c, b - a)).toBeGreaterThanOrEqual(12);
  });

  it('stays within its bounds', () => {
    expect(spread([95, 99], 12, 0, 100)).toEqual([88, 100]);
    expect(spread([-5, 2], 12, 0, 100)).toEqual([0, 12]);
    const crowded = spread([1, 2, 3, 4], 50, 0, 90);
    expect(crowded).toEqual([0, 30, 60, 90]);
  });

  it('has nothing to do for none and one', () => {
    expect(spread([], 12, 0, 100)).toEqual([]);
    expect(spread([120], 12, 0, 100)).toEqual([100]);
  });
});
