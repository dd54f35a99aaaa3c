/** Terms, distinct, duplicates and shared gradients, and the channels behind them, counted for each network. */
import { Table } from '@mantine/core';
import type { StageGradients } from '../../analysis/gradients';
import { TableScroll } from '../TableScroll';

/** One network's counts under its name. */
export interface CountedStages {
  readonly key: string;
  readonly name: string;
  readonly colour: string;
  readonly stages: readonly StageGradients[];
}

const COLUMNS: readonly (readonly [name: string, title: string, value: (counts: StageGradients) => number])[] = [
  ['Terms', 'arguments in all updates of the stage together', (c) => c.terms],
  ['Distinct', 'different gradients among them', (c) => c.distinct],
  ['Duplicates', 'terms less distinct', (c) => c.duplicates],
  ['Shared', 'gradients used by the block and by the transition after the concat', (c) => c.shared.length],
  ['Channel reads', 'channels that the dense layers read, all together', (c) => c.reads],
  ['Unique', 'channels among them that are read for the first time', (c) => c.unique],
  ['Duplicated reads', 'channel reads less unique', (c) => c.reads - c.unique],
];

export function GradientTable({ networks, stage }: { networks: readonly CountedStages[]; stage: 'all' | number }) {
  const most = Math.max(...networks.map(({ stages }) => stages.length));
  const rows = stage === 'all' ? Array.from({ length: most }, (_, i) => i + 1) : [stage];
  return (
    <TableScroll label="Gradients, counted">
      <Table fz="xs" className="tabular" verticalSpacing={3} data-testid="gradient-table">
        <Table.Caption ta="left">
          Counted from the arguments of equations 2 and 4 for these networks. Shared: used by the dense block and again
          by the transition after the concat. Reads are channels.
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {stage === 'all' && <Table.Th>Stage</Table.Th>}
            <Table.Th>Network</Table.Th>
            {COLUMNS.map(([name, title]) => (
              <Table.Th key={name} ta="right" title={title}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.flatMap((index) =>
            networks.map(({ key, name, colour, stages }, i) => {
              const counts = stages[index - 1];
              return (
                <Table.Tr key={`${index} ${key}`}>
                  {stage === 'all' && <Table.Td>{i === 0 ? index : ''}</Table.Td>}
                  <Table.Th scope="row" fw={600} style={{ borderLeft: `3px solid ${colour}` }}>
                    {name}
                  </Table.Th>
                  {counts ? (
                    COLUMNS.map(([column, , value]) => (
                      <Table.Td key={column} ta="right">
                        {value(counts).toLocaleString('en')}
                      </Table.Td>
                    ))
                  ) : (
                    <Table.Td colSpan={COLUMNS.length}>has no stage {index}</Table.Td>
                  )}
                </Table.Tr>
              );
            }),
          )}
        </Table.Tbody>
      </Table>
    </TableScroll>
  );
}
