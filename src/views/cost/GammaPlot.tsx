/** One quantity over γ: three fusions as lines, plain DenseNet as a dotted one, A and B as marks. */
import { useElementSize } from '@mantine/hooks';
import { format, line, scaleLinear } from 'd3';
import { memo, useCallback, useMemo } from 'react';
import type { Costed } from '../../analysis/cost';
import { formatCount } from '../../analysis/format';
import { SPLIT_FUSIONS } from '../../analysis/gamma';
import type { GammaCurves } from '../../analysis/gamma';
import { metricName, metricOf, metricUnit } from '../../analysis/metrics';
import type { Metric } from '../../analysis/metrics';
import { spread } from '../../diagram/spread';
import type { Slot } from '../../inference/protocol';
import { RANGES } from '../../network/spec';
import type { Fusion } from '../../network/spec';
import { ChartFigure } from '../chart/ChartFigure';
import { DASHES, FUSION_NAMES } from '../chart/fusionMarks';
import classes from '../chart/plot.module.css';
import { PlotFrame } from '../chart/PlotFrame';
import { useCounting } from '../useCounting';
import { GammaMark, GammaValue } from './GammaMarks';

interface Props {
  readonly metric: Metric;
  readonly caption: string;
  /** What its file is named after. */
  readonly names: readonly string[];
  readonly curves: GammaCurves;
  /** Whether the lines are those of the network before, until the new ones are computed. */
  readonly stale: boolean;
  /** Whose colour a fusion's line has. */
  readonly owners: ReadonlyMap<Fusion, Slot>;
  /** Whether A and B stand on these curves. */
  readonly hasA: boolean;
  readonly hasB: boolean;
}

const HEIGHT = 230;
const MARGIN = { top: 10, right: 62, bottom: 36, left: 46 };
const UNMEASURED = 320;
const X_TICKS = [0, 0.25, 0.5, 0.75];
const siTick = format('~s');
/** γ at which the values are read out. */
const READ = [0, 0.25, 0.5, 0.75];

/** Draws again only when its lines do; the marks in it listen for themselves. */
export const GammaPlot = memo(function GammaPlot(props: Props) {
  const { metric, caption, names, curves, stale, owners, hasA, hasB } = props;
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const counting = useCounting();
  const width = measured || UNMEASURED;
  const valueOf = useCallback((totals: Costed) => metricOf(totals, metric, counting) ?? 0, [metric, counting]);
  const lines = SPLIT_FUSIONS.map((fusion) => ({
    fusion,
    points: curves.curves[fusion].map(({ gamma, totals }): [number, number] => [gamma, valueOf(totals)]),
  }));
  const plain = valueOf(curves.plain);
  const values = [plain, ...lines.flatMap((one) => one.points.map(([, value]) => value))];
  const x = scaleLinear(RANGES.gamma, [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([Math.min(...values), Math.max(...values)], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const read = (points: readonly [number, number][]) =>
    READ.flatMap((gamma) => points.filter(([at]) => at === gamma))
      .map(([gamma, value]) => `${formatCount(value)} at ${gamma}`)
      .join(', ');
  const said = [
    ...lines.map(({ fusion, points }) => `${FUSION_NAMES[fusion]}: ${read(points)}`),
    `plain DenseNet: ${formatCount(plain)}`,
  ].join('; ');
  const title = metricName(metric, counting);
  const unit = metric === 'cio' ? 'elements' : metricUnit(metric, counting);
  return (
    <div>
      <ChartFigure title={title} unit={unit} caption={caption} networks={names}>
        <div ref={ref}>
          <svg className={classes.plot} width="100%" height={HEIGHT} role="img" aria-label={`${title} over γ. ${said}`}>
            <GammaAxes width={width} low={y.domain()[0] ?? 0} high={y.domain()[1] ?? 1} />
            <GammaLines
              className={stale ? classes.stale : undefined}
              width={width}
              lines={lines.map(({ fusion, points }) => {
                const owner = owners.get(fusion);
                return {
                  fusion,
                  colour: owner && `var(--lens-${owner})`,
                  path: line()(points.map(([gamma, value]) => [x(gamma), y(value)])) ?? '',
                  end: y(points.at(-1)?.[1] ?? plain),
                };
              })}
              plain={y(plain)}
            />
            {!stale && hasA && <GammaMark slot="a" valueOf={valueOf} x={x} y={y} />}
            {!stale && hasB && <GammaMark slot="b" valueOf={valueOf} x={x} y={y} />}
          </svg>
        </div>
      </ChartFigure>
      <div className={classes.values}>
        {hasA && <GammaValue slot="a" valueOf={valueOf} />}
        {hasB && <GammaValue slot="b" valueOf={valueOf} />}
      </div>
    </div>
  );
});

/** The axes, which stay while a mark moves. */
const GammaAxes = memo(function GammaAxes(props: {
  readonly width: number;
  readonly low: number;
  readonly high: number;
}) {
  const { width, low, high } = props;
  const axes = useMemo(() => {
    const x = scaleLinear(RANGES.gamma, [MARGIN.left, width - MARGIN.right]);
    const y = scaleLinear([low, high], [HEIGHT - MARGIN.bottom, MARGIN.top]);
    return {
      x: { at: (value: number) => x(value), ticks: X_TICKS, text: String, title: 'γ, share that bypasses' },
      y: { at: (value: number) => y(value), ticks: y.ticks(4), text: (value: number) => siTick(value), title: '' },
    };
  }, [width, low, high]);
  return <PlotFrame width={width} height={HEIGHT} margin={MARGIN} x={axes.x} y={axes.y} />;
});

interface LinesProps {
  readonly className: string | undefined;
  readonly width: number;
  readonly lines: readonly {
    readonly fusion: Fusion;
    readonly colour: string | undefined;
    readonly path: string;
    /** Where the line ends, px from the top. */
    readonly end: number;
  }[];
  /** Where the plain DenseNet's line lies, px from the top. */
  readonly plain: number;
}

function GammaLines({ className, width, lines, plain }: LinesProps) {
  const right = width - MARGIN.right;
  const names = [...lines.map((one) => one.end), plain];
  const places = spread(names, 13, MARGIN.top, HEIGHT - MARGIN.bottom);
  return (
    <g className={className}>
      <line
        x1={MARGIN.left}
        x2={right}
        y1={plain}
        y2={plain}
        className={classes.plain}
        strokeDasharray={DASHES.plain}
      />
      {lines.map(({ fusion, colour, path }) => (
        <path
          key={fusion}
          d={path}
          className={classes.line}
          strokeDasharray={DASHES[fusion]}
          style={colour === undefined ? undefined : { stroke: colour }}
        />
      ))}
      {lines.map(({ fusion, colour }, index) => (
        <text
          key={fusion}
          x={right + 6}
          y={places[index]}
          dy="0.32em"
          className={classes.label}
          style={colour === undefined ? undefined : { fill: colour }}
        >
          {fusion}
        </text>
      ))}
      <text x={right + 6} y={places.at(-1)} dy="0.32em" className={classes.tick}>
        DenseNet
      </text>
    </g>
  );
}
