import { describe, expect, it } from 'vitest';
import { clampView, isCropped, offsetOf, panBy, reveal, sharedTop, windowOf, zoomAt } from './viewport';
import type { Point, Scene, View } from './viewport';

/** Twice as wide as its frame, and just as high. */
const scene: Scene = {
  drawing: { width: 2000, height: 300 },
  frame: { width: 1000, height: 300 },
  range: [0.5, 4],
};
const view = (zoom: number, x = 0.5, y = 0.5): View => ({ zoom, centre: [x, y] });
/** Share of the drawing that stands at a point of the frame. */
const under = (at: Point, of: View): Point => {
  const [left, top] = offsetOf(of, scene);
  return [(at[0] - left) / (scene.drawing.width * of.zoom), (at[1] - top) / (scene.drawing.height * of.zoom)];
};

describe('clampView', () => {
  it('keeps the zoom in its range', () => {
    expect(clampView(view(9), scene).zoom).toBe(4);
    expect(clampView(view(0.1), scene).zoom).toBe(0.5);
  });
  it('shows nothing beside a drawing that fills the frame, and centres one that does not', () => {
    expect(clampView(view(1, 0, 0), scene).centre).toEqual([0.25, 0.5]);
    expect(clampView(view(2, 1, 1), scene).centre).toEqual([0.875, 0.75]);
    expect(clampView(view(0.5, 0.9, 0.1), scene)).toEqual(view(0.5));
  });
});

describe('windowOf', () => {
  it('is the seen share of width and height', () => {
    expect(windowOf(view(1, 0), scene)).toEqual({ left: 0, top: 0, width: 0.5, height: 1 });
    expect(windowOf(view(4, 1, 1), scene)).toEqual({ left: 0.875, top: 0.75, width: 0.125, height: 0.25 });
    expect(windowOf(view(0.5), scene)).toEqual({ left: 0, top: 0, width: 1, height: 1 });
  });
  it('is smaller than the drawing exactly where the drawing is cropped', () => {
    expect(isCropped(1, scene)).toBe(true);
    expect(isCropped(0.5, scene)).toBe(false);
    expect(isCropped(1, { ...scene, frame: scene.drawing })).toBe(false);
  });
});

describe('panBy', () => {
  it('moves the drawing by as many pixels as the pointer', () => {
    const before = view(2, 0.5, 0.5);
    const after = panBy(before, [-120, 30], scene);
    const [x0, y0] = offsetOf(before, scene);
    const [x1, y1] = offsetOf(after, scene);
    expect(x1 - x0).toBeCloseTo(-120, 9);
    expect(y1 - y0).toBeCloseTo(30, 9);
  });
  it('stops at the edges', () => {
    expect(offsetOf(panBy(view(2), [1e6, 1e6], scene), scene)).toEqual([0, 0]);
    expect(offsetOf(panBy(view(2), [-1e6, -1e6], scene), scene)).toEqual([1000 - 4000, 300 - 600]);
  });
});

describe('zoomAt', () => {
  it.each([
    [[500, 150], 1.7],
    [[800, 40], 2],
    [[300, 250], 1.2],
  ] as const)('keeps what stands at %j where it is, ×%d', (at, factor) => {
    const before = view(1.5, 0.5, 0.5);
    const after = zoomAt(before, factor, at, scene);
    expect(after.zoom).toBeCloseTo(1.5 * factor, 9);
    const [x, y] = under(at, after);
    const [x0, y0] = under(at, before);
    expect(x).toBeCloseTo(x0, 9);
    expect(y).toBeCloseTo(y0, 9);
  });
  it('is undone by the inverse factor', () => {
    const there = zoomAt(view(1.5), 1.6, [400, 100], scene);
    const back = zoomAt(there, 1 / 1.6, [400, 100], scene);
    expect(back.zoom).toBeCloseTo(1.5, 9);
    expect(back.centre[0]).toBeCloseTo(0.5, 9);
    expect(back.centre[1]).toBeCloseTo(0.5, 9);
  });
  it('stays in place at the end of its range', () => {
    expect(zoomAt(view(4, 0.4, 0.6), 2, [10, 10], scene)).toEqual(view(4, 0.4, 0.6));
  });
});

describe('reveal', () => {
  const part = { left: 1500, top: 100, right: 1540, bottom: 160 };
  it('leaves what is seen where it is', () => {
    const here = view(1, 0.75);
    expect(reveal(here, part, scene)).toBe(here);
  });
  it('moves what is not seen just into view, from either side', () => {
    const fromLeft = reveal(view(1, 0.25), part, scene, 20);
    expect(1540 + 20 + offsetOf(fromLeft, scene)[0]).toBeCloseTo(1000, 9);
    const fromRight = reveal(view(2, 1, 1), part, scene, 20);
    expect(3000 - 20 + offsetOf(fromRight, scene)[0]).toBeCloseTo(0, 9);
    expect(200 - 20 + offsetOf(fromRight, scene)[1]).toBeCloseTo(0, 9);
  });
});

describe('sharedTop', () => {
  it('is the higher drawing’s, until half of the lower one’s frame would be empty', () => {
    expect(sharedTop(-240, 100, 320)).toBe(-240);
    expect(sharedTop(-300, 100, 320)).toBe(-270);
    expect(sharedTop(20, 100, 320)).toBe(0);
  });
  it('is the middle where the drawing fits', () => {
    expect(sharedTop(-30, 100, 80)).toBe(10);
  });
});
