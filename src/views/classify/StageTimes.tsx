/** Measured time per stage next to what the stage computes and moves, and how it was measured. */
import { Table, Text } from '@mantine/core';
import { parseNetwork } from '../../network/text';
import type { RunResult } from '../../inference/protocol';
import { formatShare } from '../../analysis/format';
import { duration } from '../format';
import { analysisOf } from '../useAnalysis';
import { TableScroll } from '../TableScroll';
import { timingWords } from '../timingWords';

export function StageTimes({ run }: { readonly run: RunResult }) {
  const { stageTimes: times = [], stageTiming, stageTimesOverheadMs } = run;
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
      {stageTiming && (
        <Text size="xs" c="dimmed">
          Measured {timingWords(stageTiming, stageTimesOverheadMs)}.
        </Text>
      )}
    </div>
  );
}
