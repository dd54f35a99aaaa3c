/** The rows of every layer of a network, sortable by any column. */
import { Table } from '@mantine/core';
import { useState } from 'react';
import type { Analysis } from '../../analysis/cost';
import { formatCount, formatDecimal, formatShape } from '../../analysis/format';
import type { Convention } from '../../state/pageState';
import classes from './cost.module.css';

type Layer = Analysis['layers'][number];

interface Column {
  readonly name: string;
  readonly value: (layer: Layer, index: number) => number | string;
  readonly show: (layer: Layer) => string;
  readonly numeric: boolean;
}

const size = (of: readonly [number, number, number]) => of[0] * of[1] * of[2];

function columns(convention: Convention): readonly Column[] {
  const compute = convention === 'macs' ? 'macs' : 'flops';
  return [
    { name: 'Layer', value: (_, index) => index, show: (layer) => layer.id, numeric: false },
    { name: 'In', value: (layer) => size(layer.in), show: (layer) => formatShape(layer.in), numeric: true },
    { name: 'Out', value: (layer) => size(layer.out), show: (layer) => formatShape(layer.out), numeric: true },
    {
      name: convention === 'macs' ? 'MACs' : 'FLOPs',
      value: (layer) => layer[compute],
      show: (layer) => formatCount(layer[compute]),
      numeric: true,
    },
    { name: 'CIO', value: (layer) => layer.cio, show: (layer) => formatCount(layer.cio), numeric: true },
    { name: 'Parameters', value: (layer) => layer.params, show: (layer) => formatCount(layer.params), numeric: true },
    {
      name: 'MoC',
      value: (layer) => layer.moc ?? 0,
      show: (layer) => formatDecimal(layer.moc, 1),
      numeric: true,
    },
  ];
}

export function LayerRows({
  layers,
  convention,
}: {
  readonly layers: readonly Layer[];
  readonly convention: Convention;
}) {
  const [sort, setSort] = useState({ column: 0, descending: false });
  const all = columns(convention);
  const by = all[sort.column];
  const sorted = layers
    .map((layer, index) => ({ layer, key: by?.value(layer, index) ?? index }))
    .sort((p, q) => (p.key < q.key ? -1 : p.key > q.key ? 1 : 0) * (sort.descending ? -1 : 1));
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Every layer">
      <Table fz="xs" className="tabular" verticalSpacing={3} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {all.map((column, index) => {
              const active = sort.column === index;
              return (
                <Table.Th
                  key={column.name}
                  ta={column.numeric ? 'right' : 'left'}
                  aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                >
                  <button
                    type="button"
                    className={classes.sort}
                    onClick={() => setSort({ column: index, descending: active ? !sort.descending : column.numeric })}
                  >
                    {column.name}
                    {active ? (sort.descending ? ' ↓' : ' ↑') : ''}
                  </button>
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map(({ layer }) => (
            <Table.Tr key={layer.id}>
              {all.map((column) => (
                <Table.Td key={column.name} ta={column.numeric ? 'right' : 'left'} style={{ whiteSpace: 'nowrap' }}>
                  {column.show(layer)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
