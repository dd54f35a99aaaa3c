/** One diagram as SVG: draws what diagram/ laid out, lights parts, and lets a person walk from part to part. */
import { memo, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent, ReactNode, Ref } from 'react';
import { isLit } from '../../diagram/alignedPair';
import { boxPath, partBounds, ribbonPath } from '../../diagram/diagram';
import type { Bounds, Box, Diagram, ItemLook, Label, Looks, Part, Ribbon } from '../../diagram/diagram';
import { shapeText } from '../../diagram/notation';
import { cssColour } from '../../diagram/roles';
import classes from './FlowView.module.css';
import { SvgNotation } from './Notation';

/** What happens to parts; the same functions for both diagrams. */
export interface PartEvents {
  readonly enter: (part: Part) => void;
  readonly leave: () => void;
  /** Reached with the keyboard. */
  readonly reveal: (part: Part, bounds: Bounds) => void;
  /** Clicked, or Enter or the space bar. */
  readonly choose: (part: Part) => void;
  readonly clear: () => void;
}

export interface FigureHandle {
  /** Moves the keyboard's focus to the part with this key, or to the current one where there is none. */
  focus(key: string): void;
  /** Whether one of its parts has it, by the keyboard. */
  hasFocus(): boolean;
}

interface Drawn {
  readonly part: Part;
  readonly ribbons: readonly Ribbon[];
  readonly boxes: readonly Box[];
}

function group(diagram: Diagram): readonly Drawn[] {
  const byPart = new Map(
    diagram.parts.map((part) => [part.key, { part, ribbons: [] as Ribbon[], boxes: [] as Box[] }]),
  );
  for (const ribbon of diagram.ribbons) byPart.get(ribbon.part)?.ribbons.push(ribbon);
  for (const box of diagram.boxes) byPart.get(box.part)?.boxes.push(box);
  return [...byPart.values()];
}

const isArea = (box: Box) => box.kind === 'area';
const isDrawn = (box: Box) => box.kind !== 'area';
/** For labels read aloud: without the mark of a subscript. */
const plain = (text: string) => text.replaceAll('_', ' ');

/** What is not lit while something is gets dim by the stylesheet, all of it at once. */
type State = 'lit' | undefined;

/** Id of the lines that lie over hatched ribbons. */
const HATCH = 'flow-hatch';

interface RibbonProps {
  readonly ribbon: Ribbon;
  readonly state: State;
  readonly look: ItemLook | undefined;
}

const RibbonShape = memo(function RibbonShape({ ribbon, state, look }: RibbonProps) {
  const d = ribbonPath(ribbon);
  const style = { fill: cssColour(look?.colour ?? ribbon.colour), opacity: look?.opacity };
  return (
    <>
      <path d={d} className={classes.ribbon} style={style} data-state={state} />
      {look?.hatched && (
        <path
          d={d}
          className={classes.lines}
          fill={`url(#${HATCH})`}
          style={{ opacity: look.opacity }}
          data-state={state}
        />
      )}
    </>
  );
});

const BoxShape = memo(function BoxShape({ box, state, look }: { box: Box; state: State; look: ItemLook | undefined }) {
  // As the text colour, so that the stylesheet can mix it by kind.
  const style = { color: cssColour(look?.colour ?? box.colour), opacity: look?.opacity };
  return <path d={boxPath(box)} className={classes.box} data-kind={box.kind} data-state={state} style={style} />;
});

const Text = memo(function Text({ label, state }: { label: Label; state: State }) {
  const { x, y, anchor, size, bold } = label;
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor}
      fontSize={size}
      fontWeight={bold ? 650 : 400}
      className={classes.label}
      data-state={state}
    >
      <SvgNotation text={label.text} size={size} />
    </text>
  );
});

/** What happens to a part; `focus` says whether the focus is to be seen. */
interface Handlers extends Pick<PartEvents, 'enter' | 'leave' | 'choose'> {
  readonly focus: (part: Part, isVisible: boolean) => void;
}

interface GroupProps {
  readonly drawn: Drawn;
  /** Whether Tab leads to it. */
  readonly isCurrent: boolean;
  readonly lit: ReadonlySet<string> | undefined;
  readonly highlight: string | null;
  readonly looks: Looks | undefined;
  readonly handlers: Handlers;
}

/** What of a group is lit, as one word that is compared: all of it, the items of one role, or nothing. */
function litOf({ drawn, lit, highlight }: GroupProps): string {
  if (!lit) return '';
  const all = lit.has(drawn.part.key) ? 'all' : '';
  const hasRole = [...drawn.ribbons, ...drawn.boxes].some(({ role }) => role === highlight);
  return hasRole ? `${all} ${highlight ?? ''}` : all;
}

/** Looks are made anew with every step that is played: what counts is whether those of this part are other ones. */
function looksAlike(before: GroupProps, after: GroupProps): boolean {
  const { drawn, looks } = after;
  return (
    before.drawn === drawn &&
    before.isCurrent === after.isCurrent &&
    litOf(before) === litOf(after) &&
    before.handlers === after.handlers &&
    (before.looks === looks ||
      [...drawn.ribbons, ...drawn.boxes].every(({ id }) => before.looks?.get(id) === looks?.get(id)))
  );
}

