/** One network's diagram in its frame under its name, or why there is none. */
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { RefObject } from 'react';
import type { Diagram } from '../../diagram/diagram';
import { planesText } from '../../diagram/planes';
import type { Network } from '../../network/network';
import { usePage } from '../../state/page';
import { ActivationSpots } from '../activations/ActivationSpots';
import { DiagramFigure } from './DiagramFigure';
import type { FigureHandle, PartEvents } from './DiagramFigure';
import classes from './FlowView.module.css';
import { Frame } from './Frame';
import { Notation } from './Notation';
import type { Scene } from './scenes';
import type { Play } from './useScenes';
import type { Viewport } from './Viewport';

interface Props {
  readonly handle: RefObject<FigureHandle | null>;
  readonly slot: 'A' | 'B';
  readonly network: Network;
  readonly label: string;
  /** null where the network has no such stage. */
  readonly diagram: Diagram | null;
  /** In place of the diagram in the gradient view. */
  readonly scene: Scene | undefined;
  /** Makes what is in place of the diagram while it is played. */
  readonly play: Play | undefined;
  readonly viewport: Viewport;
  /** Height of the frame, px. */
  readonly height: number;
  /** px on the screen per px of the diagram. */
  readonly unit: number;
  /** The zoom that the diagram is laid out for. */
  readonly zoom: number;
  readonly stage: 'all' | number;
  /** Keys of the lit parts; undefined where nothing is lit anywhere. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly highlight: string | null;
  readonly events: PartEvents;
  readonly onOther: (key: string) => void;
}

/** One network's diagram under its name. */
export function FlowFigure(props: Props) {
  const { handle, slot, network, label, diagram, scene, stage, lit, highlight, events, onOther } = props;
  const { play, viewport, height, unit, zoom } = props;
  // Only this follows the steps: the rest of the view stays as it is while the stage is played.
  const step = usePage((page) => (play ? page.state.step : 0));
  const played = useMemo(
    () => (play && diagram ? play.sceneAt(diagram, play.steps, slot === 'A' ? 'a' : 'b', step) : undefined),
    [diagram, play, slot, step],
  );
  const shown = scene ?? played;
  const drawn = shown?.diagram ?? diagram;
  return (
    <figure className={classes.figure} data-testid={`flow-${slot.toLowerCase()}`}>
      <figcaption className={classes.caption}>
        <b className={classes.letter} data-slot={slot.toLowerCase()}>
          {slot}
        </b>{' '}
        {label}
        {drawn && stage !== 'all' && (
          <span className={classes.planes} data-testid={`planes-${slot.toLowerCase()}`}>
            <Notation text={planesText(network, stage)} />
          </span>
        )}
      </figcaption>
      {drawn ? (
        <Frame {...{ viewport, height, zoom }} drawn={{ width: drawn.width * unit, height: drawn.height * unit }}>
          <DiagramFigure
            ref={handle}
            diagram={drawn}
            looks={shown?.looks}
            name={`Flow of ${slot}, ${label}`}
            {...{ unit, lit, highlight, events, onOther }}
          >
            <ActivationSpots slot={slot === 'A' ? 'a' : 'b'} diagram={drawn} looks={shown?.looks} />
            {shown?.overlay}
          </DiagramFigure>
        </Frame>
      ) : (
        <Text size="sm" p="lg">
          This network has {network.stages.length} stages; there is no stage {stage} to draw.
        </Text>
      )}
    </figure>
  );
}
