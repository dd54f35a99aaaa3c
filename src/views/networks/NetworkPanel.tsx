/** One of the two networks: its knobs, its size next to plain DenseNet, and the state of its weights. */
import {
  Alert,
  Badge,
  Button,
  Code,
  Collapse,
  Group,
  InputLabel,
  NativeSelect,
  Paper,
  SegmentedControl,
  SimpleGrid,
  Slider,
  Stack,
  Switch,
  Text,
  Title,
} from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useState } from 'react';
import type { Slot } from '../../inference/protocol';
import { DEPTH_NAMES, makeSpec, RANGES } from '../../network/spec';
import type { NetworkSpec } from '../../network/spec';
import { formatNetwork } from '../../network/text';
import { chooseDefinition, chooseDepth, chooseFusion, depthChoice } from '../../state/knobs';
import type { DepthChoice } from '../../state/knobs';
import { NetworkStats } from './NetworkStats';
import { SpecBlocks, SpecNumber } from './SpecFields';
import { WeightsPanel } from './WeightsPanel';

interface Props {
  readonly slot: Slot;
  readonly spec: NetworkSpec;
  /** `drag` while a slider moves, so that a whole drag is one step of history. */
  readonly onChange: (spec: NetworkSpec, how?: 'push' | 'drag') => void;
  /** B can be switched off. */
  readonly onOff?: () => void;
}

const DEPTH_MENU = [
  { value: 'small', label: 'Small (trained here)' },
  ...DEPTH_NAMES.map((depth) => ({ value: String(depth), label: `DenseNet-${depth} widths` })),
  { value: 'custom', label: 'Custom' },
];

const FUSIONS = [
  { value: 'plain', label: 'Plain' },
  { value: 'standard', label: 'Standard' },
  { value: 'first', label: 'First' },
  { value: 'last', label: 'Last' },
] satisfies { value: NetworkSpec['fusion']; label: string }[];

export function NetworkPanel({ slot, spec, onChange, onOff }: Props) {
  const choice = depthChoice(spec);
  const [open, setOpen] = useState(false);
  const name = slot.toUpperCase();
  const plain = spec.fusion === 'plain';
  const knobsOpen = open || choice === 'custom';
  const pickDepth = (value: DepthChoice) => {
    if (value === 'custom') setOpen(true);
    else onChange(chooseDepth(spec, value));
  };
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label={`Network ${name}`}
      data-testid={`network-${slot}`}
      data-network={formatNetwork(spec)}
    >
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap" miw={0}>
            <Badge size="lg" circle color={`var(--lens-${slot})`} autoContrast>
              {name}
            </Badge>
            <Title order={2} size="h5">
              Network {name}
            </Title>
          </Group>
          {onOff && <Switch size="sm" checked onChange={onOff} label="On" aria-label={`Network ${name} is on`} />}
        </Group>
        <Code block fz="xs" style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
          {formatNetwork(spec)}
        </Code>
        <div className="knobs">
          <div>
            <NativeSelect
              size="xs"
              label="Depth"
              data={DEPTH_MENU}
              value={open && choice !== 'custom' ? 'custom' : String(choice)}
              onChange={(event) => {
                const value = event.currentTarget.value;
                const depth = DEPTH_NAMES.find((known) => String(known) === value);
                if (value !== 'custom') setOpen(false);
                pickDepth(depth ?? (value === 'small' ? 'small' : 'custom'));
              }}
            />
          </div>
          <div>
            <InputLabel size="xs" component="div" id={`fusion-${slot}`}>
              Fusion
            </InputLabel>
            <SegmentedControl
              size="xs"
              fullWidth
              aria-labelledby={`fusion-${slot}`}
              data={FUSIONS}
              value={spec.fusion}
              onChange={(fusion) => onChange(chooseFusion(spec, fusion))}
            />
          </div>
          <div>
            <InputLabel size="xs" component="div" c={plain ? 'dimmed' : 'bright'}>
              γ, share that bypasses: <span className="tabular">{plain ? 'none' : spec.gamma}</span>
            </InputLabel>
            <Slider
              size="sm"
              mb="lg"
              disabled={plain}
              min={RANGES.gamma[0]}
              max={RANGES.gamma[1]}
              step={0.005}
              value={spec.gamma}
              label={null}
              thumbLabel={`γ of network ${name}`}
              marks={[0, 0.25, 0.5, 0.75].map((value) => ({ value, label: String(value) }))}
              onChange={(gamma) => onChange(makeSpec({ ...spec, gamma: Number(gamma.toFixed(3)) }), 'drag')}
              onChangeEnd={(gamma) => onChange(makeSpec({ ...spec, gamma: Number(gamma.toFixed(3)) }), 'push')}
            />
          </div>
          <div>
            <InputLabel size="xs" component="div" id={`definition-${slot}`} c={plain ? 'dimmed' : 'bright'}>
              Definition
            </InputLabel>
            <SegmentedControl
              size="xs"
              fullWidth
              disabled={plain}
              aria-labelledby={`definition-${slot}`}
              data={[
                { value: 'paper', label: 'Paper' },
                { value: 'listing', label: 'Listing' },
              ]}
              value={spec.definition}
              onChange={(definition) => onChange(chooseDefinition(spec, definition))}
            />
          </div>
        </div>
        {spec.fusion === 'last' && spec.definition === 'listing' && (
          <Alert variant="light" color="yellow" p="xs">
            <Text size="xs" mb={4}>
              The article’s code for fusion last never pools: every stage works at the first stage’s resolution and
              costs many times as much. Pools have no weights, so its checkpoints fit a pooled network too.
            </Text>
            <Switch
              size="xs"
              label="Pool after stages 1 to 3, as in the paper"
              checked={spec.pool}
              onChange={(event) => onChange(makeSpec({ ...spec, pool: event.currentTarget.checked }))}
            />
          </Alert>
        )}
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconAdjustments size={14} />}
            aria-expanded={knobsOpen}
            onClick={() => setOpen(!knobsOpen)}
          >
            {knobsOpen ? 'Input, classes and widths' : 'Change input, classes and widths'}
          </Button>
          <Collapse expanded={knobsOpen}>
            <SimpleGrid cols={{ base: 2, xs: 3, lg: 4 }} spacing="xs" pt="xs">
              <SpecNumber spec={spec} field="size" label="Input, px" onChange={onChange} />
              <SpecNumber spec={spec} field="classes" label="Classes" onChange={onChange} />
              <SpecNumber spec={spec} field="growth" label="Growth rate k" onChange={onChange} />
              <SpecBlocks spec={spec} onChange={onChange} />
              <SpecNumber spec={spec} field="stem" label="Stem channels" onChange={onChange} />
              <SpecNumber spec={spec} field="bottleneck" label="Bottleneck, × k" onChange={onChange} />
              <SpecNumber spec={spec} field="theta" label="Compression θ" step={0.05} onChange={onChange} />
            </SimpleGrid>
          </Collapse>
        </div>
        <NetworkStats spec={spec} />
        <WeightsPanel slot={slot} spec={spec} onChange={onChange} />
      </Stack>
    </Paper>
  );
}
