/**
 * One quantity per stage and in total for every compared network, as numbers: beside each its difference from plain
 * DenseNet or its share of the whole, as the charts show it.
 */
import { Group, NativeSelect, Paper, Stack, Table, Text } from '@mantine/core';
import { stageText } from '../../analysis/format';
import { memo, useRef } from 'react';
import { addsUp, metricName, metricUnit, readStage } from '../../analysis/metrics';
import type { Scale } from '../../analysis/metrics';
import { usePage } from '../../state/page';
import { METRICS } from '../../state/pageState';
import { usePageHere } from '../nearScreen';
import { TableScroll } from '../TableScroll';
import type { Compared } from '../useAnalysis';
import { useCounting } from '../useCounting';
import { allStages, plainFor } from './compared';
import classes from './cost.module.css';
import { nodeOfStage, useStageMarks } from './highlight';

export const StageTable = memo(function StageTable({ networks }: { readonly networks: readonly Compared[] }) {
  const counting = useCounting();
  const metric = usePageHere((page) => page.state.metric);
  const scale = usePageHere((page) => page.state.scale);
  const change = usePage((page) => page.change);
  const point = usePage((page) => page.point);
  const body = useRef<HTMLTableSectionElement>(null);
  useStageMarks(body);
  const beside: Scale = scale === 'share' ? 'share' : 'relative';
  const names = allStages(networks);
  const pointAt = (name: string) => {
    const owner = networks.find((one) => nodeOfStage(one.network, name) !== null);
    point(owner ? nodeOfStage(owner.network, name) : null);
  };
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between" align="end">
          <Text size="sm" fw={600}>
            Per stage{' '}
            <Text span size="xs" c="dimmed" fw={400}>
              {metricName(metric, counting)}, {metricUnit(metric, counting)}; beside it the{' '}
              {beside === 'share' ? 'share of the network’s own' : 'difference from plain DenseNet'}
            </Text>
          </Text>
          <NativeSelect
            size="xs"
            aria-label="Quantity in the table"
            value={metric}
            data={METRICS.map((value) => ({ value, label: metricName(value, counting) }))}
            onChange={(event) => {
              const chosen = METRICS.find((value) => value === event.currentTarget.value);
              if (chosen) change({ metric: chosen });
            }}
          />
        </Group>
        <TableScroll label="Cost per stage">
          <Table fz="xs" className="tabular" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Stage</Table.Th>
                {networks.map((one) => (
                  <Table.Th key={one.key} ta="right">
                    {one.label}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody ref={body}>
              {[...names, 'total'].map((name) => (
                <Table.Tr
                  key={name}
                  fw={name === 'total' ? 650 : 400}
                  className={classes.row}
                  data-part={name}
                  onPointerEnter={() => pointAt(name)}
                  onPointerLeave={() => point(null)}
                >
                  <Table.Td>{name === 'total' && !addsUp(metric) ? 'network' : stageText(name)}</Table.Td>
                  {networks.map((one) => {
                    const plain = plainFor(networks, one);
                    const read = (scaled: Scale) =>
                      readStage(one.analysis, plain, name, { metric, counting, scale: scaled });
                    const own = read('absolute');
                    return (
                      <Table.Td key={one.key} ta="right">
                        {own.text}
                        {own.value !== null && (one.comparison !== null || beside === 'share') && (
                          <Text span size="xs" c="dimmed" ml={6}>
                            {read(beside).text}
                          </Text>
                        )}
                      </Table.Td>
                    );
                  })}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableScroll>
      </Stack>
    </Paper>
  );
});
