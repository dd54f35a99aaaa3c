/**
 * Listens to one frame: a drag pans, two fingers pinch, the wheel zooms with Ctrl or ⌘ (as a trackpad's pinch does), a
 * double click zooms in. The plain wheel and a finger that moves up or down are the page's: they scroll it.
 */
import type { Point } from '../../diagram/viewport';
import type { Viewport } from './Viewport';

/** px that a pointer moves before a click becomes a drag. */
const SLACK = 4;
/** The wheel has come to rest after so long, ms. */
const WHEEL_REST = 180;
/** Largest step of a wheel: a mouse's notch is 100 px and more, a trackpad's pinch a few. */
const NOTCH = 24;
const LINE = 16;

/** Makes a frame listen; returns how to stop it. */
export function listen(frame: HTMLElement, viewport: Viewport): () => void {
  const pointers = new Map<number, Point>();
  let dragging = false;
  let dragged = false;
  /** What was there to see at the last single click. */
  let clicked = viewport.scene;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const pointIn = (event: MouseEvent): Point => {
    const { left, top } = frame.getBoundingClientRect();
    return [event.clientX - left - frame.clientLeft, event.clientY - top - frame.clientTop];
  };
  const finishSoon = () => {
    clearTimeout(rest);
    rest = setTimeout(() => viewport.finish(), WHEEL_REST);
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    pointers.set(event.pointerId, pointIn(event));
    if (pointers.size === 1) dragged = false;
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = pointIn(event);
    const by: Point = [now[0] - before[0], now[1] - before[1]];
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      // Each finger moves half of the middle, and the distance decides on the size.
      const apart = (p: Point) => Math.max(1, Math.hypot(p[0] - other[0], p[1] - other[1]));
      viewport.pan([by[0] / 2, by[1] / 2]);
      viewport.zoom(apart(now) / apart(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
      dragging = true;
    } else {
      if (!dragging && (!viewport.cropped || Math.hypot(...by) < SLACK)) return;
      dragging = true;
      viewport.pan(by);
    }
    dragged = true;
    if (!frame.hasPointerCapture(event.pointerId)) frame.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, now);
  };
  const onPointerEnd = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return;
    if (dragging) viewport.finish();
    dragging = false;
  };
  /** What ends a drag is no click on a part. */
  const onClick = (event: MouseEvent) => {
    if (dragged) event.stopPropagation();
    dragged = false;
    if (event.detail === 1) clicked = viewport.scene;
  };
  const onDoubleClick = (event: MouseEvent) => {
    event.preventDefault();
    // The first click has opened a stage.
    if (clicked !== viewport.scene) return;
    viewport.zoomStep(event.shiftKey ? 1 / 2 : 2, pointIn(event));
  };
  const onWheel = (event: WheelEvent) => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      viewport.zoom(Math.exp(-0.01 * Math.max(-NOTCH, Math.min(NOTCH, y))), pointIn(event));
    } else if (Math.abs(x) > Math.abs(y) && viewport.cropped) {
      // Sideways there is nothing of the page to scroll.
      viewport.pan([-x, 0]);
    } else return;
    event.preventDefault();
    finishSoon();
  };

  const stop = new AbortController();
  const { signal } = stop;
  frame.addEventListener('pointerdown', onPointerDown, { signal });
  frame.addEventListener('pointermove', onPointerMove, { signal });
  frame.addEventListener('pointerup', onPointerEnd, { signal });
  frame.addEventListener('pointercancel', onPointerEnd, { signal });
  frame.addEventListener('click', onClick, { signal, capture: true });
  frame.addEventListener('dblclick', onDoubleClick, { signal });
  frame.addEventListener('wheel', onWheel, { signal, passive: false });
  return () => {
    stop.abort();
    clearTimeout(rest);
  };
}
