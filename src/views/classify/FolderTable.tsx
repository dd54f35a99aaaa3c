/** Many pictures at once: a row each, with progress, time left, cancel and a CSV of what is done. */
import { Alert, Button, CloseButton, Group, Paper, Progress, Stack, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { fileName } from '../../exports/fileName';
import { resultsCsv } from '../../exports/results';
import type { FolderJob, FolderRow } from '../../state/folder';
import type { RankedClass } from '../../state/ranking';
import { download } from '../download';
import { formatShare } from '../../analysis/format';
import { timeLeft } from '../format';
import { useLab, useLabActions } from '../useLab';
import classes from './classify.module.css';

/** Rows drawn at once; the CSV has all of them. */
const SHOWN = 300;

/** The networks that answer, for the file's name: its columns are only called a and b. */
const answering = ({ networks }: FolderJob) => [networks.a, networks.b].filter((one) => one !== null).join(' ');

const answer = (entry: RankedClass | null) => (entry ? `${entry.name} ${formatShare(entry.probability)}` : '–');

function Row({ row }: { readonly row: FolderRow }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.file}</Table.Td>
      {row.error === null ? (
        <>
          <Table.Td>{answer(row.a)}</Table.Td>
          <Table.Td>{answer(row.b)}</Table.Td>
        </>
      ) : (
        <Table.Td colSpan={2} c="red">
          {row.error}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

export function FolderTable() {
  const lab = useLabActions();
  const job = useLab((state) => state.folder);
  if (!job) return null;
  const done = job.rows.length;
  const failed = job.rows.filter((row) => row.error !== null).length;
  const text =
    `${done} of ${job.total} pictures` +
    (failed ? `, ${failed} could not be read` : '') +
    (job.state === 'waiting' ? ', waiting for the networks to load' : '') +
    (job.state === 'cancelled' ? (job.stopped === null ? ', cancelled' : `, ended because ${job.stopped}`) : '') +
    (job.state === 'running' && job.atOnce > 1 ? `, ${job.atOnce} at a time` : '') +
    (job.state === 'running' && job.leftMs !== null ? `, ${timeLeft(job.leftMs)} left` : '');
  return (
    <Paper withBorder p="md" component="section" aria-label="Folder">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text size="sm" fw={600} role="status">
            {text}
          </Text>
          <Group gap="xs">
            {(job.state === 'running' || job.state === 'waiting') && (
              <Button size="compact-sm" variant="light" color="red" onClick={() => lab.cancelFolder()}>
                Cancel
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={14} />}
              disabled={done === 0}
              data-testid="results-csv"
              onClick={() => download(fileName(`results ${answering(job)}`, 'csv'), 'text/csv', resultsCsv(job.rows))}
            >
              CSV
            </Button>
            <CloseButton aria-label="Close the table" onClick={() => lab.closeFolder()} />
          </Group>
        </Group>
        <Progress value={(100 * done) / Math.max(1, job.total)} animated={job.state === 'running'} aria-label={text} />
        {job.apart !== null && (
          <Text size="xs" c="dimmed">
            Run one by one, because {job.apart}
          </Text>
        )}
        {job.state !== 'waiting' && job.networks.a === null && job.networks.b === null && (
          <Alert color="yellow" p="xs">
            No trained network was loaded, so the rows have no answers.
          </Alert>
        )}
        <div className={classes.rows} tabIndex={0} role="region" aria-label="Answers, one row per picture">
          <Table fz="xs" stickyHeader verticalSpacing={3}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>File</Table.Th>
                <Table.Th>A {job.networks.a}</Table.Th>
                <Table.Th>B {job.networks.b}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {job.rows.slice(-SHOWN).map((row, index) => (
                <Row key={`${done - index} ${row.file}`} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
        {done > SHOWN && (
          <Text size="xs" c="dimmed">
            The latest {SHOWN} rows are shown; the CSV has all {done}.
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
