/** The whole drawing made small, with what is seen of it as a window that can be dragged or moved by the arrow keys. */
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { PointerEvent } from 'react';
import type { Diagram } from '../../diagram/diagram';
import { thumbnail } from '../../diagram/thumbnail';
import { windowOf } from '../../diagram/viewport';
import classes from './navigator.module.css';
import { ThumbnailPaths } from './Thumbnail';
import { moveByKey } from './useViewport';
import type { Viewport } from './Viewport';

/** px */
const HEIGHT = 44;
const WIDEST = 300;

const percent = (share: number) => Math.round(100 * share);

/** @param diagram at zoom 1 */
export function MiniMap({ diagram, viewport }: { readonly diagram: Diagram; readonly viewport: Viewport }) {
  const map = useRef<HTMLDivElement>(null);
  const window = useRef<HTMLDivElement>(null);
  const small = useMemo(() => thumbnail(diagram), [diagram]);
  useLayoutEffect(() => {
    const move = () => {
      const { view, scene, moving } = viewport;
      const { left, top, width, height } = windowOf(view, scene);
      if (window.current) {
        const { style } = window.current;
        style.left = `${100 * left}%`;
        style.top = `${100 * top}%`;
        style.width = `${100 * width}%`;
        style.height = `${100 * height}%`;
      }
      // Read aloud where it came to rest, not on its way.
      if (!map.current || moving) return;
      const across = `${percent(left)} to ${percent(left + width)} % across`;
      const down = height < 0.999 ? `, ${percent(top)} to ${percent(top + height)} % down` : '';
      map.current.setAttribute('aria-valuenow', String(percent(left + width / 2)));
      map.current.setAttribute('aria-valuetext', `Seen: ${across}${down}`);
    };
    move();
    return viewport.subscribe(move);
  }, [viewport, diagram]);

  const goTo = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    viewport.centre([(event.clientX - left) / width, (event.clientY - top) / height]);
  };
  return (
    <div
      ref={map}
      className={classes.map}
      style={{ height: HEIGHT, width: Math.min(WIDEST, (HEIGHT * diagram.width) / diagram.height) }}
      role="slider"
      tabIndex={0}
      aria-label="Mini-map: what is seen of the drawing"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={50}
      data-testid="mini-map"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && goTo(event)}
      onLostPointerCapture={() => viewport.finish()}
      onKeyDown={(event) => moveByKey(event, viewport, true)}
    >
      <svg viewBox={`0 0 ${diagram.width} ${diagram.height}`} preserveAspectRatio="none" aria-hidden="true">
        <ThumbnailPaths of={small} />
      </svg>
      <div ref={window} className={classes.window} />
    </div>
  );
}
