/** The frame through which one drawing is seen: moves with the viewport that the pair shares, without React. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { offsetOf, sharedTop } from '../../diagram/viewport';
import type { Size } from '../../diagram/viewport';
import classes from './FlowView.module.css';
import { listen } from './gestures';
import type { Viewport } from './Viewport';

interface Props {
  readonly viewport: Viewport;
  /** px */
  readonly height: number;
  /** The drawing as it is laid out, px. */
  readonly drawn: Size;
  /** The zoom it is laid out for. */
  readonly zoom: number;
  readonly children: ReactNode;
}

export function Frame({ viewport, height, drawn, zoom, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => (frame.current ? listen(frame.current, viewport) : undefined), [viewport]);
  useLayoutEffect(() => {
    const move = () => {
      if (!frame.current || !layer.current) return;
      const { view, scene, moving, cropped } = viewport;
      const [left, y] = offsetOf(view, scene);
      const grown = view.zoom / zoom;
      // Whole pixels: ribbons that meet leave no seam.
      const x = Math.round(left);
      const top = Math.round(sharedTop(y, height, drawn.height * grown));
      layer.current.style.transform = `translate(${x}px, ${top}px)${grown === 1 ? '' : ` scale(${grown})`}`;
      frame.current.toggleAttribute('data-moving', moving);
      frame.current.toggleAttribute('data-cropped', cropped);
    };
    move();
    return viewport.subscribe(move);
  }, [viewport, height, drawn.height, zoom]);
  return (
    <div ref={frame} className={classes.window} style={{ height }}>
      <div ref={layer} className={classes.layer}>
        {children}
      </div>
    </div>
  );
}
