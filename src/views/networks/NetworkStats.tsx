/** Parameters, compute and CIO of a network, each with its difference from the plain DenseNet of the same depth. */
import { Group, SimpleGrid, Text, Tooltip } from '@mantine/core';
import { memo } from 'react';
import { CONVENTION_TEXTS, PARAMETER_TEXTS } from '../../analysis/conventions';
import { metricName, readStage } from '../../analysis/metrics';
import type { Metric } from '../../analysis/metrics';
import type { Slot } from '../../inference/protocol';
import { plainOf } from '../../network/spec';
import type { TopicId } from '../explain/questions';
import { Why } from '../explain/Why';
import { usePageHere } from '../nearScreen';
import { analysisOf } from '../useAnalysis';
import { useCounting } from '../useCounting';
import classes from './knobs.module.css';

const SHOWN = ['params', 'compute', 'cio'] as const satisfies readonly Metric[];
const TOPICS: Partial<Record<Metric, TopicId>> = { compute: 'macs', cio: 'cio' };

/** The numbers alone: they follow a slider, while what stands around them stays as it is. */
function Numbers({ slot, metric }: { readonly slot: Slot; readonly metric: Metric }) {
  const counting = useCounting();
  const spec = usePageHere((page) => page.state[slot]);
  if (!spec) return null;
  const own = analysisOf(spec).analysis;
  const plain = analysisOf(plainOf(spec)).analysis;
  return (
    <>
      <div className={classes.stat}>{readStage(own, plain, 'total', { metric, counting, scale: 'absolute' }).text}</div>
      <div className={classes.relative}>
        {readStage(own, plain, 'total', { metric, counting, scale: 'relative' }).text} <span aria-hidden>vs plain</span>
        <span className="visually-hidden">against plain DenseNet</span>
      </div>
    </>
  );
}

interface StatProps {
  readonly slot: Slot;
  readonly metric: Metric;
  readonly name: string;
  readonly about: string;
}

const Stat = memo(function Stat({ slot, metric, name, about }: StatProps) {
  const topic = TOPICS[metric];
  return (
    <div role="group" aria-label={name}>
      <Group gap={0} wrap="nowrap">
        <Text size="xs" c="dimmed">
          {name}
        </Text>
        {topic && <Why topic={topic} />}
      </Group>
      <Tooltip label={about}>
        <div tabIndex={0}>
          <Numbers slot={slot} metric={metric} />
        </div>
      </Tooltip>
    </div>
  );
});

/** @param size height and width of the network's input, pixels. */
export const NetworkStats = memo(function NetworkStats({ slot, size }: { readonly slot: Slot; readonly size: number }) {
  const counting = useCounting();
  const { convention, parameters } = counting;
  const picture = `one ${size}×${size} picture`;
  const about = {
    params: `Counted: ${PARAMETER_TEXTS[parameters].about}`,
    compute: `${CONVENTION_TEXTS[convention].about}, ${CONVENTION_TEXTS[convention].unit}; ${picture}`,
    cio: `Convolutional input/output: elements that convolutions read and write, ${picture}`,
  };
  return (
    <SimpleGrid cols={3} spacing="xs" aria-label="Size, each with its difference from plain DenseNet" role="group">
      {SHOWN.map((metric) => (
        <Stat key={metric} slot={slot} metric={metric} name={metricName(metric, counting)} about={about[metric]} />
      ))}
    </SimpleGrid>
  );
});
