/** Cost: per stage and per layer, A and B against plain DenseNet, with the convention printed and switchable. */
import { Button, Group, NativeSelect, Paper, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { costCsv, costJson } from '../../exports/cost';
import { fileName } from '../../exports/fileName';
import { usePage } from '../../state/page';
import { METRICS } from '../../state/pageState';
import type { Metric, PageState } from '../../state/pageState';
import { download } from '../download';
import { formatCount, formatRelative } from '../../analysis/format';
import { comparedNetworks } from '../useAnalysis';
import type { Compared } from '../useAnalysis';
import { CioTable } from './CioTable';
import classes from './cost.module.css';
import { LayerTable } from './LayerTable';
import { METRIC_NAMES, metricKey, metricUnit } from './metrics';
import { StageBars } from './StageBars';
import type { BarGroup } from './StageBars';
import { StageTable } from './StageTable';

/** Names of all stages of all networks, in order: networks may differ in their number of stages. */
function allStages(networks: readonly Compared[]): readonly string[] {
  const longest = networks.reduce((best, one) =>
    one.analysis.stages.length > best.analysis.stages.length ? one : best,
  );
  return longest.analysis.stages.map((stage) => stage.name);
}

function groups(networks: readonly Compared[], metric: Metric, state: PageState): readonly BarGroup[] {
  const key = metricKey(metric, state.convention);
  return allStages(networks).map((name) => ({
    name,
    bars: networks.flatMap(({ key: network, label, colour, analysis, comparison }) => {
      const bar = { key: network, label, colour };
      if (state.scale === 'absolute') {
        const value = analysis.stages.find((stage) => stage.name === name)?.[key];
        return value === undefined ? [] : [{ ...bar, value, text: formatCount(value) }];
      }
      const relative = comparison?.stages.find((stage) => stage.name === name)?.differences[key].relative ?? null;
      return relative === null ? [] : [{ ...bar, value: 100 * relative, text: formatRelative(relative) }];
    }),
  }));
}

function Legend({ networks }: { readonly networks: readonly Compared[] }) {
  return (
    <Group gap="md">
      {networks.map((one) => (
        <Group key={one.key} gap={6} wrap="nowrap" miw={0}>
          <span className={classes.swatch} style={{ background: one.colour }} aria-hidden />
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            <b>{one.label}</b> {one.analysis.network}
          </Text>
        </Group>
      ))}
    </Group>
  );
}

export function CostSection() {
  const state = usePage((page) => page.state);
  const change = usePage((page) => page.change);
  const networks = comparedNetworks(state.a, state.b);
  const analyses = networks.map((one) => one.analysis);
  const relative = state.scale === 'relative';
  const name = (extension: string) =>
    fileName(
      `cost ${networks
        .filter((one) => one.comparison)
        .map((one) => one.analysis.network)
        .join(' ')}`,
      extension,
    );
  const goToStage = (stage: string) => {
    const index = Number(stage.replace('stage', ''));
    if (Number.isInteger(index)) change({ stage: index });
  };
  const hover = usePage((page) => page.hover);
  // Ids of nodes begin with the name of their stage.
  const lit = hover?.includes('/') ? (hover.split('/')[0] ?? null) : null;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="end">
        <Group gap="sm" align="end">
          <SegmentedControl
            size="xs"
            aria-label="Convention for compute"
            value={state.convention}
            onChange={(convention) => change({ convention })}
            data={[
              { value: 'macs', label: 'MACs' },
              { value: 'flops', label: 'FLOPs = 2 × MACs' },
            ]}
          />
          <SegmentedControl
            size="xs"
            aria-label="Scale"
            value={state.scale}
            onChange={(scale) => change({ scale })}
            data={[
              { value: 'absolute', label: 'Absolute' },
              { value: 'relative', label: 'Against DenseNet' },
            ]}
          />
        </Group>
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} />}
            data-testid="cost-csv"
            onClick={() => download(name('csv'), 'text/csv', costCsv(analyses))}
          >
            CSV
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} />}
            data-testid="cost-json"
            onClick={() => download(name('json'), 'application/json', costJson(analyses))}
          >
            JSON
          </Button>
        </Group>
      </Group>
      <Legend networks={networks} />
      <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} spacing="md">
        {(['compute', 'cio', 'params'] as const).map((metric) => (
          <Paper key={metric} withBorder p="sm">
            <StageBars
              title={METRIC_NAMES[metric](state.convention)}
              unit={relative ? 'difference from plain DenseNet, %' : metricUnit(metric)}
              groups={groups(networks, metric, state)}
              lit={lit}
              onGroup={goToStage}
              {...(relative ? { tick: (value: number) => `${value} %` } : {})}
            />
          </Paper>
        ))}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        Counted for the networks as defined, one picture. Compute: convolutions and the linear layer. CIO: convolutions’
        inputs and outputs, elements. Choose a group of bars to see its stage’s flow.
      </Text>
      <Paper withBorder p="sm">
        <Stack gap="xs">
          <Group justify="space-between" align="end">
            <Text size="sm" fw={600}>
              Per stage
            </Text>
            <NativeSelect
              size="xs"
              aria-label="Quantity in the table"
              value={state.metric}
              data={METRICS.map((value) => ({ value, label: METRIC_NAMES[value](state.convention) }))}
              onChange={(event) => {
                const metric = METRICS.find((value) => value === event.currentTarget.value);
                if (metric) change({ metric });
              }}
            />
          </Group>
          <StageTable
            networks={networks}
            names={allStages(networks)}
            metric={state.metric}
            convention={state.convention}
          />
        </Stack>
      </Paper>
      <CioTable networks={networks.filter((one) => one.key !== 'plainB')} />
      <LayerTable networks={networks} convention={state.convention} />
    </Stack>
  );
}
