/** One of the two networks: its knobs, its size next to plain DenseNet, and the state of its weights. */
import { Badge, Button, Code, Group, Paper, Stack, Switch, Title } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { memo, useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import type { Slot } from '../../inference/protocol';
import type { NetworkSpec } from '../../network/spec';
import { formatNetwork } from '../../network/text';
import { depthPlace } from '../../state/knobs';
import { usePage } from '../../state/page';
import { NearScreen, usePageHere } from '../nearScreen';
import { DefinitionKnob, DepthKnob, FusionKnob, GammaKnob, GrowthKnob, PoolKnob } from './Knobs';
import type { Turn } from './Knobs';
import classes from './knobs.module.css';
import { NetworkStats } from './NetworkStats';
import { SpecFields } from './SpecFields';
import { WeightsPanel } from './WeightsPanel';

/** Changes the slot's network, whatever it is by then; the same function for as long as the panel is there. */
function useTurn(slot: Slot): Turn {
  return useCallback(
    (knob, how) => {
      const { state, change } = usePage.getState();
      const spec = state[slot];
      if (spec) change({ [slot]: knob(spec) }, how);
    },
    [slot],
  );
}

const PanelHead = memo(function PanelHead({ slot }: { readonly slot: Slot }) {
  const change = usePage((page) => page.change);
  const name = slot.toUpperCase();
  return (
    <Group justify="space-between" wrap="nowrap">
      <Group gap="xs" wrap="nowrap" miw={0}>
        <Badge size="lg" circle color={`var(--lens-${slot})`} autoContrast>
          {name}
        </Badge>
        <Title order={2} size="h5">
          Network {name}
        </Title>
      </Group>
      {slot === 'b' && (
        <Switch
          size="sm"
          checked
          onChange={() => change({ b: null })}
          label="On"
          aria-label={`Network ${name} is on`}
        />
      )}
    </Group>
  );
});

const WidthsButton = memo(function WidthsButton({
  open,
  onOpen,
}: {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconAdjustments size={14} />}
      aria-expanded={open}
      onClick={() => onOpen(!open)}
    >
      {open ? 'Input, classes and widths' : 'Change input, classes, widths'}
    </Button>
  );
});

/** The knobs in their order; each is drawn again only when what it shows has changed. */
function Knobs(props: {
  readonly slot: Slot;
  readonly spec: NetworkSpec;
  readonly turn: Turn;
  /** Stands beside the last knob. */
  readonly children: ReactNode;
}) {
  const { slot, spec, turn, children } = props;
  const { fusion, definition, pool, gamma, growth, blocks } = spec;
  const { index, exact } = depthPlace(spec);
  return (
    <>
      <div className={classes.grid}>
        <DepthKnob slot={slot} index={index} custom={exact ? '' : blocks.join('-')} turn={turn} />
        <FusionKnob slot={slot} fusion={fusion} turn={turn} />
        <GammaKnob slot={slot} gamma={gamma} plain={fusion === 'plain'} turn={turn} />
        <GrowthKnob slot={slot} growth={growth} turn={turn} />
        <DefinitionKnob slot={slot} definition={definition} plain={fusion === 'plain'} turn={turn} />
        <div className={classes.beside}>{children}</div>
      </div>
      {fusion === 'last' && definition === 'listing' && <PoolKnob pool={pool} turn={turn} />}
    </>
  );
}

function Panel({ slot }: { readonly slot: Slot }) {
  const spec = usePageHere((page) => page.state[slot]);
  const turn = useTurn(slot);
  const set = useCallback((next: NetworkSpec, how?: 'push' | 'drag') => turn(() => next, how), [turn]);
  const [open, setOpen] = useState(false);
  if (!spec) return null;
  const text = formatNetwork(spec);
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label={`Network ${slot.toUpperCase()}`}
      data-testid={`network-${slot}`}
      data-network={text}
    >
      <Stack gap="sm">
        <PanelHead slot={slot} />
        <Code block fz="xs" style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
          {text}
        </Code>
        <Knobs slot={slot} spec={spec} turn={turn}>
          <WidthsButton open={open} onOpen={setOpen} />
        </Knobs>
        {open && <SpecFields spec={spec} onChange={set} />}
        <NetworkStats slot={slot} size={spec.size} />
        <WeightsPanel slot={slot} spec={spec} onChange={set} />
      </Stack>
    </Paper>
  );
}

export const NetworkPanel = memo(function NetworkPanel({ slot }: { readonly slot: Slot }) {
  return (
    <NearScreen>
      <Panel slot={slot} />
    </NearScreen>
  );
});
