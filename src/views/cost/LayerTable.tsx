/** Every layer of one of the networks, sortable; drawn only when it is opened, since it is long. */
import { Button, Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { alignLayers, brushedLayers, stripLayers } from '../../analysis/layerStrip';
import { usePage } from '../../state/page';
import { lazyPart } from '../lazyPart';
import type { Compared } from '../useAnalysis';

const LayerRows = lazyPart(async () => (await import('./LayerRows')).LayerRows);

export const LayerTable = memo(function LayerTable({ networks }: { readonly networks: readonly Compared[] }) {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState<string>('a');
  const [all, setAll] = useState(false);
  const brush = usePage((page) => page.state.brush);
  const chosen = networks.find((one) => one.key === key) ?? networks[0];
  const layers = useMemo(() => networks.map((one) => stripLayers(one.analysis)), [networks]);
  const strip = useMemo(() => (brush ? alignLayers(layers) : null), [brush, layers]);
  const index = chosen ? networks.indexOf(chosen) : 0;
  const own = layers[index] ?? [];
  const brushed = strip ? brushedLayers(strip, layers[0] ?? [], own, brush) : [];
  const some = brushed.length > 0;
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          Table of layers{' '}
          <Text span size="xs" c="dimmed" fw={400}>
            {some ? `${brushed.length} of ${own.length} chosen in the strip` : 'convolutions and the linear layer'}
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
          {open && some && (
            <Button size="compact-sm" variant="default" aria-pressed={all} onClick={() => setAll(!all)}>
              Show the others too
            </Button>
          )}
          <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Show'}
          </Button>
        </Group>
      </Group>
      {open && chosen && (
        <Stack pt="xs">
          <LayerRows
            analysis={chosen.analysis}
            layers={some && !all ? brushed : own}
            marked={some && all ? brushed : []}
          />
        </Stack>
      )}
    </Paper>
  );
});
