/** Measured time per stage next to what the stage computes and moves; measured by waiting at each stage's end. */
import { Table, Text } from '@mantine/core';
import { parseNetwork } from '../../network/text';
import type { RunResult } from '../../inference/protocol';
import { formatShare } from '../../analysis/format';
import { duration } from '../format';
import { analysisOf } from '../useAnalysis';
import { TableScroll } from '../TableScroll';

/** What waiting cost: one timed run against the plain run beside it, so it can drown in the noise of either. */
function overhead(ms: number | undefined): string {
  if (ms === undefined) return '';
  return ms > 0 ? `; the waiting itself added ${duration(ms)}` : '; what the waiting itself added is below the noise';
}

export function StageTimes({ run }: { readonly run: RunResult }) {
  const times = run.stageTimes ?? [];
  const { stages, totals } = analysisOf(parseNetwork(run.network)).analysis;
  const totalMs = times.reduce((sum, time) => sum + time.ms, 0);
  return (
    <div>
      <TableScroll label="Time per stage">
        <Table fz="xs" verticalSpacing={2} withRowBorders={false} className="tabular">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Stage</Table.Th>
              <Table.Th ta="right">Time</Table.Th>
              <Table.Th ta="right">of time</Table.Th>
              <Table.Th ta="right">of MACs</Table.Th>
              <Table.Th ta="right">of CIO</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {times.map(({ stage, ms }) => {
              const cost = stages.find((entry) => entry.name === stage);
              return (
                <Table.Tr key={stage}>
                  <Table.Td>{stage}</Table.Td>
                  <Table.Td ta="right">{duration(ms)}</Table.Td>
                  <Table.Td ta="right">{formatShare(ms / totalMs)}</Table.Td>
                  <Table.Td ta="right">{cost ? formatShare(cost.macs / totals.macs) : '–'}</Table.Td>
                  <Table.Td ta="right">{cost ? formatShare(cost.cio / totals.cio) : '–'}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </TableScroll>
      <Text size="xs" c="dimmed">
        Measured by waiting at the end of every stage
        {overhead(run.stageTimesOverheadMs)}.
      </Text>
    </div>
  );
}
