import { describe, expect, it } from 'vitest';
import { isSvg, svgSize } from './svg';

describe('the size to draw an SVG at', () => {
  it.each([
    ['200', '100', null, 200, 100, '0 0 200 100'],
    ['200px', '100', '0 0 20 10', 200, 100, '0 0 20 10'],
    ['1in', '2.54cm', null, 96, 96, '0 0 96 96'],
    [null, null, '0 0 300 150', 512, 256, '0 0 300 150'],
    [null, null, '-5, -5, 10, 40', 128, 512, '-5 -5 10 40'],
    [null, null, null, 512, 512, null],
    ['100%', '100%', '0 0 2 1', 512, 256, '0 0 2 1'],
    ['100', null, '0 0 2 1', 100, 50, '0 0 2 1'],
    [null, '100', '0 0 2 1', 200, 100, '0 0 2 1'],
    ['100', null, null, 100, 100, null],
    ['8000', '4000', null, 2048, 1024, '0 0 8000 4000'],
    ['100000', '1', null, 2048, 1, '0 0 100000 1'],
    ['0', '-4', '0 0 0 9', 512, 512, null],
    ['12em', 'auto', 'none', 512, 512, null],
  ])('width %j, height %j, viewBox %j', (width, height, viewBox, toWidth, toHeight, toViewBox) => {
    expect(svgSize({ width, height, viewBox })).toEqual({ width: toWidth, height: toHeight, viewBox: toViewBox });
  });
});

it('knows an SVG by its content', async () => {
  expect(await isSvg(new Blob(['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>']))).toBe(true);
  expect(await isSvg(new Blob(['<p>'], { type: 'image/svg+xml' }))).toBe(false);
});
