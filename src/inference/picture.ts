/** RunInput → the values that the network reads, [N,H,W,3]. The only place of inference/ that knows pictures. */
import { openPicture } from '../image/decode';
import type { PixelSource } from '../image/pixels';
import { preprocess } from '../image/preprocess';
import { EngineError } from './protocol';
import type { RunInput, RunResult } from './protocol';
import { channelsLast } from './layout';

/** A network's input and where it came from. */
export interface PreparedInput extends Pick<RunResult, 'crop' | 'pictureSize' | 'preprocessMs'> {
  /** [batch, size, size, 3]. */
  readonly values: Float32Array;
  readonly batch: number;
  /** Side of the input, pixels. */
  readonly size: number;
}

type PictureInput = Extract<RunInput, { kind: 'picture' }>;

/** Pixels of a bitmap that the page drew or photographed. */
function bitmapSource(bitmap: ImageBitmap): PixelSource {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new EngineError('picture', 'the browser gave no canvas to read the picture from');
  context.drawImage(bitmap, 0, 0);
  return {
    width,
    height,
    read: (left, top, columns, rows) => context.getImageData(left, top, columns, rows).data,
  };
}

/** Makes inputs; remembers the last picture, because two networks are usually asked about the same one. */
export class InputMaker {
  private last: { readonly key: string; readonly prepared: PreparedInput } | undefined;
  /** Bitmaps opened and not yet closed. */
  bitmaps = 0;

  /**
   * The input for a network of a size.
   * @throws PictureError; EngineError `internal` where a tensor or the preprocessing does not fit the network.
   */
  async make(input: RunInput, size: number): Promise<PreparedInput> {
    if (input.kind === 'tensor') return this.fromTensor(input.values, input.batch ?? 1, size);
    if (input.preprocessing.size !== size) {
      const sizes = `${input.preprocessing.size} pixels, the network reads ${size}`;
      throw new EngineError('internal', `the picture is asked to be prepared at ${sizes}`);
    }
    const key = input.id === undefined ? undefined : JSON.stringify([input.id, input.preprocessing]);
    if (key !== undefined && this.last?.key === key) return this.last.prepared;
    const prepared = await this.fromPicture(input);
    if (key !== undefined) this.last = { key, prepared };
    return prepared;
  }

  /** Forgets the last picture. */
  clear(): void {
    this.last = undefined;
  }

  private fromTensor(values: Float32Array, batch: number, size: number): PreparedInput {
    const expected = batch * 3 * size * size;
    if (!Number.isInteger(batch) || batch < 1 || values.length !== expected) {
      const shape = `[${batch}, 3, ${size}, ${size}]`;
      throw new EngineError('internal', `the input has ${values.length} values, ${shape} takes ${expected}`);
    }
    return { values: channelsLast(values, batch, 3), batch, size, crop: null, pictureSize: null, preprocessMs: 0 };
  }

  private async fromPicture({ picture, name, preprocessing }: PictureInput): Promise<PreparedInput> {
    const started = performance.now();
    this.bitmaps++;
    let close = () => this.closed();
    try {
      let source: PixelSource;
      if (picture instanceof Blob) {
        const opened = await openPicture(picture, name);
        close = () => this.closed(opened);
        source = opened;
      } else {
        close = () => this.closed(picture);
        source = bitmapSource(picture);
      }
      const { values, crop } = preprocess(source, { ...preprocessing, layout: 'HWC' });
      const pictureSize = { width: source.width, height: source.height };
      const { left, top, width, height } = crop;
      const preprocessMs = performance.now() - started;
      const { size } = preprocessing;
      return { values, batch: 1, size, crop: { left, top, width, height }, pictureSize, preprocessMs };
    } finally {
      close();
    }
  }

  private closed(bitmap?: { close(): void }): void {
    bitmap?.close();
    this.bitmaps--;
  }
}
