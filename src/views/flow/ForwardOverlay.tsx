/** What is drawn over a stage while it is played: what has not been reached is veiled, what is at work has a ring. */
import { boxPath } from '../../diagram/diagram';
import type { Diagram } from '../../diagram/diagram';
import type { Frame } from '../../diagram/forwardLooks';
import classes from './forward.module.css';

export function ForwardOverlay({ diagram, frame }: { readonly diagram: Diagram; readonly frame: Frame }) {
  const { frontier, ring, reading } = frame;
  const heads = reading.map(({ x, y, size }) => `M${x - 2},${y}l${-1.7 * size},${-size}v${2 * size}Z`).join('');
  return (
    <g pointerEvents="none" aria-hidden="true" data-frontier={Math.round(frontier)}>
      <rect
        className={classes.veil}
        width={diagram.width}
        height={diagram.height}
        style={{ transform: `translateX(${frontier}px)` }}
      />
      {heads !== '' && <path className={classes.reading} d={heads} />}
      {ring && <path className={classes.ring} d={boxPath(ring)} />}
    </g>
  );
}
