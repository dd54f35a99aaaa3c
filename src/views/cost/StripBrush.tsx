/**
 * What lies over the strip of all layers: the column of the lit layer, the chosen range with its two handles, and the
 * keyboard's place. Each handle and the place are sliders of their own.
 */
import type { KeyboardEvent } from 'react';
import { STRIP_AXIS } from '../../analysis/stripLayout';
import type { StripLayout } from '../../analysis/stripLayout';
import classes from './strip.module.css';

/** Layers that Page Up and Page Down pass. */
const PAGE = 10;

/** Where a key takes a slider; undefined for keys that are not its own. */
export function sliderKey(key: string, now: number, last: number): number | undefined {
  const to = {
    ArrowLeft: now - 1,
    ArrowDown: now - 1,
    ArrowRight: now + 1,
    ArrowUp: now + 1,
    PageDown: now - PAGE,
    PageUp: now + PAGE,
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? undefined : Math.min(last, Math.max(0, to));
}

interface HandleProps {
  readonly label: string;
  readonly layout: StripLayout;
  /** Side of the slot at which it stands, px. */
  readonly x: number;
  /** Where it can be grabbed: beside the chosen layers, so that these can be pointed at. */
  readonly side: 'left' | 'right';
  /** Of the first network's layers, 0 … last. */
  readonly value: number;
  readonly last: number;
  readonly text: string;
  /** Nothing is chosen: it waits at an end. */
  readonly idle: boolean;
  readonly onMove: (value: number) => void;
  readonly onClear: () => void;
  readonly onGrab: () => void;
}

export function StripHandle({ label, layout, x, side, value, last, text, idle, onMove, onClear, onGrab }: HandleProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const to = sliderKey(event.key, value, last);
    if (to !== undefined) onMove(to);
    else if (event.key === 'Escape') onClear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const top = 18;
  return (
    <g
      className={classes.handle}
      data-idle={idle}
      transform={`translate(${x},0)`}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={last + 1}
      aria-valuenow={value + 1}
      aria-valuetext={text}
      onKeyDown={onKeyDown}
      onPointerDown={onGrab}
    >
      <line y1={top} y2={layout.height - 6} className={classes.handleLine} />
      <rect
        x={side === 'left' ? -20 : -4}
        y={top}
        width={24}
        height={layout.height - top}
        className={classes.handleArea}
      />
      <rect x={-4} y={layout.height - 22} width={8} height={18} rx={3} className={classes.handleGrip} />
    </g>
  );
}

/** The chosen slots; everything beside them is paled. */
export function StripRange({
  layout,
  slots,
}: {
  readonly layout: StripLayout;
  readonly slots: readonly [from: number, to: number];
}) {
  const x0 = STRIP_AXIS + slots[0] * layout.pitch;
  const x1 = STRIP_AXIS + (slots[1] + 1) * layout.pitch;
  const top = 18;
  const height = layout.height - top - 6;
  return (
    <g>
      <rect x={STRIP_AXIS} y={top} width={x0 - STRIP_AXIS} height={height} className={classes.outside} />
      <rect x={x1} y={top} width={Math.max(0, layout.width - x1)} height={height} className={classes.outside} />
      <rect x={x0} y={top} width={x1 - x0} height={height} className={classes.chosen} />
    </g>
  );
}
