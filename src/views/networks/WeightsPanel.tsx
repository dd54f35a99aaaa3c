/** What a network's weights are, where they come from and how far loading is; and what can be done without any. */
import { Alert, Anchor, Badge, Button, FileButton, Group, List, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconFileUpload, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { LoadProgress, Slot } from '../../inference/protocol';
import { isSmall } from '../../network/spec';
import type { NetworkSpec } from '../../network/spec';
import { parseNetwork } from '../../network/text';
import type { SlotStatus } from '../../state/labState';
import type { ModelCard } from '../../weights/card';
import { formatBytes, formatShare } from '../../analysis/format';
import { scrollToSection } from '../shell/useSections';
import { ExecutorLine } from './ExecutorLine';
import { useLab, useLabActions } from '../useLab';
import { readClassNames } from '../../weights/classNames';

interface Props {
  readonly slot: Slot;
  readonly spec: NetworkSpec;
  readonly onChange: (spec: NetworkSpec) => void;
}

const STATE_TEXT: Record<SlotStatus['state'], string> = {
  idle: 'no weights',
  loading: 'loading',
  compiling: 'compiling',
  ready: 'ready',
  running: 'running',
  failed: 'failed',
};

const STATE_COLOUR: Record<SlotStatus['state'], string> = {
  idle: 'gray',
  loading: 'blue',
  compiling: 'blue',
  ready: 'green',
  running: 'blue',
  failed: 'red',
};

function ProgressLine({ progress }: { readonly progress: LoadProgress | null }) {
  const share = progress && progress.total > 0 ? (100 * progress.done) / progress.total : null;
  const text = !progress
    ? 'Starting the backend'
    : progress.phase === 'fetch'
      ? `Fetching weights, ${formatBytes(progress.done)}${progress.total ? ` of ${formatBytes(progress.total)}` : ''}`
      : progress.phase === 'build'
        ? 'Building the network'
        : 'Compiling its kernels';
  return (
    <Stack gap={4}>
      <Text size="xs">{text}</Text>
      <Progress value={share ?? 100} animated={share === null} size="sm" aria-label={text} />
    </Stack>
  );
}

/** The trained network nearest to a spec: the small one of the same fusion. */
function wayBack(spec: NetworkSpec, cards: readonly ModelCard[]): ModelCard | undefined {
  return cards.find((card) => parseNetwork(card.network).fusion === spec.fusion);
}

function CardLine({ card }: { readonly card: ModelCard }) {
  const { overall } = card.accuracy;
  return (
    <Text size="xs">
      Trained by this project on {card.dataset.name} ({card.classes.length} classes): {formatShare(overall.top1)} of{' '}
      {overall.count} test photos right, 95 % interval {formatShare(overall.interval[0])} to{' '}
      {formatShare(overall.interval[1])}. Licence {card.licence};{' '}
      <Anchor component="button" type="button" size="xs" onClick={() => scrollToSection('explain')}>
        data and credits
      </Anchor>
      .
    </Text>
  );
}

function NoWeights({ slot, spec, onChange }: Props) {
  const lab = useLabActions();
  const cards = useLab((state) => state.cards);
  const back = wayBack(spec, cards);
  return (
    <Stack gap={6}>
      <Text size="xs">
        {isSmall(spec)
          ? 'With this knob moved the trained weights no longer fit. Flow and cost are exact; there are no predictions.'
          : 'There are no trained weights for this network. Flow and cost are exact; there are no predictions.'}
      </Text>
      <Group gap="xs">
        {back && (
          <Button size="compact-xs" variant="light" onClick={() => onChange(parseNetwork(back.network))}>
            Back to the trained network
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlayerPlay size={12} />}
          onClick={() => lab.useSeeded(slot)}
        >
          Run it untrained, for timing
        </Button>
      </Group>
    </Stack>
  );
}

export function WeightsPanel({ slot, spec, onChange }: Props) {
  const lab = useLabActions();
  const status = useLab((state) => state.slots[slot]);
  const [classProblem, setClassProblem] = useState('');
  const { state, opened, card, problem, weights } = status;
  // Cleared after each use: the same file, written anew, can be opened again.
  const resetWeights = useRef<() => void>(null);
  const resetNames = useRef<() => void>(null);
  const open = (file: File) => {
    setClassProblem('');
    lab.openWeights(slot, { file, name: file.name, classNames: null });
  };
  const forget = () => {
    setClassProblem('');
    lab.forgetWeights(slot);
  };
  const busy = state === 'loading' || state === 'compiling';
  const addClassNames = async (file: File | null) => {
    if (!file || !opened) return;
    try {
      const classNames = readClassNames(await file.text(), spec.classes);
      setClassProblem('');
      lab.openWeights(slot, { ...opened, classNames });
    } catch (error) {
      setClassProblem(`${file.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <Stack gap="xs">
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Text size="sm" fw={600}>
            Weights
          </Text>
          <Badge
            variant="dot"
            color={STATE_COLOUR[state]}
            data-testid={`state-${slot}`}
            data-state={state}
            role="status"
          >
            {STATE_TEXT[state]}
          </Badge>
          {weights === 'seeded' && (
            <Badge variant="outline" color="yellow">
              untrained
            </Badge>
          )}
        </Group>
        <FileButton
          accept=".safetensors"
          resetRef={resetWeights}
          onChange={(file) => {
            if (file) open(file);
            resetWeights.current?.();
          }}
          inputProps={{ 'aria-label': `Weights file for network ${slot.toUpperCase()}` }}
        >
          {(props) => (
            <Button {...props} size="compact-xs" variant="default" leftSection={<IconFileUpload size={14} />}>
              Open .safetensors
            </Button>
          )}
        </FileButton>
      </Group>
      {busy && (
        <Group gap="xs" align="end" wrap="nowrap">
          <div style={{ flex: 1 }}>
            <ProgressLine progress={status.progress} />
          </div>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconX size={12} />}
            onClick={() => lab.cancelLoad(slot)}
          >
            Cancel
          </Button>
        </Group>
      )}
      {problem && (
        <Alert color="red" p="xs" icon={<IconAlertTriangle size={16} />} title={problem.message} data-testid="error">
          {problem.details.length > 0 && (
            <List size="xs" mah={140} style={{ overflowY: 'auto' }} mb="xs">
              {problem.details.slice(0, 200).map((detail) => (
                <List.Item key={detail}>{detail}</List.Item>
              ))}
            </List>
          )}
          <Group gap="xs">
            <Button size="compact-xs" leftSection={<IconRefresh size={12} />} onClick={() => void lab.retry(slot)}>
              Try again
            </Button>
            {opened && (
              <Button size="compact-xs" variant="default" onClick={forget}>
                Forget {opened.name}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      {opened ? (
        <Stack gap={4}>
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            Your file {opened.name}; it stays in this browser.{' '}
            {opened.classNames ? `${opened.classNames.length} class names.` : 'Classes are shown by number.'}
          </Text>
          <Group gap="xs">
            <FileButton
              accept=".txt,.json,.csv"
              resetRef={resetNames}
              onChange={(file) => {
                void addClassNames(file);
                resetNames.current?.();
              }}
            >
              {(props) => (
                <Button {...props} size="compact-xs" variant="subtle">
                  Add class names
                </Button>
              )}
            </FileButton>
            <Button size="compact-xs" variant="subtle" onClick={forget}>
              Close it
            </Button>
          </Group>
          {classProblem && (
            <Text size="xs" c="red" role="alert">
              {classProblem}
            </Text>
          )}
        </Stack>
      ) : card ? (
        <CardLine card={card} />
      ) : weights === 'seeded' ? (
        <Text size="xs">
          Random weights from a fixed seed: good for timing and for looking at shapes. Untrained, so it predicts
          nothing.
        </Text>
      ) : (
        <NoWeights slot={slot} spec={spec} onChange={onChange} />
      )}
      <ExecutorLine slot={slot} />
      {state === 'idle' && weights !== 'none' && !problem && (
        <Button size="compact-xs" variant="light" onClick={() => void lab.retry(slot)}>
          Load the weights
        </Button>
      )}
    </Stack>
  );
}
