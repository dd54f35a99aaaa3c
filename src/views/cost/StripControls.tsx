/** The sliders over the strip of all layers: the keyboard's place in it, and the two ends of the chosen layers. */
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { LayerCost } from '../../analysis/cost';
import { brushFromSlots, brushSlots, clampBrush } from '../../analysis/layerStrip';
import type { Strip } from '../../analysis/layerStrip';
import { STRIP_AXIS } from '../../analysis/stripLayout';
import type { StripLayout } from '../../analysis/stripLayout';
import { usePage } from '../../state/page';
import type { PageState } from '../../state/pageState';
import classes from './strip.module.css';
import { sliderKey, StripHandle, StripRange } from './StripBrush';

export type Brush = PageState['brush'];

interface CursorProps {
  readonly strip: Strip;
  readonly layout: StripLayout;
  readonly first: readonly LayerCost[];
  readonly text: (id: string) => string;
  readonly clear: () => void;
  readonly choose: (slot: number) => void;
  readonly setBrush: (brush: Brush, how: 'drag' | 'push') => void;
  /** It went to a place, px, that should be in sight. */
  readonly onSeen: (x: number) => void;
}

/** The keyboard's place in the strip: goes from layer to layer and reads each. With Shift it chooses what it passes. */
export function StripCursor({ strip, layout, first, text, clear, choose, setBrush, onSeen }: CursorProps) {
  const point = usePage((page) => page.point);
  const [place, setPlace] = useState(0);
  const anchor = useRef<number | null>(null);
  const last = strip.slots.length - 1;
  const slot = Math.min(place, last);
  const id = strip.slots[slot]?.id ?? '';
  const onKeyDown = (event: KeyboardEvent) => {
    const to = sliderKey(event.key, slot, last);
    if (to !== undefined) {
      setPlace(to);
      point(strip.slots[to]?.id ?? null);
      onSeen(STRIP_AXIS + to * layout.pitch);
      if (event.shiftKey) {
        anchor.current ??= slot;
        setBrush(brushFromSlots(strip, first, anchor.current, to), 'push');
      } else anchor.current = null;
    } else if (event.key === 'Enter' || event.key === ' ') choose(slot);
    else if (event.key === 'Escape') {
      anchor.current = null;
      clear();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <g
      className={classes.cursor}
      role="slider"
      tabIndex={0}
      aria-label="Layer; with Shift the arrow keys choose layers"
      aria-valuemin={1}
      aria-valuemax={last + 1}
      aria-valuenow={slot + 1}
      aria-valuetext={text(id)}
      onKeyDown={onKeyDown}
      onFocus={() => point(id)}
      onBlur={() => {
        anchor.current = null;
        point(null);
      }}
    >
      <rect
        x={STRIP_AXIS + slot * layout.pitch - 1}
        y={17}
        width={layout.pitch + 2}
        height={layout.height - 19}
        rx={3}
        className={classes.cursorRing}
      />
    </g>
  );
}

interface RangeProps {
  readonly strip: Strip;
  readonly layout: StripLayout;
  readonly first: readonly LayerCost[];
  readonly setBrush: (brush: Brush, how: 'drag' | 'push') => void;
  readonly clear: () => void;
  /** A handle is pressed: the slot of the other end stays. */
  readonly grab: (anchor: number) => void;
}

/** The chosen layers, with a handle at each end; where none are chosen the handles wait at the ends of the strip. */
export function StripEnds({ strip, layout, first, setBrush, clear, grab }: RangeProps) {
  const brush = clampBrush(
    usePage((page) => page.state.brush),
    first.length,
  );
  const last = first.length - 1;
  const [from, to] = brush ?? [0, last];
  const slots = brushSlots(strip, first, [from, to]);
  if (!slots) return null;
  const name = (index: number) => first[index]?.id ?? '';
  const chosen = brush ? `${to - from + 1} of ${last + 1} layers chosen` : 'nothing chosen';
  const shared = { layout, last, idle: brush === null, onClear: clear };
  return (
    <>
      {brush && <StripRange layout={layout} slots={slots} />}
      <StripHandle
        {...shared}
        label="First chosen layer"
        side="left"
        x={STRIP_AXIS + slots[0] * layout.pitch}
        value={from}
        text={`${name(from)}; ${chosen}`}
        onMove={(value) => setBrush([Math.min(value, to), to], 'push')}
        onGrab={() => grab(slots[1])}
      />
      <StripHandle
        {...shared}
        label="Last chosen layer"
        side="right"
        x={STRIP_AXIS + (slots[1] + 1) * layout.pitch}
        value={to}
        text={`${name(to)}; ${chosen}`}
        onMove={(value) => setBrush([from, Math.max(value, from)], 'push')}
        onGrab={() => grab(slots[0])}
      />
    </>
  );
}
