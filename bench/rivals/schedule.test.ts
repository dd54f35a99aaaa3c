import { describe, expect, it } from 'vitest';
import { due, isSlow, orderOf, SLOW_FROM_MS, warmedUp } from './schedule';

const SLOW = SLOW_FROM_MS + 1;

it('gives every rival as many runs as it is to have, spread over the rounds', () => {
  for (let rounds = 1; rounds <= 30; rounds++) {
    for (let runs = 0; runs <= rounds; runs++) {
      const turns: number[] = [];
      for (let round = 0; round < rounds; round++) if (due(round, rounds, runs, turns.length)) turns.push(round);
      expect(turns).toHaveLength(runs);
      const gaps = turns.slice(1).map((turn, i) => turn - (turns[i] ?? 0));
      expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(Math.ceil(rounds / Math.max(1, runs)));
    }
  }
});

describe('a warm-up', () => {
  it('takes three runs and half a second, two runs where they are slow, twenty at most', () => {
    expect([[], [600], [600, 600]].map(warmedUp)).toEqual([false, false, false]);
    expect(warmedUp([600, 600, 600])).toBe(true);
    expect(warmedUp([100, 100, 100])).toBe(false);
    expect(warmedUp([SLOW])).toBe(false);
    expect(warmedUp([SLOW, SLOW])).toBe(true);
    expect(warmedUp(Array.from({ length: 19 }, () => 1))).toBe(false);
    expect(warmedUp(Array.from({ length: 20 }, () => 1))).toBe(true);
  });

  it('goes on while runs get much faster', () => {
    const times = [36_000, SLOW, 1500, 600, 600];
    expect(times.map((_, i) => warmedUp(times.slice(0, i + 1)))).toEqual([false, false, false, false, true]);
  });
});

it('calls a rival slow by medians, and changes its mind as runs are timed', () => {
  expect(isSlow([36_000, 1500, 600, 600], [])).toBe(false);
  expect(isSlow([600, 600, SLOW], [])).toBe(false);
  expect(isSlow([600, 600, 600], [SLOW, SLOW, SLOW, SLOW])).toBe(true);
  expect(isSlow([SLOW, SLOW], [600])).toBe(true);
  expect(isSlow([SLOW, SLOW], [600, 600, 600])).toBe(false);
});

it('lets every rival begin and follow every other as often', () => {
  for (const count of [2, 3, 4, 5, 7, 8]) {
    const twice = count % 2 === 1 ? 2 : 1;
    const orders = Array.from({ length: twice * count }, (_, round) => orderOf(round, count));
    for (const order of orders) expect(order.toSorted((a, b) => a - b)).toEqual([...Array(count).keys()]);
    for (let first = 0; first < count; first++) {
      expect(orders.filter(([began]) => began === first)).toHaveLength(twice);
      for (let second = 0; second < count; second++) {
        const followed = orders.filter((order) => order.indexOf(second) === order.indexOf(first) + 1);
        if (first !== second) expect(followed).toHaveLength(twice);
      }
    }
  }
  expect(orderOf(3, 1)).toEqual([0]);
  expect(orderOf(3, 0)).toEqual([]);
});
