/** The plot of all layers as a table: per stage and kind of layer, how many there are and their intensities. */
import { Table } from '@mantine/core';
import { useState } from 'react';
import { formatCount, stageText } from '../../analysis/format';
import type { LayerIntensity } from '../../analysis/roofline';
import { TableScroll } from '../TableScroll';
import { kindOf, KINDS } from './RooflineLayers';
import type { PlottedNetwork } from './RooflineLayers';

function range(layers: readonly LayerIntensity[]): string {
  if (layers.length === 0) return '–';
  const values = layers.map((layer) => layer.intensity);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const text = low === high ? formatCount(low) : `${formatCount(low)} – ${formatCount(high)}`;
  return `${layers.length}: ${text}`;
}

/** `stem`, `stage1`, `stage2` … */
const byStage = (p: string, q: string) => Number(p.replace(/\D/g, '')) - Number(q.replace(/\D/g, ''));

function Rows({ networks }: { readonly networks: readonly PlottedNetwork[] }) {
  const all = networks.flatMap((one) => one.layers);
  const named = new Set(all.map((layer) => layer.stage));
  // Networks may differ in their number of stages: the head comes after the last of either.
  const stages = [...[...named].filter((stage) => stage !== 'head').toSorted(byStage), 'head'];
  const rows = stages.flatMap((stage) =>
    KINDS.map((kind) => ({ stage, kind })).filter((row) =>
      all.some((layer) => layer.stage === row.stage && kindOf(layer) === row.kind),
    ),
  );
  return rows.map(({ stage, kind }) => (
    <Table.Tr key={`${stage} ${kind}`}>
      <Table.Td>{stageText(stage)}</Table.Td>
      <Table.Td>{kind}</Table.Td>
      {networks.map(({ slot, layers }) => (
        <Table.Td key={slot} ta="right">
          {range(layers.filter((layer) => layer.stage === stage && kindOf(layer) === kind))}
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}

export function RooflineKinds({
  networks,
  unit,
}: {
  readonly networks: readonly PlottedNetwork[];
  readonly unit: string;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details
      onToggle={(event) => setOpen(event.currentTarget.open)}
      style={{ fontSize: 'var(--mantine-font-size-xs)' }}
    >
      <summary>Intensities as a table</summary>
      {open && (
        <TableScroll label={`Intensity of the layers, ${unit} per byte`}>
          <Table fz="xs" className="tabular" verticalSpacing={2}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Stage</Table.Th>
                <Table.Th>Kind</Table.Th>
                {networks.map(({ slot }) => (
                  <Table.Th key={slot} ta="right">
                    {slot.toUpperCase()}: {unit} per byte
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              <Rows networks={networks} />
            </Table.Tbody>
          </Table>
        </TableScroll>
      )}
    </details>
  );
}
