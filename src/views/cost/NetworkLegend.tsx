/** Which colour stands for which network in the charts of cost, and their numbers to take away. */
import { Group, Text } from '@mantine/core';
import { usePageHere } from '../nearScreen';
import type { Compared } from '../useAnalysis';
import classes from './cost.module.css';
import { TakeAway } from './TakeAway';

export function NetworkLegend({ networks }: { readonly networks: readonly Compared[] }) {
  // Against DenseNet, DenseNet itself has no bars.
  const scale = usePageHere((page) => page.state.scale);
  const shown = scale === 'relative' ? networks.filter((one) => one.comparison) : networks;
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="md">
        {shown.map((one) => (
          <Group key={one.key} gap={6} wrap="nowrap" miw={0}>
            <span className={classes.swatch} style={{ background: one.colour }} aria-hidden />
            <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
              <b>{one.label}</b> {one.analysis.network}
            </Text>
          </Group>
        ))}
      </Group>
      <TakeAway networks={networks} />
    </Group>
  );
}
