/** One table for each network that is finished. */
import { Stack, Table, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { cellsOf, COLUMNS, remarkOf } from '../../../bench/rivals/markdown';
import type { NetworkResult } from '../../../bench/rivals/results';
import { RIVALS } from '../../../bench/rivals/rivals';
import { TableScroll } from '../TableScroll';
import classes from './bench.module.css';

type Column = (typeof COLUMNS)[number];

/** What a screen shows without scrolling that has no room for all. */
const TELLING: readonly Column[] = ['engine', 'median ms', '× kernels', 'difference', 'first run ms'];
const TELLING_FIRST = [...TELLING, ...COLUMNS.filter((column) => !TELLING.includes(column))];

function ResultTable({ result }: { readonly result: NetworkResult }) {
  // As in bench.module.css.
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const columns: readonly Column[] = narrow ? TELLING_FIRST : COLUMNS;
  const reference = RIVALS.find(({ name }) => name === result.reference)?.title;
  const remarks = result.rows.filter((row) => remarkOf(row) !== '');
  return (
    <section data-testid="bench-result">
      <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
        {result.network}
      </Title>
      <Text size="sm" c="dimmed" mb={4}>
        {result.size} × {result.size}, {result.weights} weights; “difference” is the largest of any run from the logits
        of {reference}, relative to the largest logit.
      </Text>
      <TableScroll label={`Results of ${result.network}`}>
        <Table className={`tabular ${classes.results}`} fz="sm" verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column, i) => (
                <Table.Th key={column} ta={i === 0 ? 'left' : 'right'} scope="col">
                  {column}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.rows.map((row) => {
              const cells = cellsOf(result, row);
              return (
                <Table.Tr key={row.rival} data-status={row.status}>
                  {columns.map((column, i) =>
                    i === 0 ? (
                      <Table.Th key={column} scope="row" fw={500}>
                        {cells[COLUMNS.indexOf(column)]}
                      </Table.Th>
                    ) : (
                      <Table.Td key={column} ta="right">
                        {cells[COLUMNS.indexOf(column)]}
                      </Table.Td>
                    ),
                  )}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </TableScroll>
      <ul className={classes.remarks}>
        {remarks.map((row) => (
          <li key={row.rival}>
            {row.title}: {remarkOf(row)}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function BenchTables({ results }: { readonly results: readonly NetworkResult[] }) {
  return (
    <Stack gap="lg">
      {results.map((result) => (
        <ResultTable key={result.network} result={result} />
      ))}
    </Stack>
  );
}
