/** Measured time per stage beside what compute and CIO would predict, and how well each goes with it. */
import { SimpleGrid, Stack, Table, Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import { pearson, spearman } from '../../analysis/correlation';
import { formatDecimal, formatShare, stageText } from '../../analysis/format';
import type { StagePerformance } from '../../analysis/roofline';
import { duration } from '../format';
import { TableScroll } from '../TableScroll';
import { timingWords } from '../timingWords';
import classes from './roofline.module.css';
import type { TimedRun } from './useTimedRuns';

interface BarStyle extends CSSProperties {
  readonly '--share': number;
  readonly '--bar': string;
}

function Bar({ share, most, colour, text }: { share: number; most: number; colour: string; text: string }) {
  const style: BarStyle = { '--share': share / most, '--bar': colour };
  return (
    <Table.Td className={classes.bar} style={style}>
      <span>{text}</span>
    </Table.Td>
  );
}

/** A correlation with its sign: `r = 0.91`, or a dash where there is none. */
const signed = (value: number | null) => formatDecimal(value, 2).replace('-', '−');

const PREDICTORS = [
  { name: 'compute', of: (stage: StagePerformance) => stage.compute },
  { name: 'CIO', of: (stage: StagePerformance) => stage.cio },
] as const;

function Correlations({ stages }: { readonly stages: readonly StagePerformance[] }) {
  const times = stages.map((stage) => stage.ms);
  return (
    <Table fz="xs" className="tabular" verticalSpacing={2} withRowBorders={false}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Time goes with, n = {stages.length}</Table.Th>
          <Table.Th ta="right">Pearson’s r</Table.Th>
          <Table.Th ta="right">Spearman’s ρ</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {PREDICTORS.map(({ name, of }) => (
          <Table.Tr key={name}>
            <Table.Td>{name}</Table.Td>
            <Table.Td ta="right">{signed(pearson(times, stages.map(of)))}</Table.Td>
            <Table.Td ta="right">{signed(spearman(times, stages.map(of)))}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Run({ run, unit }: { readonly run: TimedRun; readonly unit: string }) {
  const { slot, network, backend, timing, overheadMs, stages } = run;
  const most = Math.max(...stages.flatMap((stage) => [stage.timeShare, stage.computeShare, stage.cioShare]));
  const own = `var(--lens-${slot})`;
  const counted = 'var(--lens-plain)';
  const name = slot.toUpperCase();
  return (
    <Stack gap={4} miw={0} data-testid={`measured-${slot}`}>
      <Text size="xs" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {name} {network}, {backend}
      </Text>
      <TableScroll label={`Measured times of ${name} beside their predictions`}>
        <Table fz="xs" className="tabular" verticalSpacing={2} withRowBorders={false}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Stage</Table.Th>
              <Table.Th ta="right">Measured</Table.Th>
              <Table.Th>of the time</Table.Th>
              <Table.Th>of {unit}</Table.Th>
              <Table.Th>of CIO</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {stages.map(({ stage, ms, timeShare, computeShare, cioShare }) => (
              <Table.Tr key={stage}>
                <Table.Td>{stageText(stage)}</Table.Td>
                <Table.Td ta="right">{duration(ms)}</Table.Td>
                <Bar share={timeShare} most={most} colour={own} text={formatShare(timeShare)} />
                <Bar share={computeShare} most={most} colour={counted} text={formatShare(computeShare)} />
                <Bar share={cioShare} most={most} colour={counted} text={formatShare(cioShare)} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableScroll>
      <Text size="xs" c="dimmed">
        Measured {timingWords(timing, overheadMs)}.
      </Text>
      <Correlations stages={stages} />
    </Stack>
  );
}

export function MeasuredTimes({ runs, unit }: { readonly runs: readonly TimedRun[]; readonly unit: string }) {
  if (runs.length === 0) return null;
  return (
    <Stack gap="xs">
      <Text size="xs" fw={600}>
        Measured, beside what compute and CIO would predict
      </Text>
      <SimpleGrid cols={{ base: 1, md: runs.length }} spacing="md">
        {runs.map((run) => (
          <Run key={run.slot} run={run} unit={unit} />
        ))}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        Few stages make a weak correlation: one that is slow for a reason of its own decides it. The executor folds
        normalisation into convolutions and copies no concatenation, so it moves other bytes than were counted; the
        bytes per second above are the counted ones. Dashed: the most that any stage reached in these runs, which the
        device may well surpass.
      </Text>
    </Stack>
  );
}
