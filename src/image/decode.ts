// File → pixels with the browser's own decoders, in a worker or on the page. Browser-only and thin: what can be judged
// from the bytes alone is in inspect.ts. An SVG has to pass through svg.ts on the page first.

import { PICTURE_LIMITS, checkExtent, inspectPicture } from './inspect';
import type { PictureLimits } from './inspect';
import { PictureError } from './pictureError';
import type { PixelSource } from './pixels';

/** Side of the canvas through which bitmaps are read; far below every browser's limit. */
const TILE = 1024;

/** A decoded picture. Holds the browser's memory until it is closed. */
export interface OpenPicture extends PixelSource {
  close(): void;
}

/** Made once and used for every picture: a canvas each would pile up until the garbage collector comes. */
let tile: OffscreenCanvasRenderingContext2D | undefined;

function tileContext(name: string): OffscreenCanvasRenderingContext2D {
  if (tile) return tile;
  // Kept on the CPU: reading back from the GPU is slow, and need not give the same values on every machine.
  const context = new OffscreenCanvas(TILE, TILE).getContext('2d', { willReadFrequently: true });
  if (!context) throw new PictureError(name, 'the browser gave no canvas to read the pixels from');
  context.globalCompositeOperation = 'copy';
  context.imageSmoothingEnabled = false;
  tile = context;
  return context;
}

/** Reads a rectangle of a bitmap tile by tile: no canvas could hold a 100,000 pixels wide picture. */
function readBitmap(bitmap: ImageBitmap, name: string, left: number, top: number, width: number, height: number) {
  const context = tileContext(name);
  const out = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < width; x += TILE) {
      const columns = Math.min(TILE, width - x);
      const rows = Math.min(TILE, height - y);
      context.drawImage(bitmap, left + x, top + y, columns, rows, 0, 0, columns, rows);
      const { data } = context.getImageData(0, 0, columns, rows);
      for (let row = 0; row < rows; row++) {
        out.set(data.subarray(row * columns * 4, (row + 1) * columns * 4), ((y + row) * width + x) * 4);
      }
    }
  }
  return out;
}

/**
 * Decodes a JPEG, PNG, WebP, AVIF, GIF (first frame) or BMP with EXIF orientation applied and colour profiles ignored,
 * as in training. The caller closes the result. `name` is the file's name for messages.
 * Throws PictureError if the file is empty, no such picture, truncated, damaged, or beyond the limits.
 */
export async function openPicture(
  blob: Blob,
  name: string,
  limits: PictureLimits = PICTURE_LIMITS,
): Promise<OpenPicture> {
  if (blob.size > limits.bytes) {
    throw new PictureError(name, `the file has ${blob.size} bytes, at most ${limits.bytes} are allowed`);
  }
  const { format, width, height } = inspectPicture(new Uint8Array(await readBytes(blob, name)), name, limits);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new PictureError(name, `the browser cannot read this ${format} of ${width}×${height} pixels (${detail})`, {
      cause,
    });
  }
  try {
    checkExtent(bitmap, name, limits);
    return {
      width: bitmap.width,
      height: bitmap.height,
      read: (left, top, columns, rows) => readBitmap(bitmap, name, left, top, columns, rows),
      close: () => bitmap.close(),
    };
  } catch (error) {
    bitmap.close();
    throw error;
  }
}

async function readBytes(blob: Blob, name: string): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new PictureError(name, `the file cannot be read (${detail})`, { cause });
  }
}
