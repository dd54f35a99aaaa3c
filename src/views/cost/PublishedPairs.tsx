/** Table 3 of the paper: each base network and its CSP version, an arrow between them. Published, not computed. */
import { Stack, Table } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { scaleLinear, scaleLog } from 'd3';
import { SOURCES, TABLE_3 } from '../../analysis/published';
import type { PublishedNetwork, PublishedPair } from '../../analysis/published';
import { ChartFigure } from '../chart/ChartFigure';
import { markPath } from '../chart/fusionMarks';
import classes from '../chart/plot.module.css';
import { PlotFrame } from '../chart/PlotFrame';
import { TableScroll } from '../TableScroll';

const HEIGHT = 300;
const MARGIN = { top: 22, right: 20, bottom: 38, left: 40 };
const UNMEASURED = 480;

const said = ({ name, params, bflops, top1 }: PublishedNetwork) =>
  `${name} ${top1.toFixed(1)} % with ${bflops} BFLOPs and ${params} M weights`;

/** Where a base network's name stands beside its mark, px. */
const NAMES: Readonly<
  Record<string, { readonly dx: number; readonly dy: number; readonly anchor: 'start' | 'middle' | 'end' }>
> = {
  PeleeNet: { dx: 4, dy: 20, anchor: 'middle' },
  'ResNet-10': { dx: 10, dy: 4, anchor: 'start' },
  'ResNeXt-50': { dx: -2, dy: 24, anchor: 'end' },
  'DenseNet-201-Elastic': { dx: 4, dy: -12, anchor: 'middle' },
  'DarkNet-53': { dx: 4, dy: 20, anchor: 'middle' },
};

function Pair({
  pair,
  at,
}: {
  readonly pair: PublishedPair;
  readonly at: (one: PublishedNetwork) => [number, number];
}) {
  const [x1, y1] = at(pair.base);
  const [x2, y2] = at(pair.csp);
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  // The arrow ends short of the mark, which is 5 px large.
  const [tipX, tipY] = [x2 - 7 * ux, y2 - 7 * uy];
  const wing = (side: number) => `${tipX - 6 * ux + side * 3.5 * uy},${tipY - 6 * uy - side * 3.5 * ux}`;
  const name = NAMES[pair.base.name] ?? { dx: 0, dy: 20, anchor: 'middle' };
  return (
    <g>
      <path d={`M${x1},${y1}L${tipX},${tipY}M${wing(1)}L${tipX},${tipY}L${wing(-1)}`} className={classes.roof} />
      <path d={markPath('plain')} transform={`translate(${x1},${y1})`} className={classes.hollow}>
        <title>{said(pair.base)}</title>
      </path>
      <path
        d={markPath('standard')}
        transform={`translate(${x2},${y2})`}
        className={`${classes.neutral} ${classes.mark}`}
      >
        <title>{said(pair.csp)}</title>
      </path>
      <text x={x1 + name.dx} y={y1 + name.dy} textAnchor={name.anchor} className={classes.label}>
        {pair.base.name}
      </text>
    </g>
  );
}

function Plot() {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured || UNMEASURED;
  const x = scaleLog([0.7, 30], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([62, 80], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const all = TABLE_3.map(({ base, csp }) => `${said(base)}, as ${said(csp)}`).join('; ');
  return (
    <ChartFigure
      title="Table 3"
      unit="top-1 on ImageNet over BFLOPs, logarithmic; base △ → CSP ◆"
      caption={`Published: ${SOURCES.table3}; DarkNet-53: ${SOURCES.repository}`}
    >
      <div ref={ref}>
        <svg className={classes.plot} width="100%" height={HEIGHT} role="img" aria-label={`Published, Table 3: ${all}`}>
          <PlotFrame
            width={width}
            height={HEIGHT}
            margin={MARGIN}
            x={{ at: (value) => x(value), ticks: [1, 2, 5, 10, 20], text: String, title: 'BFLOPs, logarithmic' }}
            y={{ at: (value) => y(value), ticks: [62, 66, 70, 74, 78], text: String, title: 'top-1, %' }}
          />
          {TABLE_3.map((pair) => (
            <Pair key={pair.base.name} pair={pair} at={({ bflops, top1 }) => [x(bflops), y(top1)]} />
          ))}
        </svg>
      </div>
    </ChartFigure>
  );
}

const change = (pair: PublishedPair) =>
  pair.compute === null ? '–' : `${pair.compute < 0 ? '−' : '+'}${Math.abs(pair.compute)} %`;

export function PublishedPairs() {
  return (
    <Stack gap="xs">
      <Plot />
      <TableScroll label="Table 3 of the paper, published">
        <Table fz="xs" className="tabular" verticalSpacing={2}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Base → CSP</Table.Th>
              <Table.Th ta="right">Weights, M</Table.Th>
              <Table.Th ta="right">BFLOPs</Table.Th>
              <Table.Th ta="right">Published change</Table.Th>
              <Table.Th ta="right">Top-1, %</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {TABLE_3.map((pair) => {
              const { base, csp } = pair;
              return (
                <Table.Tr key={base.name}>
                  <Table.Td>
                    {base.name}
                    {pair.source === SOURCES.repository && ' *'}
                  </Table.Td>
                  <Table.Td ta="right">{`${base.params.toFixed(2)} → ${csp.params.toFixed(2)}`}</Table.Td>
                  <Table.Td ta="right">{`${base.bflops} → ${csp.bflops}`}</Table.Td>
                  <Table.Td ta="right">{change(pair)}</Table.Td>
                  <Table.Td ta="right">{`${base.top1.toFixed(1)} → ${csp.top1.toFixed(1)}`}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </TableScroll>
      <small style={{ fontSize: 'var(--mantine-font-size-xs)', color: 'var(--mantine-color-dimmed)' }}>
        * From {SOURCES.repository}, not from Table 3.
      </small>
    </Stack>
  );
}