const PartGroup = memo(function PartGroup({ drawn, isCurrent, lit, highlight, looks, handlers }: GroupProps) {
  const { part, ribbons, boxes } = drawn;
  const state = (item: Ribbon | Box): State => (lit && isLit(item, lit, highlight) ? 'lit' : undefined);
  return (
    <g
      className={classes.part}
      data-part={part.key}
      {...(part.stop
        ? {
            role: 'button',
            tabIndex: isCurrent ? 0 : -1,
            'aria-label': `${plain(part.name)}, ${shapeText(part.shape)}: ${plain(part.text)}`,
            onFocus: (event: FocusEvent<SVGGElement>) =>
              handlers.focus(part, event.currentTarget.matches(':focus-visible')),
            onBlur: handlers.leave,
          }
        : { 'aria-hidden': true })}
      onPointerEnter={() => handlers.enter(part)}
      onPointerLeave={handlers.leave}
      onClick={(event) => event.detail < 2 && handlers.choose(part)}
    >
      {boxes.filter(isArea).map((box) => (
        <BoxShape key={box.id} box={box} state={lit?.has(box.part) ? 'lit' : undefined} look={undefined} />
      ))}
      {ribbons.map((ribbon) => (
        <RibbonShape key={ribbon.id} ribbon={ribbon} state={state(ribbon)} look={looks?.get(ribbon.id)} />
      ))}
      {boxes.filter(isDrawn).map((box) => (
        <BoxShape key={box.id} box={box} state={state(box)} look={looks?.get(box.id)} />
      ))}
    </g>
  );
}, looksAlike);

const Labels = memo(function Labels(props: { labels: readonly Label[]; lit: ReadonlySet<string> | undefined }) {
  return (
    <g aria-hidden="true">
      {props.labels.map((label) => (
        <Text key={label.id} label={label} state={props.lit?.has(label.part) ? 'lit' : undefined} />
      ))}
    </g>
  );
});

interface FigureProps {
  readonly ref: Ref<FigureHandle>;
  readonly diagram: Diagram;
  readonly name: string;
  /** px on the screen per px of the diagram. */
  readonly unit: number;
  /** Keys of lit parts; undefined where nothing is lit and all is drawn alike. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly highlight: string | null;
  readonly looks?: Looks | undefined;
  /** Drawn above ribbons and boxes and below the labels, in the diagram's coordinates. */
  readonly children?: ReactNode;
  readonly events: PartEvents;
  /** Goes to the same part of the other diagram. */
  readonly onOther: (key: string) => void;
}

export function DiagramFigure(props: FigureProps) {
  const { ref, diagram, name, unit, lit, highlight, looks, children, events, onOther } = props;
  const svg = useRef<SVGSVGElement>(null);
  const drawn = useMemo(() => group(diagram), [diagram]);
  const stops = useMemo(() => diagram.parts.filter((part) => part.stop), [diagram]);
  const [chosen, setChosen] = useState('');
  const current = stops.find((part) => part.key === chosen) ?? stops[0];

  const focus = (part: Part | undefined) => {
    if (!part) return;
    setChosen(part.key);
    svg.current
      ?.querySelector<SVGGElement>(`[data-part="${CSS.escape(part.key)}"]`)
      ?.focus({ preventScroll: true, focusVisible: true });
  };
  useImperativeHandle(ref, () => ({
    focus: (key) => focus(stops.find((part) => part.key === key) ?? current),
    hasFocus: () => svg.current?.querySelector(':focus-visible') !== null,
  }));

  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    const at = current ? stops.indexOf(current) : 0;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => focus(stops[at + 1]),
      ArrowLeft: () => focus(stops[at - 1]),
      Home: () => focus(stops[0]),
      End: () => focus(stops.at(-1)),
      ArrowDown: () => current && onOther(current.key),
      ArrowUp: () => current && onOther(current.key),
      Enter: () => current && events.choose(current),
      ' ': () => current && events.choose(current),
      Escape: events.clear,
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    move();
  };
  const latest = useRef({ diagram, events });
  useEffect(() => {
    latest.current = { diagram, events };
  });
  // Always the same, so that parts whose look has not changed are not drawn again.
  const [handlers] = useState<Handlers>(() => ({
    enter: (part) => latest.current.events.enter(part),
    leave: () => latest.current.events.leave(),
    choose: (part) => latest.current.events.choose(part),
    focus: (part, isVisible) => {
      const { diagram: of, events: to } = latest.current;
      setChosen(part.key);
      to.enter(part);
      // A click has it under the pointer already.
      if (isVisible) to.reveal(part, partBounds(of, part.key));
    },
  }));

  return (
    <svg
      ref={svg}
      className={classes.diagram}
      data-lit={lit !== undefined}
      width={diagram.width * unit}
      height={diagram.height * unit}
      viewBox={`0 0 ${diagram.width} ${diagram.height}`}
      role="group"
      aria-label={name}
      onKeyDown={onKeyDown}
    >
      <defs>
        <pattern id={HATCH} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line y2={5} className={classes.hatch} />
        </pattern>
      </defs>
      {drawn.map((one) => (
        <PartGroup
          key={one.part.key}
          {...{ lit, highlight, looks, handlers }}
          drawn={one}
          isCurrent={one.part === current}
        />
      ))}
      {children}
      <Labels labels={diagram.labels} lit={lit} />
    </svg>
  );
}
