/**
 * Grouped bars, one group per stage and one bar per network. One stop for the keyboard: the arrow keys go from stage to
 * stage, Enter to the stage's flow. Where the bars stand is analysis/barLayout.ts.
 */
import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { format } from 'd3';
import { memo, useRef, useState } from 'react';
import { layoutBars } from '../../analysis/barLayout';
import type { LegendEntry } from '../../exports/legend';
import { stageText } from '../../analysis/format';
import { ChartFigure } from '../chart/ChartFigure';
import classes from './cost.module.css';
import { useLitStage, useStageMarks } from './highlight';

/** One bar; `value` in the unit of the axis. */
export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  readonly value: number;
  /** The value as it is written and read out. */
  readonly text: string;
}

export interface BarGroup {
  readonly name: string;
  readonly bars: readonly Bar[];
}

/** How the axis is written. */
export type Ticks = 'count' | 'bytes' | 'percent';

interface Props {
  readonly title: string;
  readonly unit: string;
  readonly caption: string;
  /** Text forms of A and B, and the colours of all that have bars. */
  readonly names: readonly string[];
  readonly legend: readonly LegendEntry[];
  readonly groups: readonly BarGroup[];
  /** The networks' keys in order. */
  readonly keys: readonly string[];
  readonly ticks: Ticks;
  /** What is said below the chart while no stage is lit: the whole network. */
  readonly whole: string;
  /** A stage is pointed at, or none. */
  readonly onPoint: (stage: string | null) => void;
  readonly onChoose: (stage: string) => void;
}

const HEIGHT = 190;
const MARGIN = { top: 8, right: 4, bottom: 24, left: 54 };
/** Width to lay out for before the place has been measured, px. */
const UNMEASURED = 320;
const siTick = format('~s');

/** KiB, MiB …: the largest that the largest value has one of. */
function byteUnit(groups: readonly BarGroup[]): readonly [unit: number, name: string] {
  const largest = Math.max(0, ...groups.flatMap((group) => group.bars.map((bar) => Math.abs(bar.value))));
  if (largest >= 2 ** 30) return [2 ** 30, 'GiB'];
  return largest >= 2 ** 20 ? [2 ** 20, 'MiB'] : [2 ** 10, 'KiB'];
}

const barsText = (group: BarGroup) => group.bars.map((bar) => `${bar.label} ${bar.text}`).join(', ');

export const StageBars = memo(function StageBars(props: Props) {
  const { title, unit, caption, names, legend, groups, keys, ticks, whole, onPoint, onChoose } = props;
  const { ref, width } = useElementSize();
  const chart = useRef<HTMLDivElement>(null);
  useStageMarks(chart);
  const [stop, setStop] = useState(0);
  const places = useRef(new Map<number, SVGGElement>());
  const [step, stepName] = ticks === 'bytes' ? byteUnit(groups) : [1, ''];
  const layout = layoutBars(groups, keys, { width: width || UNMEASURED, height: HEIGHT, margin: MARGIN }, step);
  const tick = (value: number) => {
    if (ticks === 'percent') return layout.percent(value);
    if (ticks === 'bytes') return value === 0 ? '0' : `${value / step} ${stepName}`;
    return siTick(value).replace(/(?<=\d)(?=[a-zA-Zµ])/, ' ');
  };
  const go = (index: number) => {
    const next = Math.min(groups.length - 1, Math.max(0, index));
    setStop(next);
    places.current.get(next)?.focus();
  };
  return (
    <div ref={chart} className={classes.bars}>
      <ChartFigure title={title} unit={unit} caption={caption} networks={names} legend={legend}>
        <svg
          ref={ref}
          width="100%"
          height={HEIGHT}
          role="group"
          aria-label={`${title}, ${unit}, per stage. Whole network: ${whole}`}
          className={classes.chart}
        >
          {layout.ticks.map(({ value, y }) => (
            <g key={value} transform={`translate(0,${y})`}>
              <line
                x1={MARGIN.left}
                x2={(width || UNMEASURED) - MARGIN.right}
                className={value === 0 ? classes.zero : classes.grid}
              />
              <text x={MARGIN.left - 6} dy="0.32em" textAnchor="end" className={classes.tick}>
                {tick(value)}
              </text>
            </g>
          ))}
          {layout.groups.map((group, index) => {
            const data = groups[index];
            if (!data) return null;
            return (
              <g
                key={group.name}
                ref={(element) => {
                  if (element) places.current.set(index, element);
                  else places.current.delete(index);
                }}
                transform={`translate(${group.x},0)`}
                className={classes.group}
                data-part={group.name}
                role="button"
                tabIndex={index === Math.min(stop, groups.length - 1) ? 0 : -1}
                aria-label={`${stageText(group.name)}: ${barsText(data) || 'none'}. Show its flow`}
                onPointerEnter={() => onPoint(group.name)}
                onPointerLeave={() => onPoint(null)}
                onFocus={() => {
                  setStop(index);
                  onPoint(group.name);
                }}
                onBlur={() => onPoint(null)}
                onClick={() => onChoose(group.name)}
                onKeyDown={(event) => {
                  const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: groups.length - 1 }[
                    event.key
                  ];
                  if (to !== undefined) go(to);
                  else if (event.key === 'Enter' || event.key === ' ') onChoose(group.name);
                  else return;
                  event.preventDefault();
                }}
              >
                <rect
                  className={classes.ground}
                  x={-2}
                  y={MARGIN.top - 6}
                  width={group.width + 4}
                  height={HEIGHT - MARGIN.top + 4}
                  rx={4}
                />
                {group.bars.map((bar, place) => (
                  <rect
                    key={bar.key}
                    x={bar.x}
                    y={bar.y}
                    width={bar.width}
                    height={bar.height}
                    fill={data.bars[place]?.colour}
                  />
                ))}
                <text x={group.width / 2} y={HEIGHT - 8} textAnchor="middle" className={classes.tick}>
                  {group.width < 42 ? group.name.replace('stage', '') : stageText(group.name)}
                </text>
              </g>
            );
          })}
        </svg>
      </ChartFigure>
      <Numbers groups={groups} whole={whole} />
    </div>
  );
});

/** The numbers of the lit stage, or of the whole networks. The svg's and its groups' labels say the same aloud. */
function Numbers({ groups, whole }: Pick<Props, 'groups' | 'whole'>) {
  const lit = useLitStage();
  const group = groups.find((one) => one.name === lit);
  return (
    <Text size="xs" className={classes.numbers} aria-hidden>
      <b>{group ? stageText(group.name) : 'whole'}</b> {group ? barsText(group) || '–' : whole}
    </Text>
  );
}
