import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalEngine } from './engine';
import { PictureDesk } from './pictureDesk';
import type { BatchPicture, RunInput } from './protocol';
import { TINY, TINY_LAST } from './testing/card';
import { openCpu } from './tfjs/cpu';
import { StockExecutor } from './tfjs/executor';

const preprocessing = { size: 12, resizeShorterSide: 14, mean: [0.5, 0.4, 0.3], std: [0.2, 0.3, 0.4] } as const;

/** Bitmaps of this test: 20 × 16 pixels that differ from seed to seed. */
class Bitmap implements ImageBitmap {
  readonly width = 20;
  readonly height = 16;
  constructor(readonly seed: number) {}
  close() {}
}

/** As much of a canvas as reading a bitmap takes; counts the bitmaps that are read. */
class Canvas {
  static drawn = 0;
  private seed = 0;
  getContext() {
    return this;
  }
  drawImage({ seed }: Bitmap) {
    Canvas.drawn++;
    this.seed = seed;
  }
  getImageData(left: number, top: number, width: number, height: number) {
    const at = (i: number) => (left + top * 20 + i * this.seed * 7) % 256;
    return { data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => at(i)) };
  }
}

const picture = (seed: number, id?: number): BatchPicture => ({
  picture: new Bitmap(seed),
  name: `${seed}.png`,
  ...(id === undefined ? {} : { id }),
});
const bad: BatchPicture = { picture: new Blob(['no picture']), name: 'bad.jpg' };
const batch = (...pictures: readonly BatchPicture[]): RunInput => ({ kind: 'pictures', pictures, preprocessing });
const single = (one: BatchPicture): RunInput => ({ kind: 'picture', ...one, preprocessing });

let engine: LocalEngine;
beforeAll(openCpu);
beforeEach(async () => {
  vi.stubGlobal('OffscreenCanvas', Canvas);
  Canvas.drawn = 0;
  engine = new LocalEngine({ choice: { backend: 'cpu' }, caches: undefined });
  await engine.load('a', { network: TINY, weights: { kind: 'seeded', seed: 1 } });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await engine.dispose();
});

describe('a batch of pictures', () => {
  it('gives what its pictures give one by one, around one that cannot be read', async () => {
    const pictures = [picture(1), picture(2), picture(3)];
    const expected: number[] = [];
    for (const one of pictures) expected.push(...(await engine.run('a', single(one))).logits);
    expect(new Set(expected.map((value) => value.toFixed(3))).size).toBe(9);
    const [first, ...rest] = pictures;
    if (!first) throw new Error('no picture');
    const result = await engine.run('a', batch(first, bad, ...rest));
    expect(result.problems).toEqual([null, expect.stringContaining('bad.jpg could not be decoded'), null, null]);
    expect(result.logits).toHaveLength(9);
    result.logits.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThan(1e-5));
    expect((await engine.memory()).bitmaps).toBe(0);
  });

  it('is compared with one picture alone the first time only', async () => {
    const spy = vi.spyOn(StockExecutor.prototype, 'run');
    try {
      for (let round = 0; round < 2; round++) await engine.run('a', batch(picture(1), picture(2)));
      expect(spy.mock.calls.map(([, count]) => count)).toEqual([2, 1, 2]);
    } finally {
      spy.mockRestore();
    }
  });

  it('fails as a picture does where none can be read, with every reason', async () => {
    const work = engine.run('a', batch(bad, { ...picture(1), problem: 'no such drawing' }));
    await expect(work).rejects.toMatchObject({
      code: 'picture',
      message: 'none of the 2 pictures could be read',
      details: [expect.stringContaining('bad.jpg'), 'no such drawing'],
    });
    const large: RunInput = { kind: 'pictures', pictures: [picture(1)], preprocessing: { ...preprocessing, size: 14 } };
    await expect(engine.run('a', large)).rejects.toMatchObject({ code: 'internal' });
  });

  it('is read once for both networks', async () => {
    await engine.load('b', { network: TINY_LAST, weights: { kind: 'seeded', seed: 1 } });
    const pictures = Array.from({ length: 8 }, (_, i) => picture(i + 1, i + 1));
    await engine.run('a', batch(...pictures));
    const { logits } = await engine.run('b', batch(...pictures));
    expect(Canvas.drawn).toBe(8);
    expect(logits).toHaveLength(24);
  });

  it('lets a single picture that is asked for meanwhile go first', async () => {
    const ended: string[] = [];
    const many = engine.run('a', batch(picture(1), picture(2), picture(3))).then(() => ended.push('batch'));
    const one = engine.run('a', single(picture(4))).then(() => ended.push('single'));
    await Promise.all([many, one]);
    expect(ended).toEqual(['single', 'batch']);
  });
});

describe('the desk', () => {
  it('numbers the pictures of a batch, and says which drawing failed', async () => {
    const desk = new PictureDesk();
    const svg = { picture: new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']), name: 'x.svg' };
    const sent = await desk.sendable(batch(picture(1), svg, bad));
    if (sent.kind !== 'pictures') throw new Error('no batch');
    expect(sent.pictures.map(({ id }) => id)).toEqual([1, undefined, 3]);
    // There is no browser here that could draw it.
    expect(sent.pictures.map(({ problem }) => problem !== undefined)).toEqual([false, true, false]);
    expect(sent.pictures[1]?.problem).toContain('x.svg');
  });
});
