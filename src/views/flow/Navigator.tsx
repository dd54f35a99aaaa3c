/** Where one is: the stage in its network, and the window in the drawing; where nothing is hidden, how to move. */
import type { Diagram } from '../../diagram/diagram';
import type { Network } from '../../network/network';
import { MiniMap } from './MiniMap';
import classes from './navigator.module.css';
import { StageStrip } from './StageStrip';
import type { Viewport } from './Viewport';

interface Props {
  readonly viewport: Viewport;
  /** At zoom 1. */
  readonly diagram: Diagram | null;
  /** Whether a part of the drawing is out of view. */
  readonly cropped: boolean;
  readonly network: Network | null;
  readonly name: string;
  readonly stage: 'all' | number;
  readonly onStage: (stage: 'all' | number) => void;
}

export function Navigator({ viewport, diagram, cropped, network, name, stage, onStage }: Props) {
  return (
    <div className={classes.navigator}>
      {network && stage !== 'all' && <StageStrip {...{ network, name, stage, onStage }} />}
      {diagram && cropped && <MiniMap {...{ viewport, diagram }} />}
      <span className={classes.hint}>
        {stage === 'all'
          ? 'Click a stage, or zoom into it, to see it in full.'
          : cropped
            ? 'Drag to move; 0 shows the drawing as it fits.'
            : 'Zoom by pinch, Ctrl and wheel, double click, + and −. Zooming out, or Backspace, leads to the whole network.'}
      </span>
    </div>
  );
}
