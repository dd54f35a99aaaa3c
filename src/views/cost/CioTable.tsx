/**
 * The paper's CIO formula for each dense block beside the block's counted CIO, at the width the stage really has: the
 * terms with their numbers, and why the two differ. Numbers and words are analysis/cio.ts and cioText.ts.
 */
import { Group, Paper, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { memo, useMemo, useRef, useState } from 'react';
import { blockCio } from '../../analysis/cio';
import type { BlockCio, DenseAndPartial } from '../../analysis/cio';
import { countedText, formulaText, gapText, savingText } from '../../analysis/cioText';
import { formatCount, formatShare, stageText } from '../../analysis/format';
import { usePage } from '../../state/page';
import { Why } from '../explain/Why';
import { TableScroll } from '../TableScroll';
import type { Compared } from '../useAnalysis';
import classes from './cost.module.css';
import { nodeOfStage, useStageMarks } from './highlight';

/** The block on the whole base layer and as it is, one line each; one line where nothing bypasses. */
function Terms({ block, text }: { readonly block: BlockCio; readonly text: (entering: number) => string }) {
  if (block.part2 === block.c) return <Table.Td>{text(block.c)}</Table.Td>;
  return (
    <Table.Td>
      <div>
        <span className={classes.side}>dense</span> {text(block.c)}
      </div>
      <div>
        <span className={classes.side}>partial</span> {text(block.part2)}
      </div>
    </Table.Td>
  );
}

const saved = (sides: DenseAndPartial) => (sides.saved === 0 ? '–' : formatShare(sides.saved));

export const CioTable = memo(function CioTable({ networks }: { readonly networks: readonly Compared[] }) {
  const [key, setKey] = useState<string>('a');
  const point = usePage((page) => page.point);
  const body = useRef<HTMLTableSectionElement>(null);
  useStageMarks(body);
  const chosen = networks.find((one) => one.key === key) ?? networks[0];
  const blocks = useMemo(() => (chosen ? blockCio(chosen.network) : []), [chosen]);
  if (!chosen) return null;
  const { gamma } = chosen.network.spec;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between" align="start" wrap="wrap">
          <Group gap={2} wrap="nowrap">
            <Text size="sm" fw={600}>
              CIO of the dense blocks: the paper’s formula and the count
            </Text>
            <Why topic="cio" />
          </Group>
          <SegmentedControl
            size="xs"
            aria-label="Network whose dense blocks are shown"
            value={chosen.key}
            onChange={setKey}
            data={networks.map((one) => ({ value: one.key, label: one.label }))}
          />
        </Group>
        <Text size="xs" c="dimmed">
          Elements per pixel. Formula: c·m + (m² + m)·d/2, and (1 − γ)·c·m + (m² + m)·d/2 for the partial block.
          Counted: c·m + (m² − m)·d/2 + (2b + 1)·d·m, and likewise. c channels enter the stage
          {gamma > 0 && `, (1 − γ)·c of them the block (γ = ${gamma}, γ·c rounded down)`}; m layers add d ={' '}
          {blocks[0]?.d} channels each, with a 1×1 of b = {blocks[0]?.b} times that width.
        </Text>
        <TableScroll label="CIO of the dense blocks">
          <Table fz="xs" className="tabular" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Stage</Table.Th>
                <Table.Th>Formula</Table.Th>
                <Table.Th ta="right">saved</Table.Th>
                <Table.Th>Counted</Table.Th>
                <Table.Th ta="right">saved</Table.Th>
                <Table.Th ta="right">Pixels</Table.Th>
                <Table.Th ta="right">Block, elements</Table.Th>
                <Table.Th ta="right">Transitions</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody ref={body}>
              {blocks.map((block) => (
                <Table.Tr
                  key={block.stage}
                  className={classes.row}
                  data-part={block.stage}
                  onPointerEnter={() => point(nodeOfStage(chosen.network, block.stage))}
                  onPointerLeave={() => point(null)}
                >
                  <Table.Td>{stageText(block.stage)}</Table.Td>
                  <Terms block={block} text={(entering) => formulaText({ ...block, entering })} />
                  <Table.Td ta="right">{saved(block.formula)}</Table.Td>
                  <Terms block={block} text={(entering) => countedText({ ...block, entering }, block.b)} />
                  <Table.Td ta="right">{saved(block.counted)}</Table.Td>
                  <Table.Td ta="right">{block.pixels.toLocaleString('en-US')}</Table.Td>
                  <Table.Td ta="right">{formatCount(block.blockElements)}</Table.Td>
                  <Table.Td ta="right">{formatCount(block.transitionElements)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableScroll>
        <Text size="xs">
          {gapText(chosen.label, blocks)} {savingText(blocks)}
        </Text>
      </Stack>
    </Paper>
  );
});
