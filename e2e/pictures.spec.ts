/** Pictures through the browser's decoders: every format, EXIF orientation, and the very values that Node computes. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { formulaPicture } from '../src/image/fixtures/formulaPicture';
import { normalise, preprocess } from '../src/image/preprocess';
import { channelsFirst } from '../src/inference/layout';
import { relativeDifference } from '../src/inference/testing/reference';
import { open, repositoryFile } from './support';

interface PictureFile {
  readonly width: number;
  readonly height: number;
  readonly base64: string;
}

const files: Readonly<Record<string, PictureFile>> = JSON.parse(
  readFileSync(repositoryFile('src/image/fixtures/files.json'), 'utf8'),
);
const TINY = 'densenet@growth=4,blocks=1-1,stem=4,classes=3,size=32';
const PREPROCESSING = { size: 32, resizeShorterSide: 37, mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] } as const;

test('every format is decoded, upright', async ({ page }) => {
  await open(page, '?debug&backend=wasm&a=densenet121&b=off');
  const sizes = await page.evaluate(
    async ({ pictures, network, preprocessing }) => {
      const { engine } = window.lens;
      await engine.load('a', { network, weights: { kind: 'seeded', seed: 1 } });
      const found: Record<string, unknown> = {};
      for (const [name, { base64 }] of Object.entries(pictures)) {
        const picture = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
        found[name] = (await engine.run('a', { kind: 'picture', picture, name, preprocessing })).pictureSize;
      }
      return found;
    },
    { pictures: files, network: TINY, preprocessing: PREPROCESSING },
  );
  // Stored on its side: EXIF orientation 6 asks for a quarter turn.
  const upright = ({ width, height }: PictureFile, turned: boolean) =>
    turned ? { width: height, height: width } : { width, height };
  expect(sizes).toEqual(
    Object.fromEntries(Object.entries(files).map(([name, file]) => [name, upright(file, name === 'orientation6.jpg')])),
  );
});

for (const [width, height] of [
  [300, 200],
  [71, 133],
  [2, 3],
] as const) {
  test(`a picture of ${width}×${height} becomes the input that Node computes`, async ({ page }) => {
    const pixels = formulaPicture(width, height);
    const values = channelsFirst(normalise(preprocess(pixels, PREPROCESSING).rgb, PREPROCESSING), 3);
    await open(page, '?debug&backend=wasm&a=densenet121&b=off');
    const { fromPicture, fromValues } = await page.evaluate(
      async ({ rgba, input, columns, rows, network, preprocessing }) => {
        const { engine } = window.lens;
        await engine.load('a', { network, weights: { kind: 'seeded', seed: 1 } });
        const canvas = new OffscreenCanvas(columns, rows);
        canvas.getContext('2d')?.putImageData(new ImageData(Uint8ClampedArray.from(rgba), columns, rows), 0, 0);
        const picture = await canvas.convertToBlob({ type: 'image/png' });
        const ofPicture = await engine.run('a', { kind: 'picture', picture, name: 'formula', preprocessing });
        const ofValues = await engine.run('a', { kind: 'tensor', values: Float32Array.from(input) });
        return { fromPicture: [...ofPicture.logits], fromValues: [...ofValues.logits] };
      },
      {
        rgba: [...pixels.read(0, 0, width, height)],
        input: [...values],
        columns: width,
        rows: height,
        network: TINY,
        preprocessing: PREPROCESSING,
      },
    );
    expect(relativeDifference(fromPicture, fromValues)).toBeLessThan(1e-6);
  });
}
