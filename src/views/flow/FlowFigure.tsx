/** One network's diagram under its name, or why there is none. */
import { Text } from '@mantine/core';
import type { RefObject } from 'react';
import type { Diagram } from '../../diagram/diagram';
import type { Network } from '../../network/network';
import { DiagramFigure } from './DiagramFigure';
import type { FigureHandle, PartEvents } from './DiagramFigure';
import classes from './FlowView.module.css';

interface Props {
  readonly handle: RefObject<FigureHandle | null>;
  readonly slot: 'A' | 'B';
  readonly network: Network;
  readonly label: string;
  /** null where the network has no such stage. */
  readonly diagram: Diagram | null;
  readonly stage: 'all' | number;
  /** Keys of the lit parts; undefined where nothing is lit anywhere. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly highlight: string | null;
  readonly events: PartEvents;
  readonly onOther: (key: string) => void;
}

/** One network's diagram under its name. */
export function FlowFigure({ handle, slot, network, label, diagram, stage, lit, highlight, events, onOther }: Props) {
  return (
    <figure className={classes.figure} data-testid={`flow-${slot.toLowerCase()}`}>
      <figcaption className={classes.caption}>
        <b className={classes.letter} data-slot={slot.toLowerCase()}>
          {slot}
        </b>{' '}
        {label}
      </figcaption>
      {diagram ? (
        <DiagramFigure
          ref={handle}
          diagram={diagram}
          name={`Flow of ${slot}, ${label}`}
          lit={lit}
          highlight={highlight}
          events={events}
          onOther={onOther}
        />
      ) : (
        <Text size="sm" p="lg">
          This network has {network.stages.length} stages; there is no stage {stage} to draw.
        </Text>
      )}
    </figure>
  );
}
