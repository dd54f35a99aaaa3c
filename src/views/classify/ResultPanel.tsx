/** What one network says about the picture: five best classes, how sure it is, and what the answer took. */
import { Alert, Badge, Button, Group, Paper, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconClock, IconFocus2 } from '@tabler/icons-react';
import type { Slot } from '../../inference/protocol';
import { SLOTS } from '../../state/labState';
import type { RankedClass } from '../../state/ranking';
import { formatShare } from '../../analysis/format';
import { duration } from '../format';
import { useLab, useLabActions } from '../useLab';
import { extrasWith, sameClass } from './classes';
import classes from './classify.module.css';
import { lazyPart } from '../lazyPart';

const StageTimes = lazyPart(async () => (await import('./StageTimes')).StageTimes);

interface RowProps {
  readonly entry: RankedClass;
  readonly slot: Slot;
  readonly first: boolean;
  /** Whether this class's activation map lies over the picture. */
  readonly mapped: boolean;
  readonly onMap: () => void;
}

function ClassRow({ entry, slot, first, mapped, onMap }: RowProps) {
  return (
    <UnstyledButton
      className={classes.classRow}
      onClick={onMap}
      aria-pressed={mapped}
      title={mapped ? 'Take the map off the picture' : `Show over the picture where "${entry.name}" was seen`}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap={6} wrap="nowrap" miw={0}>
          <IconFocus2 size={14} opacity={mapped ? 1 : 0.35} aria-hidden />
          <Text
            size={first ? 'lg' : 'sm'}
            fw={first ? 650 : 400}
            truncate
            {...(first ? { 'data-testid': `top1-${slot}`, 'data-probability': entry.probability.toFixed(6) } : {})}
          >
            {entry.name}
          </Text>
        </Group>
        <Text size="sm" className="tabular">
          {formatShare(entry.probability)}
        </Text>
      </Group>
      <Progress
        value={100 * entry.probability}
        size={first ? 'md' : 'xs'}
        color={`var(--lens-${slot})`}
        aria-label={`${entry.name}: ${formatShare(entry.probability)}`}
      />
    </UnstyledButton>
  );
}

function waiting(state: string, weights: string, hasPicture: boolean): string {
  if (state === 'running') return 'Running';
  if (state === 'loading' || state === 'compiling') return hasPicture ? 'Runs as soon as it is loaded' : 'Loading';
  if (state === 'failed') return 'Failed, see its weights above';
  if (weights === 'none') return 'This network has no weights, so it makes no predictions.';
  if (state === 'idle') return 'Its weights are not loaded';
  return hasPicture ? 'Not run on this picture' : 'Waiting for a picture';
}

interface PanelProps {
  readonly slot: Slot;
  /** Whether a class that is chosen here is shown for the other network too. */
  readonly linked: boolean;
}

export function ResultPanel({ slot, linked }: PanelProps) {
  const lab = useLabActions();
  const status = useLab((state) => state.slots[slot]);
  const picture = useLab((state) => state.picture);
  const { result, card, opened } = status;
  const running = status.state === 'running';
  // Most runs are over before anyone could press cancel; a row that flashes by would only move the page.
  const [lasting] = useDebouncedValue(running, 400);
  const known = opened ? null : card;
  const map = result?.run.classActivation?.classIndex;
  // What was asked for before stays, so that a map does not take away the stage times, nor they the map.
  const again = (stageTimes: boolean) => {
    const kept = result ? extrasWith(result, map) : {};
    void lab.runAgain(slot, stageTimes ? { ...kept, stageTimes } : kept);
  };
  /** Lays the class's map over the picture, or takes it off; in the other network the class of the same name. */
  const toggleMap = (entry: RankedClass) => {
    const { slots } = lab.store.getState();
    const isOn = map === entry.index;
    for (const one of linked ? SLOTS : [slot]) {
      const other = slots[one];
      if (!other.result || other.result.pictureId !== picture?.id) continue;
      const index = one === slot ? entry.index : sameClass(other, entry);
      const wanted = isOn ? undefined : index;
      const shown = other.result.run.classActivation?.classIndex;
      if (wanted !== shown) void lab.runAgain(one, extrasWith(other.result, wanted));
    }
  };
  const stale = result !== null && picture !== null && result.pictureId !== picture.id;
  const best = result?.ranked[0];
  return (
    <Paper withBorder p="md" component="article" aria-label={`Answer of network ${slot.toUpperCase()}`}>
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap">
          <Badge circle color={`var(--lens-${slot})`} autoContrast style={{ flexShrink: 0 }}>
            {slot.toUpperCase()}
          </Badge>
          <Text size="xs" c="dimmed" truncate>
            {status.network}
          </Text>
        </Group>
        {running && lasting && (
          <Group gap="xs" wrap="nowrap">
            <Progress value={100} animated size="sm" flex={1} aria-label={`Network ${slot.toUpperCase()} is running`} />
            <Button size="compact-xs" variant="subtle" onClick={() => lab.cancelRun(slot)}>
              Cancel
            </Button>
          </Group>
        )}
        {stale && (
          <Text size="xs" c="dimmed" role="status">
            The answer below is for the picture before.
          </Text>
        )}
        {!result && (
          <Text size="sm" c="dimmed" py="md" aria-live="polite">
            {waiting(status.state, status.weights, picture !== null)}
          </Text>
        )}
        {!result && picture && status.state === 'ready' && (
          <Button size="compact-xs" variant="light" onClick={() => void lab.runAgain(slot, {})}>
            Run it
          </Button>
        )}
        {result && status.weights === 'seeded' && (
          <Alert color="yellow" p="xs" title="Untrained, so no predictions">
            <Text size="xs">Its weights are random. What it took to run is below.</Text>
          </Alert>
        )}
        {result && best && (
          <Stack gap={6} aria-live="polite" opacity={stale ? 0.5 : 1}>
            {!result.standsOut && known && (
              <Alert color="yellow" p="xs" title={`None of its ${known.classes.length} classes stands out`}>
                <Text size="xs">
                  The best guess is below {formatShare(known.calibration.threshold)}. It can only ever name a class that
                  it was trained on.
                </Text>
              </Alert>
            )}
            {result.ranked.slice(0, 5).map((entry, index) => (
              <ClassRow
                key={entry.index}
                entry={entry}
                slot={slot}
                first={index === 0}
                mapped={map === entry.index}
                onMap={() => toggleMap(entry)}
              />
            ))}
          </Stack>
        )}
        {result && (
          <Stack gap={4}>
            <Group gap={6} c="dimmed" wrap="nowrap" align="start">
              <IconClock size={14} style={{ flexShrink: 0, marginTop: 2 }} aria-hidden />
              <Text size="xs" className="tabular">
                Picture {duration(result.run.preprocessMs)}, first run {duration(result.run.firstRunMs)}, this run{' '}
                {duration(result.run.runMs)} on {result.run.backend}
              </Text>
            </Group>
            <Group gap="xs">
              <Button
                size="compact-xs"
                variant="subtle"
                loading={status.state === 'running'}
                onClick={() => again(false)}
              >
                Run again
              </Button>
              <Button
                size="compact-xs"
                variant="subtle"
                disabled={status.state === 'running'}
                onClick={() => again(true)}
              >
                Time each stage
              </Button>
            </Group>
            {result.run.stageTimes && <StageTimes run={result.run} />}
          </Stack>
        )}
      </Stack>
    </Paper>
  );
}
