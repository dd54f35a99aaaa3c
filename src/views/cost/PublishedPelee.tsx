/** Table 1 of the paper as a plot and a table, with Figure 4's differences at γ = ½. Published, not computed. */
import { Stack, Table } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { line, scaleLinear } from 'd3';
import { FIGURE_4, SOURCES, TABLE_1 } from '../../analysis/published';
import type { PeleeRow } from '../../analysis/published';
import { ChartFigure } from '../chart/ChartFigure';
import { DASHES, markPath } from '../chart/fusionMarks';
import classes from '../chart/plot.module.css';
import { PlotFrame } from '../chart/PlotFrame';
import { TableScroll } from '../TableScroll';

const HEIGHT = 300;
const MARGIN = { top: 22, right: 20, bottom: 38, left: 40 };
const UNMEASURED = 480;

interface Beside {
  readonly dx: number;
  readonly dy: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Where a name stands beside one of its marks, px. */
const NAMES: Readonly<Record<string, Beside>> = {
  PeleeNet: { dx: -2, dy: 18, anchor: 'end' },
  'SPeleeNet, sparse': { dx: 9, dy: 4, anchor: 'start' },
  'PeleeNeXt, grouped': { dx: 9, dy: 4, anchor: 'start' },
  CSPPeleeNet: { dx: 8, dy: -10, anchor: 'end' },
  'Fusion first': { dx: 10, dy: 2, anchor: 'start' },
  'Fusion last': { dx: 4, dy: -10, anchor: 'end' },
};

/** Where γ stands beside its mark, px. */
function gammaBeside({ fusion, gamma }: PeleeRow): Beside {
  if (fusion === 'first') return { dx: 4, dy: 16, anchor: 'start' };
  if (fusion === 'last') {
    if (gamma === 0.25) return { dx: 2, dy: 17, anchor: 'middle' };
    return gamma === 0.5 ? { dx: 0, dy: -9, anchor: 'middle' } : { dx: -8, dy: 4, anchor: 'end' };
  }
  if (gamma === 0.25) return { dx: 4, dy: 16, anchor: 'start' };
  return gamma === 0.5 ? { dx: -9, dy: -4, anchor: 'end' } : { dx: -5, dy: 15, anchor: 'middle' };
}

const SERIES = ['CSPPeleeNet', 'Fusion first', 'Fusion last'];
const said = ({ name, gamma, top1, bflops }: PeleeRow) =>
  `${name}${gamma === null ? '' : ` at γ ${gamma}`} ${top1.toFixed(1)} % with ${bflops} BFLOPs`;
const signed = (value: number, text: string) => `${value < 0 ? '−' : '+'}${text}`;

function Name({ row }: { readonly row: PeleeRow }) {
  const place = NAMES[row.name];
  const at = row.fusion === 'last' ? 0.75 : 0.25;
  if (!place || (row.gamma !== null && row.gamma !== at)) return null;
  return (
    <text x={place.dx} y={place.dy} textAnchor={place.anchor} className={classes.label}>
      {row.name.split(',')[0]}
    </text>
  );
}

function Gamma({ row }: { readonly row: PeleeRow }) {
  if (row.gamma === null) return null;
  const { dx, dy, anchor } = gammaBeside(row);
  return (
    <text x={dx} y={dy} textAnchor={anchor} className={classes.small}>
      {row.gamma}
    </text>
  );
}

function Plot() {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured || UNMEASURED;
  const x = scaleLinear([0.6, 1.05], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([68, 72], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  return (
    <ChartFigure title="Table 1" unit="top-1 on ImageNet over BFLOPs" caption={`Published: ${SOURCES.table1}`}>
      <div ref={ref}>
        <svg
          className={classes.plot}
          width="100%"
          height={HEIGHT}
          role="img"
          aria-label={`Published, Table 1 of the paper: ${TABLE_1.map(said).join('; ')}`}
        >
          <PlotFrame
            width={width}
            height={HEIGHT}
            margin={MARGIN}
            x={{ at: (value) => x(value), ticks: [0.6, 0.7, 0.8, 0.9, 1], text: String, title: 'BFLOPs' }}
            y={{ at: (value) => y(value), ticks: [68, 69, 70, 71, 72], text: String, title: 'top-1, %' }}
          />
          {SERIES.map((name) => {
            const rows = TABLE_1.filter((row) => row.name === name);
            const fusion = rows[0]?.fusion ?? 'plain';
            const points = rows.map((row): [number, number] => [x(row.bflops), y(row.top1)]);
            return (
              <path key={name} d={line()(points) ?? ''} className={classes.line} strokeDasharray={DASHES[fusion]} />
            );
          })}
          {TABLE_1.map((row) => (
            <g key={`${row.name} ${row.gamma}`} transform={`translate(${x(row.bflops)},${y(row.top1)})`}>
              <path
                d={markPath(row.fusion ?? 'plain')}
                className={row.fusion === null ? classes.hollow : `${classes.neutral} ${classes.mark}`}
              >
                <title>{said(row)}</title>
              </path>
              <Gamma row={row} />
              <Name row={row} />
            </g>
          ))}
        </svg>
      </div>
    </ChartFigure>
  );
}

export function PublishedPelee() {
  return (
    <Stack gap="xs">
      <Plot />
      <TableScroll label="Table 1 of the paper, published">
        <Table fz="xs" className="tabular" verticalSpacing={2}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>PeleeNet on ImageNet</Table.Th>
              <Table.Th ta="right">γ</Table.Th>
              <Table.Th ta="right">BFLOPs</Table.Th>
              <Table.Th ta="right">Top-1, %</Table.Th>
              <Table.Th ta="right">Figure 4: compute</Table.Th>
              <Table.Th ta="right">top-1</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {TABLE_1.map((row) => {
              const figure = row.gamma === 0.5 ? FIGURE_4.find((one) => one.fusion === row.fusion) : undefined;
              return (
                <Table.Tr key={`${row.name} ${row.gamma}`}>
                  <Table.Td>{row.name}</Table.Td>
                  <Table.Td ta="right">{row.gamma ?? '–'}</Table.Td>
                  <Table.Td ta="right">{row.bflops.toFixed(3)}</Table.Td>
                  <Table.Td ta="right">{row.top1.toFixed(1)}</Table.Td>
                  <Table.Td ta="right">
                    {figure ? signed(figure.compute, `${Math.abs(figure.compute)} %`) : ''}
                  </Table.Td>
                  <Table.Td ta="right">{figure ? signed(figure.top1, Math.abs(figure.top1).toFixed(1)) : ''}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </TableScroll>
    </Stack>
  );
}
