/**
 * On one drawing, the mean activation of the present picture on every part that has room for it: drawn into the
 * diagram's SVG. Where they stand is diagram/activationSpots.ts; what they show was read by state/activations.ts.
 */
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { spotsOf } from '../../diagram/activationSpots';
import type { Diagram, Looks } from '../../diagram/diagram';
import { cssColour } from '../../diagram/roles';
import type { NodeSummary, Slot } from '../../inference/protocol';
import { usePage } from '../../state/page';
import classes from './activations.module.css';
import { meanImage } from './meanImage';
import { askForChannels } from './reach';
import { numbersOfAll, numbersText } from './words';

interface Props {
  readonly slot: Slot;
  readonly diagram: Diagram;
  readonly looks: Looks | undefined;
  readonly summaries: ReadonlyMap<string, NodeSummary>;
}

/** One stop for the Tab key; the arrow keys go from one to the next. */
export function Spots({ slot, diagram, looks, summaries }: Props) {
  const shown = spotsOf(diagram).flatMap((spot) => {
    const summary = summaries.get(spot.node);
    return summary ? [{ spot, summary }] : [];
  });
  const change = usePage((page) => page.change);
  const point = usePage((page) => page.point);
  const hover = usePage((page) => page.hover);
  const [chosen, setChosen] = useState('');
  const current = shown.find(({ spot }) => spot.part === chosen) ?? shown[0];
  const open = (node: string) => {
    // Channels that are open already stay where they are: one goes on choosing in the drawing.
    if (usePage.getState().state.maps === 'off') askForChannels();
    change({ select: node, maps: 'on' });
  };

  const onKeyDown = (event: KeyboardEvent<SVGGElement>) => {
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = shown.indexOf(current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[event.key];
    const isChoice = event.key === 'Enter' || event.key === ' ';
    if (to === undefined && !isChoice) return;
    event.preventDefault();
    event.stopPropagation();
    if (isChoice) {
      open(current.spot.node);
      return;
    }
    const next = to === undefined ? undefined : shown[to]?.spot;
    if (!next) return;
    setChosen(next.part);
    event.currentTarget.querySelector<SVGGElement>(`[data-spot="${CSS.escape(next.part)}"]`)?.focus();
  };

  return (
    <g role="group" aria-label={`Mean activations of ${slot.toUpperCase()}`} onKeyDown={onKeyDown}>
      {shown.map(({ spot, summary }) => {
        const name = (diagram.parts.find(({ key }) => key === spot.part)?.name ?? spot.node).replaceAll('_', ' ');
        const text = `${name}, mean over ${summary.shape[0]} channels: ${numbersText(numbersOfAll(summary.numbers))}`;
        return (
          <g
            key={spot.part}
            className={classes.spot}
            data-spot={spot.part}
            data-lit={hover === spot.node}
            role="button"
            tabIndex={spot.part === current?.spot.part ? 0 : -1}
            aria-label={`${text}. Show its channels`}
            opacity={looks?.get(spot.item)?.opacity}
            onPointerEnter={() => point(spot.node)}
            onPointerLeave={() => point(null)}
            onFocus={() => {
              setChosen(spot.part);
              point(spot.node);
            }}
            onBlur={() => point(null)}
            onClick={() => open(spot.node)}
          >
            <title>{text}</title>
            <image
              href={meanImage(summary.mean, spot.colour)}
              x={spot.x}
              y={spot.y}
              width={spot.side}
              height={spot.side}
              preserveAspectRatio="none"
            />
            <rect
              x={spot.x}
              y={spot.y}
              width={spot.side}
              height={spot.side}
              rx={1}
              style={{ stroke: cssColour(spot.colour) }}
            />
          </g>
        );
      })}
    </g>
  );
}
