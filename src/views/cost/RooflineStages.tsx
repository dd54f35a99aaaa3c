/** The roofline itself: what was reached per stage in a timed run, under what the device can do, as far as it is known. */
import { useElementSize } from '@mantine/hooks';
import { line, scaleLog } from 'd3';
import { formatCount } from '../../analysis/format';
import { attainable } from '../../analysis/roofline';
import type { Roof } from '../../analysis/roofline';
import { ChartFigure } from '../chart/ChartFigure';
import classes from '../chart/plot.module.css';
import { PlotFrame } from '../chart/PlotFrame';
import { decades, logTick, tens } from '../../analysis/logScale';
import { TimeStages } from './TimeStages';
import type { TimedRun } from './useTimedRuns';

const HEIGHT = 300;
const MARGIN = { top: 20, right: 16, bottom: 38, left: 52 };
const UNMEASURED = 480;

interface Props {
  readonly runs: readonly TimedRun[];
  /** What the person says the device can do. */
  readonly given: Roof;
  readonly unit: string;
  readonly caption: string;
  /** Text forms of A and B. */
  readonly names: readonly string[];
}

const short = (stage: string) => stage.replace('stage', '');

export function RooflineStages({ runs, given, unit, caption, names }: Props) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured || UNMEASURED;
  // A stage without compute has no place on a logarithmic scale.
  const points = runs.flatMap(({ slot, stages }) =>
    stages.filter((stage) => stage.compute > 0).map((stage) => ({ slot, ...stage })),
  );
  const hasRoof = given.compute !== null || given.bandwidth !== null;
  if (points.length === 0 && !hasRoof) return <TimeStages runs={runs} framed />;

  const reached: Roof = {
    compute: points.length ? Math.max(...points.map((point) => point.perSecond)) : null,
    bandwidth: points.length ? Math.max(...points.map((point) => point.bytesPerSecond)) : null,
  };
  const domain = decades(points.length ? points.map((point) => point.intensity) : [0.5, 50]);
  const roofs = [
    { key: 'given', roof: given, className: classes.roof },
    { key: 'reached', roof: reached, className: classes.reached },
  ].map(({ key, roof, className }) => {
    const corner = roof.compute !== null && roof.bandwidth !== null ? [roof.compute / roof.bandwidth] : [];
    const at = [domain[0], ...corner.filter((value) => value > domain[0] && value < domain[1]), domain[1]];
    return { key, className, line: at.map((value) => [value, attainable(roof, value)] as const) };
  });
  const heights = [...points.map((point) => point.perSecond), ...roofs.flatMap((one) => one.line.map(([, y]) => y))];
  const x = scaleLog(domain, [MARGIN.left, width - MARGIN.right]);
  const y = scaleLog(decades(heights.filter((value) => value !== null)), [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const said = runs
    .map(({ slot, stages }) => {
      const each = stages.map(
        ({ stage, perSecond, bytesPerSecond }) =>
          `${stage} ${formatCount(perSecond)} ${unit} and ${formatCount(bytesPerSecond)} bytes per second`,
      );
      return `${slot.toUpperCase()}: ${each.join(', ')}`;
    })
    .join('; ');
  return (
    <div>
      <ChartFigure
        title="What was reached, stage by stage"
        unit={`${unit} per second over ${unit} per byte`}
        caption={caption}
        networks={names}
      >
        <div ref={ref}>
          <svg
            className={classes.plot}
            width="100%"
            height={HEIGHT}
            role="img"
            aria-label={`Roofline. ${said === '' ? 'No timed run yet.' : said}`}
          >
            <PlotFrame
              width={width}
              height={HEIGHT}
              margin={MARGIN}
              x={{
                at: (value) => x(value),
                ticks: tens(x.domain()),
                text: logTick,
                title: `intensity, ${unit} per byte`,
              }}
              y={{ at: (value) => y(value), ticks: tens(y.domain()), text: logTick, title: `${unit} per second` }}
            />
            {roofs.map(({ key, className, line: corners }) => {
              const drawn = corners.flatMap(([at, value]): [number, number][] =>
                value === null ? [] : [[x(at), y(value)]],
              );
              return drawn.length > 1 && <path key={key} d={line()(drawn) ?? ''} className={className} />;
            })}
            {points.map(({ slot, stage, intensity, perSecond, bytesPerSecond }) => (
              <g key={`${slot} ${stage}`} transform={`translate(${x(intensity)},${y(perSecond)})`}>
                <circle r={6} className={classes.mark} style={{ fill: `var(--lens-${slot})` }}>
                  <title>{`${slot.toUpperCase()}, ${stage}: ${formatCount(perSecond)} ${unit} per second, ${formatCount(bytesPerSecond)} bytes per second`}</title>
                </circle>
                <text
                  x={slot === 'a' ? -9 : 9}
                  dy="0.32em"
                  textAnchor={slot === 'a' ? 'end' : 'start'}
                  className={`${classes.label} ${classes.halo}`}
                >
                  {short(stage)}
                </text>
              </g>
            ))}
          </svg>
        </div>
      </ChartFigure>
      <TimeStages runs={runs} />
    </div>
  );
}
