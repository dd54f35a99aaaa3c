/** One diagram as SVG: draws what diagram/ laid out, lights parts, and lets a person walk from part to part. */
import { memo, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { isLit } from '../../diagram/alignedPair';
import { boxPath, ribbonPath } from '../../diagram/diagram';
import type { Box, Diagram, Label, Part, Ribbon } from '../../diagram/diagram';
import { shapeText } from '../../diagram/notation';
import { cssColour } from '../../diagram/roles';
import classes from './FlowView.module.css';
import { SvgNotation } from './Notation';

/** What happens to parts; the same functions for both diagrams. */
export interface PartEvents {
  readonly enter: (part: Part) => void;
  readonly leave: () => void;
  /** Clicked, or Enter or the space bar. */
  readonly choose: (part: Part) => void;
  readonly clear: () => void;
}

export interface FigureHandle {
  /** Moves the keyboard's focus to the part with this key, or to the current one where there is none. */
  focus(key: string): void;
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

type State = 'lit' | 'dim' | undefined;

const RibbonShape = memo(function RibbonShape({ ribbon, state }: { ribbon: Ribbon; state: State }) {
  return (
    <path
      d={ribbonPath(ribbon)}
      className={classes.ribbon}
      style={{ fill: cssColour(ribbon.colour) }}
      data-state={state}
    />
  );
});

const BoxShape = memo(function BoxShape({ box, state }: { box: Box; state: State }) {
  // As the text colour, so that the stylesheet can mix it by kind.
  const colour = { color: cssColour(box.colour) };
  return <path d={boxPath(box)} className={classes.box} data-kind={box.kind} data-state={state} style={colour} />;
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

interface FigureProps {
  readonly ref: Ref<FigureHandle>;
  readonly diagram: Diagram;
  readonly name: string;
  /** Keys of lit parts; undefined where nothing is lit and all is drawn alike. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly highlight: string | null;
  readonly events: PartEvents;
  /** Goes to the same part of the other diagram. */
  readonly onOther: (key: string) => void;
}

export function DiagramFigure({ ref, diagram, name, lit, highlight, events, onOther }: FigureProps) {
  const svg = useRef<SVGSVGElement>(null);
  const drawn = useMemo(() => group(diagram), [diagram]);
  const stops = useMemo(() => diagram.parts.filter((part) => part.stop), [diagram]);
  const [chosen, setChosen] = useState('');
  const current = stops.find((part) => part.key === chosen) ?? stops[0];

  const focus = (part: Part | undefined) => {
    if (!part) return;
    setChosen(part.key);
    svg.current?.querySelector<SVGGElement>(`[data-part="${CSS.escape(part.key)}"]`)?.focus();
  };
  useImperativeHandle(ref, () => ({ focus: (key) => focus(stops.find((part) => part.key === key) ?? current) }));

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
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  };
  const state = (item: { part: string; role?: Ribbon['role'] }): State => {
    if (!lit) return undefined;
    const on = item.role ? isLit({ part: item.part, role: item.role }, lit, highlight) : lit.has(item.part);
    return on ? 'lit' : 'dim';
  };

  return (
    <svg
      ref={svg}
      className={classes.diagram}
      width={diagram.width}
      height={diagram.height}
      viewBox={`0 0 ${diagram.width} ${diagram.height}`}
      role="group"
      aria-label={name}
      onKeyDown={onKeyDown}
    >
      {drawn.map(({ part, ribbons, boxes }) => (
        <g
          key={part.key}
          className={classes.part}
          data-part={part.key}
          {...(part.stop
            ? {
                role: 'button',
                tabIndex: part === current ? 0 : -1,
                'aria-label': `${plain(part.name)}, ${shapeText(part.shape)}: ${plain(part.text)}`,
                onFocus: () => {
                  setChosen(part.key);
                  events.enter(part);
                },
                onBlur: events.leave,
              }
            : { 'aria-hidden': true })}
          onPointerEnter={() => events.enter(part)}
          onPointerLeave={events.leave}
          onClick={() => events.choose(part)}
        >
          {boxes.filter(isArea).map((box) => (
            <BoxShape key={box.id} box={box} state={state({ part: box.part })} />
          ))}
          {ribbons.map((ribbon) => (
            <RibbonShape key={ribbon.id} ribbon={ribbon} state={state(ribbon)} />
          ))}
          {boxes.filter(isDrawn).map((box) => (
            <BoxShape key={box.id} box={box} state={state(box)} />
          ))}
        </g>
      ))}
      <g aria-hidden="true">
        {diagram.labels.map((label) => (
          <Text key={label.id} label={label} state={state(label) === 'lit' ? 'lit' : undefined} />
        ))}
      </g>
    </svg>
  );
}
