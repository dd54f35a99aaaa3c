/** The strip of all layers as one svg that scrolls inside its place: bars, axis, lit layers, brush and keyboard. */
import { useCallback, useRef } from 'react';
import type { PointerEvent } from 'react';
import { layerUnit } from '../../analysis/conventions';
import type { LayerCost } from '../../analysis/cost';
import { brushFromSlots } from '../../analysis/layerStrip';
import type { Strip } from '../../analysis/layerStrip';
import { metricOf } from '../../analysis/metrics';
import type { Counting } from '../../analysis/metrics';
import { slotAt, STRIP_AXIS } from '../../analysis/stripLayout';
import type { StripLayout } from '../../analysis/stripLayout';
import { usePage } from '../../state/page';
import type { Compared } from '../useAnalysis';
import { chooseLayer } from './highlight';
import classes from './strip.module.css';
import { StripCursor, StripEnds } from './StripControls';
import type { Brush } from './StripControls';
import { AxisLabels, LitRows, Stages } from './StripDrawing';
import { StripBottleneck } from './StripRowBars';
import { layersText } from './stripText';

interface Props {
  readonly label: string;
  readonly shown: readonly Compared[];
  /** Of each shown network. The brush counts those of the first. */
  readonly layers: readonly (readonly LayerCost[])[];
  readonly strip: Strip;
  readonly layout: StripLayout;
  readonly counting: Counting;
}

/** Px that a pointer may move and still have clicked. */
const STILL = 4;

export function StripFigure({ label, shown, layers, strip, layout, counting }: Props) {
  const point = usePage((page) => page.point);
  const change = usePage((page) => page.change);
  const axis = useRef<SVGGElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  /** What the pressed pointer does: from where it chooses, or which end it moves. */
  const press = useRef<{ readonly x: number; readonly anchor: number; moved: boolean } | null>(null);
  const count = strip.slots.length;
  const first = layers[0] ?? [];

  const slotUnder = (event: PointerEvent) =>
    slotAt(layout, count, event.clientX - (svg.current?.getBoundingClientRect().left ?? 0));
  const setBrush = useCallback(
    (brush: Brush, how: 'drag' | 'push') => {
      const now = usePage.getState().state.brush;
      if (how === 'drag' && brush?.[0] === now?.[0] && brush?.[1] === now?.[1]) return;
      change({ brush }, how);
    },
    [change],
  );
  const clear = useCallback(() => {
    if (usePage.getState().state.brush) change({ brush: null });
  }, [change]);
  const choose = (slot: number) => {
    const found = strip.slots[slot];
    if (found) chooseLayer(found);
  };

  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0 || press.current) return;
    press.current = { x: event.clientX, anchor: slotUnder(event), moved: false };
    // A finger scrolls the strip; it chooses with the handles.
    if (event.pointerType !== 'touch') event.currentTarget.setPointerCapture(event.pointerId);
  };
  const grab = (anchor: number) => {
    press.current = { x: Number.NEGATIVE_INFINITY, anchor, moved: false };
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const slot = slotUnder(event);
    const pressed = press.current;
    if (!pressed) {
      point(strip.slots[slot]?.id ?? null);
      return;
    }
    const grabbed = pressed.x === Number.NEGATIVE_INFINITY;
    if (event.pointerType === 'touch' && !grabbed) return;
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) event.currentTarget.setPointerCapture(event.pointerId);
    if (!grabbed && !pressed.moved && Math.abs(event.clientX - pressed.x) < STILL) return;
    pressed.moved = true;
    setBrush(brushFromSlots(strip, first, pressed.anchor, slot), 'drag');
  };
  const onPointerUp = (event: PointerEvent<SVGSVGElement>) => {
    const pressed = press.current;
    press.current = null;
    if (!pressed) return;
    if (pressed.moved) setBrush(usePage.getState().state.brush, 'push');
    else if (pressed.x !== Number.NEGATIVE_INFINITY) choose(slotUnder(event));
  };
  const onPointerCancel = () => {
    if (press.current?.moved) setBrush(usePage.getState().state.brush, 'push');
    press.current = null;
  };
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      onScroll={(event) => {
        if (axis.current) axis.current.style.transform = `translateX(${event.currentTarget.scrollLeft}px)`;
      }}
    >
      <svg
        ref={svg}
        width={layout.width}
        height={layout.height}
        role="group"
        aria-label={label}
        className={classes.strip}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerCancel}
        onPointerLeave={() => point(null)}
        onKeyDown={(event) => event.key === 'Escape' && clear()}
      >
        <rect width={layout.width} height={layout.height} fill="transparent" />
        <Stages layout={layout} />
        <LitRows {...{ layers, layout }} />
        <g data-unsaved>
          <StripCursor
            {...{ strip, layout, clear, choose, setBrush, first }}
            text={(id) => layersText(shown, layers, id, counting)}
            onSeen={(x) => {
              const place = scroller.current;
              if (!place) return;
              const left = x - place.scrollLeft;
              if (left < STRIP_AXIS + 20 || left > place.clientWidth - 20) place.scrollLeft = x - place.clientWidth / 2;
            }}
          />
          <StripEnds {...{ strip, layout, first, setBrush, clear, grab }} />
        </g>
        {layout.rows.map((row, index) => {
          const [most] = row.bottlenecks;
          return (
            <StripBottleneck
              key={shown[index]?.key ?? index}
              row={row}
              unit={layerUnit(counting.convention)}
              value={most ? (metricOf(most.layer, 'compute', counting) ?? 0) : 0}
              width={layout.width}
            />
          );
        })}
        <g ref={axis} className={classes.axis}>
          <AxisLabels layout={layout} labels={shown.map((one) => one.label)} />
        </g>
      </svg>
    </div>
  );
}
