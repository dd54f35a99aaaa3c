/** The way to a timed run: a button where a picture has been run, else what has to be done first. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconStopwatch } from '@tabler/icons-react';
import { useState } from 'react';
import { SLOTS } from '../../state/labState';
import { scrollToSection } from '../shell/useSections';
import { useLab, useLabActions } from '../useLab';
import classes from './roofline.module.css';
import type { TimedRun } from './useTimedRuns';

interface Props {
  readonly runs: readonly TimedRun[];
  /** Whether it stands in the place of the chart. */
  readonly framed?: boolean;
}

export function TimeStages({ runs, framed = false }: Props) {
  const lab = useLabActions();
  const hasA = useLab((state) => state.slots.a.result !== null);
  const hasB = useLab((state) => state.slots.b.result !== null);
  const [busy, setBusy] = useState(false);
  const ready = SLOTS.filter((slot) => (slot === 'a' ? hasA : hasB));
  const time = async () => {
    setBusy(true);
    // One after the other: two at once would time each other.
    for (const slot of ready) await lab.runAgain(slot, { stageTimes: true });
    setBusy(false);
  };
  return (
    <div className={framed ? classes.empty : undefined}>
      {framed && ready.length === 0 && (
        <Text size="xs" c="dimmed" ta="center" maw={360}>
          What this device reaches is drawn here after a timed run. Give{' '}
          <Anchor component="button" type="button" size="xs" onClick={() => scrollToSection('classify')}>
            Classify
          </Anchor>{' '}
          a picture first; a network without trained weights can be run untrained there. Or give your device’s peaks
          above, and its roof is drawn.
        </Text>
      )}
      {ready.length > 0 && (
        <Group gap="xs" justify={framed ? 'center' : 'start'}>
          <Button
            size="compact-sm"
            variant={framed ? 'light' : 'default'}
            leftSection={<IconStopwatch size={14} />}
            loading={busy}
            onClick={() => void time()}
          >
            {runs.length > 0 ? 'Time each stage again' : 'Time each stage'}
          </Button>
          {runs.length === 0 && (
            <Text size="xs" c="dimmed">
              Runs the picture again and times every stage.
            </Text>
          )}
        </Group>
      )}
    </div>
  );
}
