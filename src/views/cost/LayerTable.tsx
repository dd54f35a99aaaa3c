/** Every layer of one of the networks, sortable; drawn only when it is opened, since it is long. */
import { Button, Collapse, Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Convention } from '../../state/pageState';
import type { Compared } from '../useAnalysis';
import { lazyPart } from '../lazyPart';

const LayerRows = lazyPart(async () => (await import('./LayerRows')).LayerRows);

export function LayerTable({
  networks,
  convention,
}: {
  readonly networks: readonly Compared[];
  readonly convention: Convention;
}) {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState<string>('a');
  const chosen = networks.find((one) => one.key === key) ?? networks[0];
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          Every layer{' '}
          <Text span size="xs" c="dimmed">
            convolutions and the linear layer
          </Text>
        </Text>
        <Group gap="xs">
          {open && chosen && (
            <SegmentedControl
              size="xs"
              aria-label="Network whose layers are listed"
              value={chosen.key}
              onChange={setKey}
              data={networks.map((one) => ({ value: one.key, label: one.label }))}
            />
          )}
          <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Show'}
          </Button>
        </Group>
      </Group>
      <Collapse expanded={open}>
        <Stack pt="xs">
          {open && chosen && (
            <LayerRows
              layers={chosen.analysis.layers.filter((layer) => layer.op !== 'batchNorm')}
              convention={convention}
            />
          )}
        </Stack>
      </Collapse>
    </Paper>
  );
}
