/** The page's side of pictures: numbers them, and draws SVGs, which a worker cannot. */
import { isSvg, rasteriseSvg } from '../image/svg';
import { toEngineError } from './failures';
import { EngineError } from './protocol';
import type { RunInput } from './protocol';

/** Makes inputs ready to be sent to the worker. */
export class PictureDesk {
  private readonly ids = new WeakMap<object, number>();
  private readonly drawn = new WeakMap<Blob, Promise<Blob>>();
  private count = 0;

  /**
   * The input as the worker can use it: a picture gets its number, an SVG is drawn, once for both networks.
   * @throws EngineError `picture`.
   */
  async sendable(input: RunInput): Promise<RunInput> {
    if (input.kind === 'tensor') return input;
    const { picture, name } = input;
    const id = input.id ?? this.ids.get(picture) ?? ++this.count;
    this.ids.set(picture, id);
    if (!(picture instanceof Blob)) return { ...input, id };
    try {
      let drawn = this.drawn.get(picture);
      if (!drawn) {
        if (!(await isSvg(picture))) return { ...input, id };
        drawn = rasteriseSvg(picture, name);
        this.drawn.set(picture, drawn);
      }
      return { ...input, id, picture: await drawn };
    } catch (error) {
      const { code, message } = toEngineError(error);
      throw new EngineError('picture', code === 'picture' ? message : `${name} could not be read: ${message}`);
    }
  }
}
