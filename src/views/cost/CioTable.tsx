/** The paper's CIO formula for each dense block beside the block's counted CIO, at the width the stage really has. */
import { Paper, Stack, Table, Text } from '@mantine/core';
import { blockCio } from '../../analysis/cio';
import type { DenseAndPartial } from '../../analysis/cio';
import { formatCount, formatShare } from '../../analysis/format';
import type { Compared } from '../useAnalysis';
import { TableScroll } from '../TableScroll';

const whole = (value: number) => value.toLocaleString('en');

function Sides({ sides }: { readonly sides: DenseAndPartial }) {
  const partial = sides.saved !== 0;
  return (
    <>
      <Table.Td ta="right">{partial ? `${whole(sides.dense)} → ${whole(sides.partial)}` : whole(sides.dense)}</Table.Td>
      <Table.Td ta="right">{partial ? formatShare(sides.saved) : '–'}</Table.Td>
    </>
  );
}

export function CioTable({ networks }: { readonly networks: readonly Compared[] }) {
  return (
    <Paper withBorder p="sm">
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          CIO of the dense blocks: the paper’s formula and the count
        </Text>
        <Text size="xs" c="dimmed">
          Elements per pixel of the block, on the whole base layer → on x₀″ alone. Formula: c·m + (m² + m)·d/2, one
          convolution per layer. Counted: c·m + (m² − m)·d/2 + (2b + 1)·d·m, a 1×1 and a 3×3 per layer with bottleneck
          width b. Transitions are in neither.
        </Text>
        <TableScroll label="CIO of the dense blocks">
          <Table fz="xs" className="tabular" verticalSpacing={3}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Network</Table.Th>
                <Table.Th>Stage</Table.Th>
                <Table.Th ta="right">c, m, d</Table.Th>
                <Table.Th ta="right">Formula</Table.Th>
                <Table.Th ta="right">saved</Table.Th>
                <Table.Th ta="right">Counted</Table.Th>
                <Table.Th ta="right">saved</Table.Th>
                <Table.Th ta="right">Block, elements</Table.Th>
                <Table.Th ta="right">Transitions</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {networks.flatMap((one) =>
                blockCio(one.network).map((block, index) => (
                  <Table.Tr key={`${one.key} ${block.stage}`}>
                    <Table.Td>{index === 0 ? one.label : ''}</Table.Td>
                    <Table.Td>{block.stage}</Table.Td>
                    <Table.Td ta="right">
                      {block.c}, {block.m}, {block.d}
                    </Table.Td>
                    <Sides sides={block.formula} />
                    <Sides sides={block.counted} />
                    <Table.Td ta="right">{formatCount(block.blockElements)}</Table.Td>
                    <Table.Td ta="right">{formatCount(block.transitionElements)}</Table.Td>
                  </Table.Tr>
                )),
              )}
            </Table.Tbody>
          </Table>
        </TableScroll>
      </Stack>
    </Paper>
  );
}
