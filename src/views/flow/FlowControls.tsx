/** What is drawn and how large: the choice of stage, and the zoom. */
import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import classes from './FlowView.module.css';

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

const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

/** Smaller, larger, and back to what fits. */
export function ZoomButtons({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const smaller = ZOOMS.findLast((step) => step < zoom);
  const larger = ZOOMS.find((step) => step > zoom);
  return (
    <ActionIcon.Group>
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Smaller drawing"
        disabled={smaller === undefined}
        onClick={() => onZoom(smaller ?? zoom)}
      >
        <IconZoomOut size={16} />
      </ActionIcon>
      <Button size="xs" variant="default" className="tabular" aria-label="Drawing as it fits" onClick={() => onZoom(1)}>
        {Math.round(100 * zoom)} %
      </Button>
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Larger drawing"
        disabled={larger === undefined}
        onClick={() => onZoom(larger ?? zoom)}
      >
        <IconZoomIn size={16} />
      </ActionIcon>
    </ActionIcon.Group>
  );
}
