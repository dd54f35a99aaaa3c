/** The page's side of pictures: numbers them, and draws SVGs, which a worker cannot. */
import { isSvg, rasteriseSvg } from '../image/svg';
import { toEngineError } from './failures';
import { EngineError } from './protocol';
import type { BatchPicture, RunInput } from './protocol';

/** Makes inputs ready to be sent to the worker. */
export class PictureDesk {
  private readonly ids = new WeakMap<object, number>();
  private readonly drawn = new WeakMap<Blob, Promise<Blob>>();
  private count = 0;

  /**
   * The input as the worker can use it: a picture gets its number, an SVG is drawn, once for both networks. A picture of
   * a batch that fails goes with its problem.
   * @throws EngineError `picture`.
   */
  async sendable(input: RunInput): Promise<RunInput> {
    if (input.kind === 'tensor') return input;
    if (input.kind === 'picture') return { ...input, ...(await this.drawnOf(input)) };
    const pictures: BatchPicture[] = [];
    for (const one of input.pictures) {
      try {
        pictures.push({ ...one, ...(await this.drawnOf(one)) });
      } catch (error) {
        pictures.push({ ...one, problem: toEngineError(error).message });
      }
    }
    return { ...input, pictures };
  }

  /** @throws EngineError `picture`. */
  private async drawnOf({ picture, name, ...given }: BatchPicture): Promise<Pick<BatchPicture, 'picture' | 'id'>> {
    const id = given.id ?? this.ids.get(picture) ?? ++this.count;
    this.ids.set(picture, id);
    if (!(picture instanceof Blob)) return { picture, id };
    try {
      let drawn = this.drawn.get(picture);
      if (!drawn) {
        if (!(await isSvg(picture))) return { picture, id };
        drawn = rasteriseSvg(picture, name);
        this.drawn.set(picture, drawn);
      }
      return { picture: await drawn, id };
    } catch (error) {
      const { code, message } = toEngineError(error);
      throw new EngineError('picture', code === 'picture' ? message : `${name} could not be read: ${message}`);
    }
  }
}
