/** The four networks that this project trained: measured accuracy with its interval over counted compute. */
import { Stack, Table, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { format, scaleLinear } from 'd3';
import { useMemo } from 'react';
import { computeOf, CONVENTION_TEXTS } from '../../analysis/conventions';
import { formatCount, formatShare } from '../../analysis/format';
import { spread } from '../../diagram/spread';
import type { Fusion } from '../../network/spec';
import { parseNetwork } from '../../network/text';
import { ChartFigure } from '../chart/ChartFigure';
import { FUSION_NAMES, markPath } from '../chart/fusionMarks';
import classes from '../chart/plot.module.css';
import { PlotFrame } from '../chart/PlotFrame';
import { TableScroll } from '../TableScroll';
import { analysisOf } from '../useAnalysis';
import { useCounting } from '../useCounting';
import { useLab } from '../useLab';

const HEIGHT = 300;
const MARGIN = { top: 22, right: 104, bottom: 38, left: 44 };
const UNMEASURED = 480;
const siTick = format('~s');

interface Trained {
  readonly network: string;
  readonly fusion: Fusion;
  readonly compute: number;
  /** Shares of the test photos. */
  readonly top1: number;
  readonly interval: readonly [low: number, high: number];
}

function useTrained(): readonly Trained[] {
  const cards = useLab((state) => state.cards);
  const { convention } = useCounting();
  return useMemo(
    () =>
      cards.map(({ network, accuracy: { overall } }) => {
        const spec = parseNetwork(network);
        const compute = computeOf(analysisOf(spec).analysis.totals, convention);
        return { network, fusion: spec.fusion, compute, top1: overall.top1, interval: overall.interval };
      }),
    [cards, convention],
  );
}

const said = ({ fusion, compute, top1, interval }: Trained, unit: string) =>
  `${FUSION_NAMES[fusion]} ${formatShare(top1)}, interval ${formatShare(interval[0])} to ${formatShare(interval[1])}, with ${formatCount(compute)} ${unit}`;

function Plot({ networks, unit }: { readonly networks: readonly Trained[]; readonly unit: string }) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured || UNMEASURED;
  const computes = networks.map((one) => one.compute);
  const [low, high] = [Math.min(...computes), Math.max(...computes)];
  const room = (high - low || high) * 0.15;
  const x = scaleLinear([low - room, high + room], [MARGIN.left, width - MARGIN.right]);
  const ends = networks.flatMap((one) => one.interval);
  const y = scaleLinear([Math.min(...ends), Math.max(...ends)], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(5);
  const names = spread(
    networks.map((one) => y(one.top1)),
    14,
    MARGIN.top,
    HEIGHT - MARGIN.bottom,
  );
  const right = width - MARGIN.right + 8;
  return (
    <ChartFigure
      title="Our four networks"
      unit={`top-1 on everyday61’s test photos with its 95 % interval, over ${unit}`}
      caption="Trained together by this project, each learning from the mean of the four too; accuracy from the model cards, compute counted"
    >
      <div ref={ref}>
        <svg
          className={classes.plot}
          width="100%"
          height={HEIGHT}
          role="img"
          aria-label={`Computed and measured here: ${networks.map((one) => said(one, unit)).join('; ')}`}
        >
          <PlotFrame
            width={width}
            height={HEIGHT}
            margin={MARGIN}
            x={{ at: (value) => x(value), ticks: x.ticks(width < 420 ? 3 : 5), text: siTick, title: unit }}
            y={{
              at: (value) => y(value),
              ticks: y.ticks(5),
              text: (value) => `${Math.round(100 * value)}`,
              title: 'top-1, %',
            }}
          />
          {networks.map((one, index) => {
            const at = x(one.compute);
            const [bottom, top] = [y(one.interval[0]), y(one.interval[1])];
            return (
              <g key={one.network}>
                <path
                  d={`M${at},${top}V${bottom}M${at - 4},${top}h8M${at - 4},${bottom}h8`}
                  className={classes.whisker}
                  fill="none"
                />
                <path d={`M${at + 8},${y(one.top1)}L${right - 3},${names[index]}`} className={classes.grid} />
                <path
                  d={markPath(one.fusion, 90)}
                  transform={`translate(${at},${y(one.top1)})`}
                  className={`${classes.neutral} ${classes.mark}`}
                >
                  <title>{said(one, unit)}</title>
                </path>
                <text x={right} y={names[index]} dy="0.32em" className={classes.label}>
                  {FUSION_NAMES[one.fusion]}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
    </ChartFigure>
  );
}

export function PublishedOurs() {
  const networks = useTrained();
  const first = useLab((state) => state.cards[0]);
  const { convention } = useCounting();
  const unit = CONVENTION_TEXTS[convention].short;
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={600}>
          Computed and measured here, another network and another dataset
        </Text>
        <Text size="xs" c="dimmed">
          {first
            ? `Small DenseNets on ${first.dataset.name}, ${first.classes.length} classes, ${first.accuracy.overall.count} test photos: where intervals overlap, the order says little. Not to be read against the paper’s numbers.`
            : 'The model cards of the trained networks have not been read, so there is nothing to show.'}
        </Text>
      </div>
      {networks.length > 0 && (
        <>
          <Plot networks={networks} unit={unit} />
          <TableScroll label="Our four networks, computed and measured">
            <Table fz="xs" className="tabular" verticalSpacing={2}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Small DenseNet on everyday61</Table.Th>
                  <Table.Th ta="right">{unit}</Table.Th>
                  <Table.Th ta="right">Top-1</Table.Th>
                  <Table.Th ta="right">95 % interval</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {networks.map(({ network, fusion, compute, top1, interval }) => (
                  <Table.Tr key={network}>
                    <Table.Td>{FUSION_NAMES[fusion]}</Table.Td>
                    <Table.Td ta="right">{formatCount(compute)}</Table.Td>
                    <Table.Td ta="right">{formatShare(top1)}</Table.Td>
                    <Table.Td ta="right">
                      {formatShare(interval[0])} – {formatShare(interval[1])}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </TableScroll>
        </>
      )}
    </Stack>
  );
}
