/**
 * The view of the pair while it moves. During a gesture only this and the transform of what is drawn change; the page's
 * state learns of it once, at the end. Arithmetic is diagram/viewport.ts, listening is gestures.ts.
 */
import { clampView, isCropped, offsetOf, panBy, reveal, zoomAt } from '../../diagram/viewport';
import type { Point, Scene, View } from '../../diagram/viewport';

/** What happens beyond moving. */
export interface ViewportEvents {
  /** A gesture ended; `replace` where it only followed the focus. */
  readonly settle: (view: View, how: 'push' | 'replace') => void;
  /** Back to the drawing as it fits. */
  readonly home: () => void;
  /** Zoomed out further than the drawing goes; undefined where there is nothing around it. */
  readonly out: (() => void) | undefined;
  /** Zoomed in further than the drawing goes, at a share of its width; undefined where there is nothing within. */
  readonly into: ((x: number) => void) | undefined;
}

/** How far beyond the end of the zoom's range a gesture must go to leave the drawing. */
const BEYOND = 1.25;

export class Viewport {
  #view: View = { zoom: 1, centre: [0.5, 0.5] };
  #scene: Scene = { drawing: { width: 1, height: 1 }, frame: { width: 1, height: 1 }, range: [1, 1] };
  /** The zoom that was asked for, without the limits. */
  #wanted = 1;
  #moving = false;
  /** The drawing was left in the middle of a gesture: what is left of it does nothing. */
  #spent = false;
  readonly #listeners = new Set<() => void>();
  #events: ViewportEvents | undefined;

  get view(): View {
    return this.#view;
  }

  get scene(): Scene {
    return this.#scene;
  }

  /** Whether a gesture is under way. */
  get moving(): boolean {
    return this.#moving;
  }

  get cropped(): boolean {
    return isCropped(this.#view.zoom, this.#scene);
  }

  /** What is to happen from now on. */
  answer(events: ViewportEvents): void {
    this.#events = events;
  }

  /** Calls the listener whenever something moved. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Takes the view from the page's state, and what there is to see. */
  place(view: View, scene: Scene): void {
    this.#scene = scene;
    this.#view = clampView(view, scene);
    this.#wanted = this.#view.zoom;
    this.#tell();
  }

  #show(view: View): void {
    if (this.#spent) return;
    this.#view = view;
    this.#moving = true;
    this.#tell();
  }

  /** A step of a drag. @param by px */
  pan(by: Point): void {
    this.#show(panBy(this.#view, by, this.#scene));
  }

  /** Puts a point of the drawing, as shares, into the middle: a step of a drag in the mini-map. */
  centre(centre: Point): void {
    this.#show(clampView({ zoom: this.#view.zoom, centre }, this.#scene));
  }

  /** A step of a pinch or of the wheel. @param at px of the frame */
  zoom(factor: number, at: Point): void {
    if (this.#spent) return;
    const [smallest, largest] = this.#scene.range;
    const lowest = this.#events?.out ? 0 : smallest;
    const highest = this.#events?.into ? Infinity : largest;
    this.#wanted = Math.min(highest, Math.max(lowest, this.#wanted * factor));
    const allowed = Math.min(largest, Math.max(smallest, this.#wanted));
    this.#show(zoomAt(this.#view, allowed / this.#view.zoom, at, this.#scene));
    if (this.#wanted < smallest / BEYOND) {
      this.#spent = true;
      this.#events?.out?.();
    } else if (this.#wanted > largest * BEYOND) {
      this.#spent = true;
      const width = this.#scene.drawing.width * this.#view.zoom;
      this.#events?.into?.((at[0] - offsetOf(this.#view, this.#scene)[0]) / width);
    }
  }

  /** One step of a key or button: a gesture of its own. */
  zoomStep(factor: number, at?: Point): void {
    const [smallest, largest] = this.#scene.range;
    const { width, height } = this.#scene.frame;
    const middle = at ?? ([width / 2, height / 2] as const);
    const { zoom } = this.#view;
    // At the end of the range one step more leaves the drawing.
    const isEnd = factor < 1 ? zoom <= smallest : zoom >= largest;
    this.zoom(isEnd ? factor ** 9 : factor, middle);
    this.finish();
  }

  /** One step of a key. @param by shares of the frame that the drawing moves by */
  panStep(by: Point): void {
    const { width, height } = this.#scene.frame;
    this.pan([by[0] * width, by[1] * height]);
    this.finish();
  }

  reset(): void {
    this.#events?.home();
  }

  /** Brings a part into view if it is not. @param part px of the drawing at zoom 1 */
  reveal(part: Parameters<typeof reveal>[1]): void {
    const next = reveal(this.#view, part, this.#scene);
    if (next === this.#view) return;
    this.#show(next);
    this.finish('replace');
  }

  /** The gesture is over. */
  finish(how: 'push' | 'replace' = 'push'): void {
    const { zoom, centre } = this.#view;
    const wasSpent = this.#spent;
    const hasMoved = this.#moving;
    this.#spent = false;
    this.#moving = false;
    this.#wanted = zoom;
    this.#tell();
    if (hasMoved && !wasSpent) this.#events?.settle({ zoom, centre }, how);
  }
}
