/** The report, as far as it goes, to be taken along. */
import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { codeTitle, figures, markdownOf } from '../../../bench/rivals/markdown';
import type { BenchReport } from '../../../bench/rivals/results';
import { download } from '../download';
import { TableScroll } from '../TableScroll';
import classes from './bench.module.css';

function CodeSizes({ code }: Pick<BenchReport, 'code'>) {
  return (
    <section>
      <Title order={2} size="h4">
        Code and wasm fetched
      </Title>
      <TableScroll label="Code and wasm that each engine fetches">
        <Table className={`tabular ${classes.results}`} fz="sm" verticalSpacing={4} w="auto">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">engine</Table.Th>
              <Table.Th scope="col" ta="right">
                MB
              </Table.Th>
              <Table.Th scope="col" ta="right">
                MB gzipped
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {code.map(({ rival, bytes, gzipBytes }) => (
              <Table.Tr key={rival}>
                <Table.Th scope="row" fw={500}>
                  {codeTitle(rival)}
                </Table.Th>
                <Table.Td ta="right">{figures(bytes / 1e6)}</Table.Td>
                <Table.Td ta="right">{figures(gzipBytes / 1e6)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableScroll>
    </section>
  );
}

export function CopyResult({ report }: { readonly report: BenchReport }) {
  const markdown = useClipboard({ timeout: 1500 });
  const json = useClipboard({ timeout: 1500 });
  const text = () => JSON.stringify(report, null, 1);
  return (
    <>
      {report.code.length > 0 && <CodeSizes code={report.code} />}
      <Group gap="sm">
        <Button variant="light" onClick={() => markdown.copy(markdownOf(report))}>
          {markdown.copied ? 'Copied' : 'Copy as Markdown'}
        </Button>
        <Button variant="light" onClick={() => json.copy(text())}>
          {json.copied ? 'Copied' : 'Copy as JSON'}
        </Button>
        <Button variant="default" onClick={() => download('cspnet-lens-bench.json', 'application/json', text())}>
          Save JSON
        </Button>
      </Group>
      {(markdown.error ?? json.error) && (
        <Text size="sm" role="alert">
          The browser did not allow copying; save the JSON instead.
        </Text>
      )}
    </>
  );
}
