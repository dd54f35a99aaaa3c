/** The whole network as a small strip above a stage: the present stage is marked, and the others are one click away. */
import { useMemo } from 'react';
import { networkDiagram } from '../../diagram/networkDiagram';
import { stageFacts, tallest } from '../../diagram/stageFacts';
import { thumbnail } from '../../diagram/thumbnail';
import type { Network } from '../../network/network';
import classes from './navigator.module.css';
import { ThumbnailPaths } from './Thumbnail';

/** px; the numbers stand below the drawing. */
const WIDTH = 300;
const HEIGHT = 44;
const NUMBERS = 13;
const ROOM = 3;

interface Props {
  readonly network: Network;
  readonly name: string;
  readonly stage: number;
  readonly onStage: (stage: number) => void;
}

export function StageStrip({ network, name, stage, onStage }: Props) {
  const { diagram, small } = useMemo(() => {
    const most = Math.max(...network.stages.map(({ index }) => tallest(stageFacts(network, index))));
    const drawn = networkDiagram(network, { width: WIDTH, scale: (HEIGHT - NUMBERS - 2 * ROOM) / most });
    return { diagram: drawn, small: thumbnail(drawn) };
  }, [network]);
  const areas = network.stages.map(({ name: part }) => diagram.boxes.find((b) => b.kind === 'area' && b.part === part));
  return (
    <nav className={classes.strip} aria-label={`Stages of ${name}`} style={{ height: HEIGHT, width: WIDTH }}>
      <svg
        viewBox={`0 ${small.top - ROOM} ${diagram.width} ${small.bottom - small.top + 2 * ROOM}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        style={{ height: HEIGHT - NUMBERS }}
      >
        <ThumbnailPaths of={small} />
      </svg>
      {areas.map((area, i) => (
        <button
          key={i}
          type="button"
          className={classes.stage}
          aria-label={`Go to stage ${i + 1} of ${areas.length}`}
          aria-current={stage === i + 1 ? 'true' : undefined}
          style={{
            left: `${(100 * (area?.x0 ?? 0)) / diagram.width}%`,
            width: `${(100 * ((area?.x1 ?? 0) - (area?.x0 ?? 0))) / diagram.width}%`,
          }}
          onClick={() => onStage(i + 1)}
        >
          {i + 1}
        </button>
      ))}
    </nav>
  );
}
