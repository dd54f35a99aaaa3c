/** One quantity per stage and in total, for every compared network, with the difference from plain DenseNet. */
import { Table, Text } from '@mantine/core';
import type { Convention, Metric } from '../../state/pageState';
import { formatCount } from '../../analysis/format';
import { difference } from '../format';
import type { Compared } from '../useAnalysis';
import { TableScroll } from '../TableScroll';
import { metricValue } from './metrics';

interface Props {
  readonly networks: readonly Compared[];
  readonly names: readonly string[];
  readonly metric: Metric;
  readonly convention: Convention;
}

export function StageTable({ networks, names, metric, convention }: Props) {
  const plain = networks.find((one) => one.key === 'plain');
  const plainB = networks.find((one) => one.key === 'plainB');
  const value = (one: Compared | undefined, name: string): number | undefined => {
    const cost = name === 'total' ? one?.analysis.totals : one?.analysis.stages.find((stage) => stage.name === name);
    return cost && metricValue(cost, metric, convention);
  };
  return (
    <TableScroll label="Cost per stage">
      <Table fz="xs" className="tabular" verticalSpacing={4} highlightOnHover>
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
        <Table.Tbody>
          {[...names, 'total'].map((name) => (
            <Table.Tr key={name} fw={name === 'total' ? 650 : 400}>
              <Table.Td>{name}</Table.Td>
              {networks.map((one) => {
                const own = value(one, name);
                const reference = value(one.key === 'b' && plainB ? plainB : plain, name);
                return (
                  <Table.Td key={one.key} ta="right">
                    {own === undefined ? '–' : formatCount(own)}
                    {own !== undefined && reference !== undefined && !one.key.startsWith('plain') && (
                      <Text span size="xs" c="dimmed" ml={6}>
                        {difference(own, reference)}
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
  );
}
