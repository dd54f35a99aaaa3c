// Against Pillow's and torchvision's values, see training/make_image_fixtures.py.

import { describe, expect, it } from 'vitest';
import { fromBase64 } from './fixtures/base64';
import cases from './fixtures/expected.json';
import { formulaPicture } from './fixtures/formulaPicture';
import { pixelSource } from './pixels';
import type { PixelSource } from './pixels';
import { normalise, preprocess, pythonRound, resizedSize } from './preprocess';
import type { PreprocessOptions } from './preprocess';

const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const options: PreprocessOptions = { size: 32 };

function caseNamed(name: string) {
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(`no case ${name}`);
  return found;
}

describe('the same bytes as Pillow', () => {
  it.each(cases)('$name: $width×$height to $size', ({ width, height, alpha, size, resizeShorterSide, rgb }) => {
    const side = resizeShorterSide === undefined ? {} : { resizeShorterSide };
    const result = preprocess(formulaPicture(width, height, alpha), { ...options, size, ...side });
    expect(Buffer.from(result.rgb).equals(fromBase64(rgb))).toBe(true);
  });

  it('whether pixels lie in memory or are read on demand', () => {
    const { width, height, rgb } = caseNamed('alpha');
    const onDemand = formulaPicture(width, height, true);
    const data = onDemand.read(0, 0, width, height);
    const before = data.slice();
    const result = preprocess(pixelSource({ width, height, data }), options);
    expect(Buffer.from(result.rgb).equals(fromBase64(rgb))).toBe(true);
    expect(data).toEqual(before);
  });
});

describe('values', () => {
  const { width, height, valuesCHW } = caseNamed('odd');
  const expected = new Float32Array(fromBase64(valuesCHW ?? '').buffer);
  const picture = formulaPicture(width, height);

  it("are torchvision's to the last bit, channels interleaved", () => {
    expect(expected).toHaveLength(3 * 32 * 32);
    const values = normalise(preprocess(picture, options).rgb, imagenet);
    const interleaved = expected.map((_, i) => expected[(i % 3) * 32 * 32 + Math.floor(i / 3)] ?? NaN);
    expect(values).toEqual(interleaved);
  });
});

/** Counts what is read of a picture. */
function counted(source: PixelSource) {
  const seen = { pixels: 0, largest: 0 };
  const read: PixelSource['read'] = (left, top, width, height) => {
    seen.pixels += width * height;
    seen.largest = Math.max(seen.largest, width * height);
    return source.read(left, top, width, height);
  };
  return { seen, source: { ...source, read } };
}

describe('reads only what the crop depends on', () => {
  it('a strip at a time', () => {
    const { seen, source } = counted(formulaPicture(4000, 3000));
    preprocess(source, options);
    expect(seen.largest).toBeLessThanOrEqual(2 ** 20);
    // 32 of 49 columns and 32 of 37 rows, and half a step of the scale on every side.
    expect(seen.pixels).toBeLessThanOrEqual(((4000 * 33) / 49 + 1) * ((3000 * 33) / 37 + 1));
  });

  it.each([
    [1, 20_000],
    [100_000_000, 1],
  ])('%i×%i stays cheap', (width, height) => {
    const { seen, source } = counted(formulaPicture(width, height));
    const { rgb } = preprocess(source, options);
    expect(rgb).toHaveLength(32 * 32 * 3);
    expect(seen.pixels).toBeLessThanOrEqual(4);
  });
});

describe('the crop in pixels of the picture', () => {
  it('is centred and square', () => {
    const { crop } = preprocess(formulaPicture(640, 427), { ...options, size: 96 });
    const side = (96 * 427) / 110;
    expect(crop.height).toBeCloseTo(side, 10);
    expect(crop.width).toBeCloseTo((96 * 640) / 164, 10);
    expect(crop.top).toBeCloseTo((7 * 427) / 110, 10);
    expect(crop.left).toBeCloseTo((34 * 640) / 164, 10);
  });
});

describe('refuses', () => {
  it('a size that is no whole number', () => {
    expect(() => preprocess(formulaPicture(9, 9), { ...options, size: 31.5 })).toThrow('size: 31.5');
  });

  it('a crop larger than the resized picture', () => {
    expect(() => preprocess(formulaPicture(9, 9), { ...options, resizeShorterSide: 31 })).toThrow(
      'resizeShorterSide: 31 must be a whole number of at least 32',
    );
  });

  it('a picture without pixels', () => {
    expect(() => preprocess(formulaPicture(0, 9), options)).toThrow('width of the picture: 0');
  });

  it('pixels that do not fit their size', () => {
    expect(() => pixelSource({ width: 3, height: 2, data: new Uint8ClampedArray(23) })).toThrow('3×2 RGBA needs 24');
  });
});

describe("Python's arithmetic", () => {
  it.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [16.5, 16],
    [109.714, 110],
    [-0.5, 0],
    [-1.5, -2],
    [7, 7],
  ])('round(%d) is %i', (value, rounded) => {
    expect(pythonRound(value) + 0).toBe(rounded);
  });

  it.each([
    [640, 427, 110, 164, 110],
    [427, 640, 110, 110, 164],
    [1, 20_000, 110, 110, 2_200_000],
    [300, 300, 256, 256, 256],
  ])('%i×%i with shorter side %i is %i×%i', (width, height, shorter, toWidth, toHeight) => {
    expect(resizedSize(width, height, shorter)).toEqual({ width: toWidth, height: toHeight });
  });
});
