import { rgb, lab } from 'd3';
import { describe, expect, it } from 'vitest';
import { pixelsOf, RAMP_STEPS, rampOf, rowPixels } from './ramp';
import { growthColour, ROLE_COLOURS, ROLES } from './roles';

const COLOURS = [...ROLES.map((role) => ROLE_COLOURS[role]), growthColour(1, 6), growthColour(6, 6)];
const lightness = (ramp: Uint8Array, step: number) => {
  const [r = 0, g = 0, b = 0] = ramp.subarray(3 * step, 3 * step + 3);
  return lab(rgb(r, g, b)).l;
};

describe('rampOf', () => {
  it.each(COLOURS)('gets lighter step by step for $light', (colour) => {
    const ramp = rampOf(colour);
    expect(ramp).toHaveLength(3 * RAMP_STEPS);
    const every = Array.from({ length: 18 }, (_, i) => lightness(ramp, 15 * i));
    expect(every[0]).toBeLessThan(8);
    expect(every.at(-1)).toBeGreaterThan(94);
    every.slice(1).forEach((l, i) => expect(l).toBeGreaterThan(every[i] ?? 100));
  });

  it('tells sources apart by their hue', () => {
    const [blue, orange] = [rampOf(ROLE_COLOURS.part1), rampOf(ROLE_COLOURS.growth)];
    const middle = (ramp: Uint8Array) => [...ramp.subarray(3 * 128, 3 * 128 + 3)];
    const [r1 = 0, , b1 = 0] = middle(blue);
    const [r2 = 0, , b2 = 0] = middle(orange);
    expect(b1 - r1).toBeGreaterThan(60);
    expect(r2 - b2).toBeGreaterThan(60);
  });
});

describe('pixelsOf', () => {
  const ramp = Uint8Array.from({ length: 3 * RAMP_STEPS }, (_, i) => Math.floor(i / 3));
  const reds = (values: readonly number[], low: number, high: number) =>
    [...pixelsOf(Float32Array.from(values), { low, high }, ramp)].filter((_, i) => i % 4 === 0);

  it('scales values to the range and cuts off what is beyond', () => {
    expect(reds([-1, 0, 1, 3, 9], -1, 3)).toEqual([0, 64, 128, 255, 255]);
    expect(reds([5, 5], 5, 5)).toEqual([0, 0]);
    expect([...pixelsOf(Float32Array.of(1), { low: 0, high: 1 }, ramp)]).toEqual([255, 255, 255, 255]);
  });
});

describe('rowPixels', () => {
  const ramp = Uint8Array.from({ length: 3 * RAMP_STEPS }, (_, i) => Math.floor(i / 3));

  it('enlarges each map on its own scale, with nothing between them', () => {
    const tiles = [
      { values: Float32Array.of(0, 1, 2, 3), range: { low: 0, high: 3 }, ramp },
      { values: Float32Array.of(10, 10, 10, 30), range: { low: 10, high: 30 }, ramp },
    ];
    const pixels = rowPixels(tiles, { height: 2, width: 2 }, { side: 4, pitch: 5 });
    const rows = (channel: number) =>
      Array.from({ length: 4 }, (_, y) => Array.from({ length: 10 }, (_, x) => pixels[4 * (10 * y + x) + channel]));
    const upper = [0, 0, 85, 85, 0, 0, 0, 0, 0, 0];
    const lower = [170, 170, 255, 255, 0, 0, 0, 255, 255, 0];
    expect(rows(0)).toEqual([upper, upper, lower, lower]);
    const solid = [255, 255, 255, 255, 0, 255, 255, 255, 255, 0];
    expect(rows(3)).toEqual([solid, solid, solid, solid]);
  });
});
