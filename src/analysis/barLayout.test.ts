import { describe, expect, it } from 'vitest';
import { layoutBars } from './barLayout';

const size = { width: 300, height: 200, margin: { top: 10, right: 0, bottom: 20, left: 50 } };
const keys = ['a', 'b'];
const bars = (...values: readonly number[]) => values.map((value, index) => ({ key: keys[index] ?? '', value }));

describe('layoutBars', () => {
  it('draws heights in proportion, upwards from zero', () => {
    const { groups, zero } = layoutBars([{ name: 's', bars: bars(100, 50) }], keys, size);
    const [a, b] = groups[0]?.bars ?? [];
    expect(zero).toBe(180);
    expect(a?.height).toBeCloseTo(2 * (b?.height ?? 0), 9);
    for (const bar of [a, b]) expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeCloseTo(zero, 9);
  });

  it('draws differences downwards, and a small one so that it can be seen', () => {
    const { groups, zero, percent, ticks } = layoutBars([{ name: 's', bars: bars(-0.2, -0.000_001) }], keys, size);
    const [a, b] = groups[0]?.bars ?? [];
    expect([a?.y, b?.y]).toEqual([zero, zero]);
    expect(b?.height).toBe(1);
    expect(ticks.map(({ value }) => percent(value))).toContain('−20%');
  });

  it('keeps the place of a network that lacks a stage', () => {
    const both = layoutBars([{ name: 's', bars: bars(1, 1) }], keys, size).groups[0]?.bars ?? [];
    const one = layoutBars([{ name: 's', bars: [{ key: 'b', value: 1 }] }], keys, size).groups[0]?.bars ?? [];
    expect(one[0]?.x).toBe(both[1]?.x);
  });

  it('stays within its width, groups apart and in order', () => {
    const { groups } = layoutBars(
      ['stem', 'stage1', 'head'].map((name) => ({ name, bars: bars(3, 4) })),
      keys,
      size,
    );
    let right = size.margin.left;
    for (const group of groups) {
      expect(group.x).toBeGreaterThan(right);
      right = group.x + group.width;
      for (const bar of group.bars) expect(bar.x + bar.width).toBeLessThanOrEqual(group.width);
    }
    expect(right).toBeLessThanOrEqual(size.width);
  });

  it('has ticks at whole multiples of the unit', () => {
    const mebi = 2 ** 20;
    const { ticks } = layoutBars([{ name: 's', bars: bars(13 * mebi, 6 * mebi) }], keys, size, mebi);
    expect(ticks.map(({ value }) => value / mebi)).toEqual([0, 5, 10, 15]);
  });

  it('has an axis where nothing costs anything', () => {
    const { groups, ticks } = layoutBars([{ name: 's', bars: bars(0, 0) }], keys, size);
    expect(groups[0]?.bars.map((bar) => bar.height)).toEqual([0, 0]);
    expect(ticks.every(({ y }) => Number.isFinite(y))).toBe(true);
  });
});
