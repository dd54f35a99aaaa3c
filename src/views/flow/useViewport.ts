/** The one viewport of the pair, fed from the page's state and feeding it when a gesture ends. */
import { useLayoutEffect, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Scene, View } from '../../diagram/viewport';
import { Viewport } from './Viewport';
import type { ViewportEvents } from './Viewport';

const KEY_STEP = 1.25;
/** Share of the frame. */
const PAN_STEP = 0.15;

/** A viewport that shows `view` of `scene`, and does with gestures what `events` say. */
export function useViewport(view: View, scene: Scene, events: ViewportEvents): Viewport {
  const [viewport] = useState(() => new Viewport());
  const { zoom, centre } = view;
  const [x, y] = centre;
  const { drawing, frame, range } = scene;
  const [smallest, largest] = range;
  useLayoutEffect(() => {
    viewport.answer(events);
  });
  useLayoutEffect(
    () =>
      viewport.place(
        { zoom, centre: [x, y] },
        {
          drawing: { width: drawing.width, height: drawing.height },
          frame: { width: frame.width, height: frame.height },
          range: [smallest, largest],
        },
      ),
    [viewport, zoom, x, y, drawing.width, drawing.height, frame.width, frame.height, smallest, largest],
  );
  return viewport;
}

/**
 * Keys of the drawing: + − 0 zoom, Shift and arrows pan.
 * @param plain whether arrows pan without Shift, too
 * @returns whether the key was one of them
 */
export function moveByKey(event: KeyboardEvent, viewport: Viewport, plain = false): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const pans: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [PAN_STEP, 0],
    ArrowRight: [-PAN_STEP, 0],
    ArrowUp: [0, PAN_STEP],
    ArrowDown: [0, -PAN_STEP],
  };
  const pan = event.shiftKey || plain ? pans[event.key] : undefined;
  if (pan) viewport.panStep(pan);
  else if (event.key === '+' || event.key === '=') viewport.zoomStep(KEY_STEP);
  else if (event.key === '-' || event.key === '−') viewport.zoomStep(1 / KEY_STEP);
  else if (event.key === '0') viewport.reset();
  else return false;
  event.preventDefault();
  return true;
}
