/**
 * Which part of a drawing is seen through its frame: arithmetic for panning, zooming and the mini-map. A view is a
 * magnification and the point in the frame's middle, as shares of the drawing, so that it means the same on every
 * screen. No DOM; listening and moving is views/flow/Viewport.ts.
 */

/** px */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Across and down: px, or shares of a drawing. */
export type Point = readonly [x: number, y: number];

export interface View {
  /** Magnification, 1 for the drawing at its own size. */
  readonly zoom: number;
  /** What stands in the middle of the frame, as shares of the drawing's width and height. */
  readonly centre: Point;
}

/** A drawing at zoom 1 and the frame it is seen through. */
export interface Scene {
  readonly drawing: Size;
  readonly frame: Size;
  /** Smallest and largest zoom. */
  readonly range: readonly [smallest: number, largest: number];
}

/** What is seen of the drawing, as shares of its width and height: 0 … 1. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const between = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The share of a length that is seen. */
const seen = (frame: number, drawing: number, zoom: number) => Math.min(1, frame / (drawing * zoom));

/** Middle of what is seen, kept so that nothing beside the drawing is seen. */
const within = (centre: number, share: number) => (share >= 1 ? 0.5 : between(centre, share / 2, 1 - share / 2));

/** The nearest view that is allowed: zoom in its range, nothing beside the drawing seen where it fills the frame. */
export function clampView(view: View, { drawing, frame, range }: Scene): View {
  const zoom = between(view.zoom, range[0], range[1]);
  const [x, y] = view.centre;
  return {
    zoom,
    centre: [within(x, seen(frame.width, drawing.width, zoom)), within(y, seen(frame.height, drawing.height, zoom))],
  };
}

/** The seen part of the drawing. */
export function windowOf(view: View, scene: Scene): Window {
  const { zoom, centre } = clampView(view, scene);
  const width = seen(scene.frame.width, scene.drawing.width, zoom);
  const height = seen(scene.frame.height, scene.drawing.height, zoom);
  return { left: centre[0] - width / 2, top: centre[1] - height / 2, width, height };
}

/** Whether the drawing is larger than its frame; half a pixel is not. */
export function isCropped(zoom: number, { drawing, frame }: Scene): boolean {
  return drawing.width * zoom > frame.width + 0.5 || drawing.height * zoom > frame.height + 0.5;
}

/** Where the drawing's upper left corner stands in its frame, px. */
export function offsetOf({ zoom, centre }: View, { drawing, frame }: Scene): Point {
  return [frame.width / 2 - centre[0] * drawing.width * zoom, frame.height / 2 - centre[1] * drawing.height * zoom];
}

/**
 * Where the upper edge of one drawing of a pair stands in its own frame: where the higher one's stands, so that equal
 * parts stay at equal heights, but never so far up that less than half of the frame is filled.
 * @param top of the pair, px, as of `offsetOf`
 * @param frame height, px
 * @param drawn height of this drawing as magnified, px
 */
export function sharedTop(top: number, frame: number, drawn: number): number {
  return drawn <= frame ? (frame - drawn) / 2 : Math.min(0, Math.max(frame / 2 - drawn, top));
}

/**
 * Moves the drawing, as a drag does.
 * @param by px, to the right and downwards
 */
export function panBy(view: View, by: Point, scene: Scene): View {
  const { zoom, centre } = view;
  const [x, y] = [by[0] / (scene.drawing.width * zoom), by[1] / (scene.drawing.height * zoom)];
  return clampView({ zoom, centre: [centre[0] - x, centre[1] - y] }, scene);
}

/**
 * Magnifies by a factor so that what stands at a point of the frame stays there, as far as the drawing's edges allow.
 * @param at px from the frame's upper left corner
 */
export function zoomAt(view: View, factor: number, at: Point, scene: Scene): View {
  const zoom = between(view.zoom * factor, scene.range[0], scene.range[1]);
  const { drawing, frame } = scene;
  const [left, top] = offsetOf(view, scene);
  const stay = (point: number, offset: number, length: number, half: number) =>
    (point - offset) / (length * view.zoom) + (half - point) / (length * zoom);
  const x = stay(at[0], left, drawing.width, frame.width / 2);
  const y = stay(at[1], top, drawing.height, frame.height / 2);
  return clampView({ zoom, centre: [x, y] }, scene);
}

/**
 * Moves no more than it takes to see a part of the drawing; its left and upper side where it is larger than the frame.
 * @param part px of the drawing at zoom 1
 * @param margin px of the frame to keep free around it
 */
export function reveal(
  view: View,
  part: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  scene: Scene,
  margin = 24,
): View {
  const { zoom } = view;
  const [left, top] = offsetOf(view, scene);
  const by = (low: number, high: number, offset: number, frame: number) => {
    const [start, end] = [low * zoom + offset - margin, high * zoom + offset + margin];
    if (start < 0 || end - start > frame) return -start;
    return end > frame ? frame - end : 0;
  };
  const x = by(part.left, part.right, left, scene.frame.width);
  const y = by(part.top, part.bottom, top, scene.frame.height);
  return x === 0 && y === 0 ? view : panBy(view, [x, y], scene);
}
