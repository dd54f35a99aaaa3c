/** The conventions of every number on the page, and on which scale the charts show them. */
import { Group, Paper, Stack, Text } from '@mantine/core';
import { CONVENTION_TEXTS, PARAMETER_TEXTS } from '../../analysis/conventions';
import { usePage } from '../../state/page';
import { CONVENTIONS, PARAMETERS, SCALES } from '../../state/pageState';
import type { Scale } from '../../state/pageState';
import type { Compared } from '../useAnalysis';
import { Why } from '../explain/Why';
import { useCounting } from '../useCounting';
import { Choice } from './Choice';
import classes from './cost.module.css';

const SCALE_NAMES: Record<Scale, string> = {
  absolute: 'Absolute',
  share: 'Share of the whole',
  relative: 'Against DenseNet',
};

/** `A 224×224, B 320×320`, or one size where both have the same. */
function sizes(networks: readonly Compared[]): string {
  const own = networks.filter((one) => one.comparison);
  const all = own.map((one) => one.analysis.spec.size);
  const [first = 0] = all;
  const square = (size: number) => `${size}×${size}`;
  if (all.every((size) => size === first)) return square(first);
  return own.map((one) => `${one.label} ${square(one.analysis.spec.size)}`).join(', ');
}

export function ConventionBar({ networks }: { readonly networks: readonly Compared[] }) {
  const { convention, parameters } = useCounting();
  const scale = usePage((page) => page.state.scale);
  const change = usePage((page) => page.change);
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <div className={classes.choices}>
          <Choice
            name="Compute"
            value={convention}
            onChange={(value) => change({ convention: value })}
            options={CONVENTIONS.map((value) => ({
              value,
              label: CONVENTION_TEXTS[value].label,
              hint: CONVENTION_TEXTS[value].tools,
            }))}
          />
          <Choice
            name="Parameters"
            value={parameters}
            onChange={(value) => change({ parameters: value })}
            options={PARAMETERS.map((value) => ({ value, label: PARAMETER_TEXTS[value].label }))}
          />
          <Choice
            name="Charts"
            value={scale}
            onChange={(value) => change({ scale: value })}
            options={SCALES.map((value) => ({ value, label: SCALE_NAMES[value] }))}
          />
        </div>
        <Group gap={4} wrap="nowrap" align="start">
          <Text size="xs" c="dimmed">
            Everything on the page is counted for one picture (batch 1) of {sizes(networks)}, for the networks as
            defined and not as a program may rearrange them. Compute: {CONVENTION_TEXTS[convention].about}. Parameters:{' '}
            {PARAMETER_TEXTS[parameters].about}. A MAC is a multiply-accumulate here, never a memory access cost.
          </Text>
          <Why topic="macs" />
        </Group>
      </Stack>
    </Paper>
  );
}
