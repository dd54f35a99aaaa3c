/** Grouped bars, one group per stage and one bar per network, with axis, values and a caption for screen readers. */
import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { format, scaleBand, scaleLinear } from 'd3';
import classes from './cost.module.css';

/** One bar; `value` in the unit of the axis. */
export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  readonly value: number;
  /** The value as it is written above the bar and read out. */
  readonly text: string;
}

export interface BarGroup {
  readonly name: string;
  readonly bars: readonly Bar[];
}

interface Props {
  readonly title: string;
  readonly unit: string;
  readonly groups: readonly BarGroup[];
  /** How axis ticks are written. */
  readonly tick?: (value: number) => string;
  /** Name of the lit group; the others are dimmed. */
  readonly lit?: string | null;
  readonly onGroup?: (name: string) => void;
}

const HEIGHT = 220;
const MARGIN = { top: 18, right: 8, bottom: 26, left: 52 };
const siTick = format('~s');

export function StageBars({ title, unit, groups, tick = siTick, lit = null, onGroup }: Props) {
  const { ref, width } = useElementSize();
  const inner = Math.max(120, width - MARGIN.left - MARGIN.right);
  const values = groups.flatMap((group) => group.bars.map((bar) => bar.value));
  const y = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(0, ...values, Number.EPSILON)])
    .nice(4)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const x = scaleBand()
    .domain(groups.map((group) => group.name))
    .range([MARGIN.left, MARGIN.left + inner])
    .padding(0.18);
  const keys = [...new Set(groups.flatMap((group) => group.bars.map((bar) => bar.key)))];
  const within = scaleBand().domain(keys).range([0, x.bandwidth()]).padding(0.08);
  const summary = groups
    .map((group) => `${group.name}: ${group.bars.map((bar) => `${bar.label} ${bar.text}`).join(', ')}`)
    .join('; ');
  return (
    <div ref={ref}>
      <Text size="xs" fw={600}>
        {title}{' '}
        <Text span size="xs" c="dimmed" fw={400}>
          {unit}
        </Text>
      </Text>
      <svg
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={`${title}, ${unit}. ${summary}`}
        className={classes.chart}
      >
        {y.ticks(4).map((value) => (
          <g key={value} transform={`translate(0,${y(value)})`}>
            <line x1={MARGIN.left} x2={MARGIN.left + inner} className={value === 0 ? classes.zero : classes.grid} />
            <text x={MARGIN.left - 6} dy="0.32em" textAnchor="end" className={classes.tick}>
              {tick(value)}
            </text>
          </g>
        ))}
        {groups.map((group) => (
          <g
            key={group.name}
            transform={`translate(${x(group.name) ?? 0},0)`}
            opacity={lit === null || lit === group.name ? 1 : 0.45}
            onClick={() => onGroup?.(group.name)}
            style={onGroup ? { cursor: 'pointer' } : undefined}
          >
            <rect
              width={x.bandwidth()}
              y={MARGIN.top}
              height={HEIGHT - MARGIN.top - MARGIN.bottom}
              fill="transparent"
            />
            {group.bars.map((bar) => {
              const top = Math.min(y(bar.value), y(0));
              return (
                <rect
                  key={bar.key}
                  x={within(bar.key)}
                  width={within.bandwidth()}
                  y={top}
                  height={Math.max(bar.value === 0 ? 0 : 1, Math.abs(y(bar.value) - y(0)))}
                  fill={bar.colour}
                >
                  <title>{`${group.name}, ${bar.label}: ${bar.text}`}</title>
                </rect>
              );
            })}
            <text x={x.bandwidth() / 2} y={HEIGHT - 8} textAnchor="middle" className={classes.tick}>
              {x.bandwidth() < 42 ? group.name.replace('stage', '') : group.name.replace('stage', 'stage ')}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
