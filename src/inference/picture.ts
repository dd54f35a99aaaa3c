/** RunInput → what the network reads: values of a tensor, levels of pictures. The only place of inference/ that knows pictures. */
import { openPicture } from '../image/decode';
import type { PixelSource } from '../image/pixels';
import { preprocess } from '../image/preprocess';
import { toEngineError } from './failures';
import { EngineError } from './protocol';
import type { RunInput, RunResult } from './protocol';
import { channelsLast } from './layout';
import type { Levels, NetworkInput } from './networkInput';

/** A network's input and where it came from. */
export interface PreparedInput extends Pick<RunResult, 'crop' | 'pictureSize' | 'preprocessMs' | 'problems'> {
  /** [batch, size, size, 3]. */
  readonly input: NetworkInput;
  readonly batch: number;
  /** Side of the input, pixels. */
  readonly size: number;
}

/** A picture, prepared. */
interface PreparedPicture extends PreparedInput {
  readonly input: Levels;
}

type PictureInput = Extract<RunInput, { kind: 'picture' }>;
type BatchInput = Extract<RunInput, { kind: 'pictures' }>;
/** What is prepared in one go. */
type SingleInput = Exclude<RunInput, BatchInput>;

/** Most levels that are remembered of pictures: a batch of eight, 224 pixels each, and one besides. */
const MOST_KEPT = 9 * 3 * 224 ** 2;

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

/**
 * The input for a batch of pictures.
 * @param make prepares one of them.
 * @throws EngineError `picture` where none could be read; whatever `make` throws but for a picture.
 */
export async function makeBatch(
  { pictures, preprocessing }: BatchInput,
  make: (input: PictureInput) => Promise<PreparedPicture>,
): Promise<PreparedInput> {
  const { size, mean, std } = preprocessing;
  const read: PreparedPicture[] = [];
  const problems: (string | null)[] = [];
  for (const { problem, ...one } of pictures) {
    try {
      if (problem !== undefined) throw new EngineError('picture', problem);
      read.push(await make({ kind: 'picture', ...one, preprocessing }));
      problems.push(null);
    } catch (error) {
      const { code, message } = toEngineError(error);
      if (code !== 'picture') throw error;
      problems.push(message);
    }
  }
  if (read.length === 0) {
    const message = `none of the ${pictures.length} pictures could be read`;
    throw new EngineError(
      'picture',
      message,
      problems.flatMap((problem) => problem ?? []),
    );
  }
  const levels = new Uint8ClampedArray(read.length * 3 * size ** 2);
  for (const [index, one] of read.entries()) levels.set(one.input.levels, index * 3 * size ** 2);
  const preprocessMs = read.reduce((sum, one) => sum + one.preprocessMs, 0);
  return {
    input: { levels, mean, std },
    batch: read.length,
    size,
    crop: null,
    pictureSize: null,
    preprocessMs,
    problems,
  };
}

/** Makes inputs; remembers the latest pictures, because two networks are usually asked about the same ones. */
export class InputMaker {
  /** Oldest first. */
  private readonly kept = new Map<string, PreparedPicture>();
  /** Bitmaps opened and not yet closed. */
  bitmaps = 0;

  /**
   * The input for a network of a size.
   * @throws PictureError; EngineError `internal` where a tensor or the preprocessing does not fit the network.
   */
  async make(input: SingleInput, size: number): Promise<PreparedInput> {
    if (input.kind === 'tensor') return this.fromTensor(input.values, input.batch ?? 1, size);
    return this.picture(input, size);
  }

  /** The same of a picture. */
  async picture(input: PictureInput, size: number): Promise<PreparedPicture> {
    if (input.preprocessing.size !== size) {
      const sizes = `${input.preprocessing.size} pixels, the network reads ${size}`;
      throw new EngineError('internal', `the picture is asked to be prepared at ${sizes}`);
    }
    const key = input.id === undefined ? undefined : JSON.stringify([input.id, input.preprocessing]);
    const known = key === undefined ? undefined : this.kept.get(key);
    const prepared = known ?? (await this.fromPicture(input));
    if (key !== undefined) this.keep(key, prepared);
    return prepared;
  }

  private keep(key: string, prepared: PreparedPicture): void {
    this.kept.delete(key);
    this.kept.set(key, prepared);
    let held = 0;
    // The newest always stays.
    for (const [other, { input }] of [...this.kept].reverse()) {
      held += input.levels.length;
      if (held > MOST_KEPT && other !== key) this.kept.delete(other);
    }
  }

  /** Forgets all pictures. */
  clear(): void {
    this.kept.clear();
  }

  private fromTensor(values: Float32Array, batch: number, size: number): PreparedInput {
    const expected = batch * 3 * size * size;
    if (!Number.isInteger(batch) || batch < 1 || values.length !== expected) {
      const shape = `[${batch}, 3, ${size}, ${size}]`;
      throw new EngineError('internal', `the input has ${values.length} values, ${shape} takes ${expected}`);
    }
    return { input: channelsLast(values, batch, 3), batch, size, crop: null, pictureSize: null, preprocessMs: 0 };
  }

  private async fromPicture({ picture, name, preprocessing }: PictureInput): Promise<PreparedPicture> {
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
      const { rgb: levels, crop } = preprocess(source, preprocessing);
      const pictureSize = { width: source.width, height: source.height };
      const { left, top, width, height } = crop;
      const preprocessMs = performance.now() - started;
      const { size, mean, std } = preprocessing;
      return {
        input: { levels, mean, std },
        batch: 1,
        size,
        crop: { left, top, width, height },
        pictureSize,
        preprocessMs,
      };
    } finally {
      close();
    }
  }

  private closed(bitmap?: { close(): void }): void {
    bitmap?.close();
    this.bitmaps--;
  }
}
