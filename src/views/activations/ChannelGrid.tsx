/**
 * Channels as a grid of maps, of which only the rows in view are there: a thousand channels cost no more than a screen
 * full. The arrow keys move in it; one cell at a time is a stop for the Tab key.
 */
import { useElementSize } from '@mantine/hooks';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { originOfChannel } from '../../diagram/channelOrigins';
import { usePage } from '../../state/page';
import classes from './activations.module.css';
import { CELL_WIDTH, ChannelRow, ROW_HEIGHT } from './ChannelRow';
import type { RowProps } from './ChannelRow';
import { cellAfter, rowsSeen, scrollTo } from './rowWindow';

/** Rows that are seen at once, at most. */
const ROWS = 5;
/** px left and right of the cells. */
const EDGE = 4;
/** The pointer or the focus is meant to be where it is after so long, ms. */
const REST = 60;
const NONE: RowProps['lit'] = [];

interface Props extends Pick<RowProps, 'origins' | 'channels' | 'maps' | 'numbers' | 'range' | 'named'> {
  readonly label: string;
  /** A channel to scroll to. */
  readonly goal: { readonly channel: number } | null;
  /** The channel that is focused or pointed at, or none. */
  readonly onFocus: (channel: number | null) => void;
}

const placeOf = (target: EventTarget) => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  return cell === null ? undefined : Number(cell.dataset['place']);
};

export function ChannelGrid(props: Props) {
  const { label, goal, onFocus, origins, channels, maps, numbers, range, named } = props;
  const { ref: sized, width } = useElementSize<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  /** Whole rows that are scrolled away: between two of them nothing has to be drawn. */
  const [above, setAbove] = useState(0);
  const [current, setCurrent] = useState(0);
  const toFocus = useRef(false);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hover = usePage((page) => page.hover);
  const point = usePage((page) => page.point);

  // Room for the scroll bar too, where it takes some.
  const columns = Math.max(1, Math.floor((width - 2 * EDGE - 14) / CELL_WIDTH));
  const rows = Math.ceil(channels.length / columns);
  const height = ROW_HEIGHT * Math.min(rows, ROWS);
  const { first, last } = rowsSeen(above * ROW_HEIGHT, height + ROW_HEIGHT, ROW_HEIGHT, rows);
  const isDrawn = current >= first * columns && current < last * columns;
  const stop = isDrawn ? current : first * columns;
  const lit = useMemo(() => {
    const found = hover === null ? NONE : origins.filter(({ node, role }) => node === hover || role === hover);
    return found.length === 0 ? NONE : found;
  }, [hover, origins]);

  const show = (place: number) => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = scrollTo(Math.floor(place / columns), element.scrollTop, height, ROW_HEIGHT);
    setAbove(Math.floor(element.scrollTop / ROW_HEIGHT));
    setCurrent(place);
  };
  useLayoutEffect(() => {
    if (!toFocus.current) return;
    toFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-place="${current}"]`)?.focus({ preventScroll: true });
  }, [current, above]);
  const place = goal ? channels.indexOf(goal.channel) : -1;
  const showGoal = useRef(show);
  useEffect(() => {
    showGoal.current = show;
  });
  useEffect(() => {
    if (goal && place >= 0) showGoal.current(place);
  }, [goal, place]);

  const onKeyDown = (event: KeyboardEvent) => {
    const from = placeOf(event.target);
    if (from === undefined || event.altKey || event.metaKey) return;
    const grid = { columns, cells: channels.length, pageRows: ROWS - 1 };
    const to = cellAfter(event.key, from, grid, event.ctrlKey);
    if (to === undefined) return;
    event.preventDefault();
    toFocus.current = true;
    show(to);
  };
  /** Says, and lights up everywhere, where the cell under the pointer or the focus comes from. */
  const attend = (target: EventTarget | null) => {
    const at = target === null ? undefined : placeOf(target);
    const channel = at === undefined ? undefined : channels[at];
    const origin = channel === undefined ? undefined : originOfChannel(origins, channel);
    // Scrolling passes many cells under the pointer, and pointing draws all of the flow again.
    clearTimeout(rest.current);
    rest.current = setTimeout(() => {
      onFocus(channel ?? null);
      point(origin?.node ?? null);
    }, REST);
  };
  useEffect(() => () => clearTimeout(rest.current), []);

  return (
    <div ref={sized}>
      <div
        ref={scroller}
        className={classes.grid}
        style={{ height: height + 2, padding: `0 ${EDGE}px` }}
        role="grid"
        aria-label={label}
        aria-rowcount={rows}
        aria-colcount={columns}
        onScroll={(event) => setAbove(Math.floor(event.currentTarget.scrollTop / ROW_HEIGHT))}
        onKeyDown={onKeyDown}
        onPointerOver={(event) => {
          attend(event.target);
          // Only where it may be seen: a thousand of them would be read into the page for nothing.
          const cell = event.target;
          if (cell instanceof HTMLElement && cell.ariaLabel && placeOf(cell) !== undefined) cell.title = cell.ariaLabel;
        }}
        onPointerLeave={() => attend(null)}
        onFocus={(event) => {
          setCurrent(placeOf(event.target) ?? 0);
          attend(event.target);
        }}
        onBlur={() => attend(null)}
      >
        <div role="presentation" className={classes.rows} style={{ height: rows * ROW_HEIGHT }}>
          {width > 0 &&
            Array.from({ length: last - first }, (_, i) => first + i).map((row) => (
              <ChannelRow
                key={row}
                {...{ row, columns, lit, origins, channels, maps, numbers, range, named }}
                stop={Math.floor(stop / columns) === row ? stop : undefined}
              />
            ))}
        </div>
      </div>
    </div>
  );
}
