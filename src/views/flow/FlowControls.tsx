/** What is drawn and how large: the choice of stage, folding, zoom, and the whole screen. */
import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconMaximize, IconMinimize, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import classes from './FlowView.module.css';
import type { Viewport } from './Viewport';

/** Which stage is drawn. */
export function StageChoice({
  stages,
  short,
  stage,
  onStage,
}: {
  stages: number;
  short: boolean;
  stage: 'all' | number;
  onStage: (stage: 'all' | number) => void;
}) {
  const data = [
    { value: 'all', label: short ? 'Whole' : 'Whole network' },
    ...Array.from({ length: stages }, (_, i) => ({
      value: String(i + 1),
      label: short ? String(i + 1) : `Stage ${i + 1}`,
    })),
  ];
  return (
    <div className={classes.stages}>
      <SegmentedControl
        size="sm"
        data={data}
        value={String(stage)}
        onChange={(value) => onStage(value === 'all' ? 'all' : Number(value))}
        aria-label="What to draw"
      />
    </div>
  );
}

/** Folds and unfolds long runs of dense layers. */
export function FoldButton({ all, layers, onFold }: { all: boolean; layers: number; onFold: (all: boolean) => void }) {
  return (
    <Button size="xs" variant="default" aria-pressed={all} onClick={() => onFold(!all)}>
      {all ? 'Fold layers' : `Show all ${layers} layers`}
    </Button>
  );
}

const STEP = 1.5;

/** Smaller, larger, and back to what fits. */
export function ZoomButtons({
  viewport,
  zoom,
  range,
  whole,
}: {
  viewport: Viewport;
  zoom: number;
  range: readonly [number, number];
  /** Around a stage is the whole network, and within that are the stages: one step more leads there. */
  whole: boolean;
}) {
  return (
    <ActionIcon.Group>
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Smaller drawing"
        disabled={whole && zoom <= range[0]}
        onClick={() => viewport.zoomStep(1 / STEP)}
      >
        <IconZoomOut size={16} />
      </ActionIcon>
      <Button
        size="xs"
        variant="default"
        px={6}
        miw={58}
        className="tabular"
        aria-label="Drawing as it fits"
        onClick={() => viewport.reset()}
      >
        {Math.round(100 * zoom)} %
      </Button>
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Larger drawing"
        disabled={!whole && zoom >= range[1]}
        onClick={() => viewport.zoomStep(STEP)}
      >
        <IconZoomIn size={16} />
      </ActionIcon>
    </ActionIcon.Group>
  );
}

/** Fills the screen with the flow, for a lecture. */
export function FullButton({ isFull, onToggle }: { isFull: boolean; onToggle: () => void }) {
  const label = isFull ? 'Back to the page' : 'Fill the screen';
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={onToggle}>
        {isFull ? <IconMinimize size={16} /> : <IconMaximize size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
