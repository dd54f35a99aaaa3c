/** All quantities per stage as bars, one small chart each, on the chosen scale. */
import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { memo, useCallback, useMemo } from 'react';
import { hasShare, metricName, metricUnit, readStage } from '../../analysis/metrics';
import type { Counting, Metric, Scale } from '../../analysis/metrics';
import { usePage } from '../../state/page';
import { METRICS } from '../../state/pageState';
import { usePageHere } from '../nearScreen';
import { scrollToSection } from '../shell/useSections';
import type { Compared } from '../useAnalysis';
import { useCounting } from '../useCounting';
import { allStages, captionOf, namesOf, plainFor } from './compared';
import { nodeOfStage } from './highlight';
import { StageBars } from './StageBars';
import type { BarGroup, Ticks } from './StageBars';

interface Reading {
  readonly metric: Metric;
  readonly counting: Counting;
  readonly scale: Scale;
}

/** The plain network does not differ from itself: it has no bars on the relative scale. */
function shownOn(scale: Scale, networks: readonly Compared[]): readonly Compared[] {
  return scale === 'relative' ? networks.filter((one) => one.comparison) : networks;
}

/** The bars of one chart. */
function groupsOf(networks: readonly Compared[], reading: Reading): readonly BarGroup[] {
  const shown = shownOn(reading.scale, networks);
  return allStages(networks).map((name) => ({
    name,
    bars: shown.flatMap((one) => {
      const { value, text } = readStage(one.analysis, plainFor(networks, one), name, reading);
      return value === null ? [] : [{ key: one.key, label: one.label, colour: one.colour, value, text }];
    }),
  }));
}

/** The whole networks in a line. A share of the whole is the whole there, so the numbers themselves are given. */
function wholeOf(networks: readonly Compared[], reading: Reading): string {
  const scale = reading.scale === 'share' ? 'absolute' : reading.scale;
  return shownOn(scale, networks)
    .map((one) => {
      const { text } = readStage(one.analysis, plainFor(networks, one), 'total', { ...reading, scale });
      return `${one.label} ${text}`;
    })
    .join(', ');
}

function unitOf({ metric, counting, scale }: Reading): string {
  if (scale === 'relative') return 'difference from plain DenseNet';
  if (scale === 'share')
    return metric === 'peak' ? 'share of the network’s own peak' : 'share of the network’s own total';
  return metricUnit(metric, counting);
}

function ticksOf({ metric, scale }: Reading): Ticks {
  if (scale !== 'absolute') return 'percent';
  return metric === 'activations' || metric === 'peak' ? 'bytes' : 'count';
}

export const StageCharts = memo(function StageCharts({ networks }: { readonly networks: readonly Compared[] }) {
  const counting = useCounting();
  const scale = usePageHere((page) => page.state.scale);
  const change = usePage((page) => page.change);
  const point = usePage((page) => page.point);
  const charts = useMemo(
    () =>
      METRICS.map((metric) => {
        const reading = { metric, counting, scale };
        return {
          metric,
          title: metricName(metric, counting),
          unit: unitOf(reading),
          groups: groupsOf(networks, reading),
          ticks: ticksOf(reading),
          whole: wholeOf(networks, reading),
        };
      }),
    [networks, counting, scale],
  );
  const keys = useMemo(() => networks.map((one) => one.key), [networks]);
  const caption = useMemo(() => {
    // A file has no legend beside it.
    return `Bars from left to right: ${captionOf(shownOn(scale, networks), counting)}`;
  }, [networks, counting, scale]);
  const names = useMemo(() => namesOf(networks), [networks]);
  const legend = useMemo(
    () => shownOn(scale, networks).map(({ label, colour }) => ({ name: label, colour })),
    [networks, scale],
  );
  const onPoint = useCallback(
    (stage: string | null) => {
      const owner = networks.find((one) => stage !== null && nodeOfStage(one.network, stage) !== null);
      point(owner && stage !== null ? nodeOfStage(owner.network, stage) : null);
    },
    [networks, point],
  );
  const onChoose = useCallback(
    (stage: string) => {
      const index = Number(stage.replace('stage', ''));
      change({ stage: Number.isInteger(index) ? index : 'all', view: 'flow' });
      scrollToSection('flow');
    },
    [change],
  );
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} spacing="md">
        {charts.map(({ metric, ...chart }) => (
          <Paper key={metric} withBorder p="sm">
            {scale === 'share' && !hasShare(metric) ? (
              <NoShare title={chart.title} whole={chart.whole} />
            ) : (
              <StageBars {...chart} {...{ keys, caption, names, legend, onPoint, onChoose }} />
            )}
          </Paper>
        ))}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        Point at a stage to read its numbers in every chart; choose it to see its flow.
      </Text>
    </Stack>
  );
});

function NoShare({ title, whole }: { readonly title: string; readonly whole: string }) {
  return (
    <Stack gap={4}>
      <Text size="xs" fw={600}>
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        A ratio of two sums is no part of a whole: a stage has no share of it. Whole networks: {whole}.
      </Text>
    </Stack>
  );
}
