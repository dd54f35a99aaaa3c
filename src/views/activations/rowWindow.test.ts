import { describe, expect, it } from 'vitest';
import { cellAfter, rowsSeen, scrollTo } from './rowWindow';

describe('rowsSeen', () => {
  it('are those in view and one around', () => {
    expect(rowsSeen(0, 300, 70, 128)).toEqual({ first: 0, last: 6 });
    expect(rowsSeen(700, 300, 70, 128)).toEqual({ first: 9, last: 16 });
    expect(rowsSeen(128 * 70 - 300, 300, 70, 128)).toEqual({ first: 122, last: 128 });
  });

  it('stay within what there is', () => {
    expect(rowsSeen(0, 300, 70, 2)).toEqual({ first: 0, last: 2 });
    expect(rowsSeen(5000, 300, 70, 3)).toEqual({ first: 2, last: 3 });
    expect(rowsSeen(0, 300, 70, 0)).toEqual({ first: 0, last: 0 });
    // Not measured yet.
    expect(rowsSeen(0, 0, 70, 10)).toEqual({ first: 0, last: 1 });
  });

  it('never leave out a row that is seen, wherever it is scrolled to', () => {
    for (let top = 0; top <= 128 * 70 - 300; top += 13) {
      const { first, last } = rowsSeen(top, 300, 70, 128);
      expect(first * 70).toBeLessThanOrEqual(top);
      expect(last * 70).toBeGreaterThanOrEqual(top + 300);
      expect(last - first).toBeLessThanOrEqual(8);
    }
  });
});

describe('scrollTo', () => {
  it('moves no further than it takes to see the row', () => {
    expect(scrollTo(5, 300, 280, 70)).toBe(300);
    expect(scrollTo(2, 300, 280, 70)).toBe(140);
    expect(scrollTo(20, 300, 280, 70)).toBe(21 * 70 - 280);
  });
});

describe('cellAfter', () => {
  // Rows of 8; the last has 3.
  const grid = { columns: 8, cells: 35, pageRows: 3 };
  it.each([
    ['ArrowRight', 7, 8],
    ['ArrowRight', 34, 34],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 9, 17],
    ['ArrowDown', 30, 34],
    ['ArrowDown', 26, 34],
    ['ArrowDown', 33, 33],
    ['ArrowUp', 9, 1],
    ['ArrowUp', 3, 3],
    ['PageDown', 1, 25],
    ['PageDown', 20, 34],
    ['PageUp', 30, 6],
    ['PageUp', 12, 4],
    ['Home', 13, 8],
    ['End', 13, 15],
    ['End', 33, 34],
    ['a', 13, undefined],
  ])('%s from %d leads to %s', (key, from, to) => {
    expect(cellAfter(key, from, grid)).toBe(to);
  });

  it('goes to the very ends with the control key', () => {
    expect(cellAfter('Home', 13, grid, true)).toBe(0);
    expect(cellAfter('End', 13, grid, true)).toBe(34);
  });
});
