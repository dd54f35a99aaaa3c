/** One quantity per stage and in total, for every compared network, with the difference from plain DenseNet. */
import { Table, Text } from '@mantine/core';
import type { Convention, Metric } from '../../state/pageState';
import { formatCount, formatRelative } from '../../analysis/format';
import type { Compared } from '../useAnalysis';
import { TableScroll } from '../TableScroll';
import { metricKey } from './metrics';

interface Props {
  readonly networks: readonly Compared[];
  readonly names: readonly string[];
  readonly metric: Metric;
  readonly convention: Convention;
}

export function StageTable({ networks, names, metric, convention }: Props) {
  const key = metricKey(metric, convention);
  const value = (one: Compared, name: string): number | undefined =>
    (name === 'total' ? one.analysis.totals : one.analysis.stages.find((stage) => stage.name === name))?.[key];
  const relative = ({ comparison }: Compared, name: string): number | null => {
    const stage = comparison?.stages.find((one) => one.name === name);
    return (name === 'total' ? comparison?.totals : stage?.differences)?.[key].relative ?? null;
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
                return (
                  <Table.Td key={one.key} ta="right">
                    {own === undefined ? '–' : formatCount(own)}
                    {own !== undefined && one.comparison && (
                      <Text span size="xs" c="dimmed" ml={6}>
                        {formatRelative(relative(one, name))}
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
