/** Every layer of A and B: compute over intensity, both on logarithmic scales. Pointing at a mark lights its layer. */
import { useElementSize } from '@mantine/hooks';
import { scaleLog } from 'd3';
import type { ScaleLogarithmic } from 'd3';
import { memo, useMemo } from 'react';
import type { PointerEvent } from 'react';
import { formatCount } from '../../analysis/format';
import type { LayerIntensity } from '../../analysis/roofline';
import type { Slot } from '../../inference/protocol';
import { usePage } from '../../state/page';
import { ChartFigure } from '../chart/ChartFigure';
import classes from '../chart/plot.module.css';
import { PlotFrame } from '../chart/PlotFrame';
import { usePageHere } from '../nearScreen';
import { decades, logTick, tens } from '../../analysis/logScale';

export interface PlottedNetwork {
  readonly slot: Slot;
  readonly name: string;
  readonly layers: readonly LayerIntensity[];
}

/** What the layers are told apart by. */
export const KINDS = ['1×1', '3×3', '7×7', 'linear'] as const;
export type Kind = (typeof KINDS)[number];

/** The outline of a kind's mark around a point; relative commands, so that many make one path. */
function outline(kind: Kind, x: number, y: number): string {
  const [px, py] = [x.toFixed(1), y.toFixed(1)];
  switch (kind) {
    case '1×1':
      return `M${px},${py}m-3.3,0a3.3,3.3 0 1,0 6.6,0a3.3,3.3 0 1,0 -6.6,0z`;
    case '3×3':
      return `M${px},${py}m-3,-3h6v6h-6z`;
    case '7×7':
      return `M${px},${py}m0,-4.6l4.2,4.6l-4.2,4.6l-4.2,-4.6z`;
    case 'linear':
      return `M${px},${py}m0,-4.6l4.4,7.6h-8.8z`;
  }
}

export function kindOf({ op, kernel }: LayerIntensity): Kind {
  if (op === 'linear') return 'linear';
  return KINDS.find((kind) => kind.startsWith(`${kernel}×`)) ?? '3×3';
}

const HEIGHT = 300;
const MARGIN = { top: 20, right: 12, bottom: 38, left: 46 };
const UNMEASURED = 480;
/** How near the pointer has to be to a mark, px. */
const NEAR = 14;

type Scale = ScaleLogarithmic<number, number>;

/** All marks of one network and kind as one path: hundreds of layers, a handful of elements. */
const Marks = memo(function Marks(props: {
  readonly slot: Slot;
  readonly kind: Kind;
  readonly layers: readonly LayerIntensity[];
  readonly x: Scale;
  readonly y: Scale;
}) {
  const { slot, kind, layers, x, y } = props;
  const d = layers
    .filter((layer) => kindOf(layer) === kind)
    .map((layer) => outline(kind, x(layer.intensity), y(layer.compute)))
    .join('');
  // A filled, B hollow: where both have the same layer, both are seen.
  const colour = `var(--lens-${slot})`;
  return slot === 'a' ? (
    <path d={d} fill={colour} fillOpacity={0.55} />
  ) : (
    <path d={d} fill="none" stroke={colour} strokeWidth={1.4} />
  );
});

interface Props {
  readonly networks: readonly PlottedNetwork[];
  /** What compute is counted in. */
  readonly unit: string;
  readonly caption: string;
  /** The intensity at which memory stops being the limit; null where it is not known. */
  readonly ridge: number | null;
}

export function RooflineLayers({ networks, unit, caption, ridge }: Props) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured || UNMEASURED;
  const layers = useMemo(() => networks.flatMap((one) => one.layers), [networks]);
  const { x, y } = useMemo(() => {
    const intensities = layers.map((layer) => layer.intensity);
    const computes = layers.map((layer) => layer.compute);
    return {
      x: scaleLog(decades([...intensities, ...(ridge === null ? [] : [ridge])]), [MARGIN.left, width - MARGIN.right]),
      y: scaleLog(decades(computes), [HEIGHT - MARGIN.bottom, MARGIN.top]),
    };
  }, [layers, ridge, width]);
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    let best: LayerIntensity | undefined;
    let nearest = NEAR;
    for (const layer of layers) {
      const distance = Math.hypot(x(layer.intensity) - px, y(layer.compute) - py);
      if (distance < nearest) [best, nearest] = [layer, distance];
    }
    usePage.getState().point(best?.id ?? null);
  };
  const said = networks
    .map(({ slot, layers: own }) => {
      const values = own.map((layer) => layer.intensity).toSorted((p, q) => p - q);
      const at = (share: number) => formatCount(values[Math.floor(share * (values.length - 1))] ?? 0);
      return `${slot.toUpperCase()}: ${own.length} layers, intensity ${at(0)} to ${at(1)}, median ${at(0.5)}`;
    })
    .join('; ');
  return (
    <ChartFigure
      title="Every layer"
      unit={`${unit} over ${unit} per byte, both logarithmic`}
      caption={caption}
      networks={networks.map(({ name }) => name)}
    >
      <div ref={ref}>
        <svg
          className={classes.plot}
          width="100%"
          height={HEIGHT}
          role="img"
          aria-label={`Compute and intensity of every layer, ${unit} per byte. ${said}`}
          onPointerMove={point}
          onPointerLeave={() => usePage.getState().point(null)}
        >
          <Frame width={width} x={x} y={y} unit={unit} />
          {ridge !== null && (
            <g>
              <line x1={x(ridge)} x2={x(ridge)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} className={classes.roof} />
              <text x={x(ridge) - 4} y={MARGIN.top - 6} textAnchor="end" className={classes.note}>
                waits for memory
              </text>
              <text x={x(ridge) + 4} y={MARGIN.top - 6} className={classes.note}>
                for arithmetic
              </text>
            </g>
          )}
          {networks.flatMap(({ slot, layers: own }) =>
            KINDS.map((kind) => <Marks key={`${slot} ${kind}`} slot={slot} kind={kind} layers={own} x={x} y={y} />),
          )}
          <Lit layers={layers} x={x} y={y} />
          <KindKey networks={networks} width={width} />
        </svg>
      </div>
    </ChartFigure>
  );
}

const Frame = memo(function Frame(props: {
  readonly width: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly unit: string;
}) {
  const { width, x, y, unit } = props;
  return (
    <PlotFrame
      width={width}
      height={HEIGHT}
      margin={MARGIN}
      x={{ at: (value) => x(value), ticks: tens(x.domain()), text: logTick, title: `intensity, ${unit} per byte` }}
      y={{ at: (value) => y(value), ticks: tens(y.domain()), text: logTick, title: '' }}
    />
  );
});

/** A ring around the layers that are pointed at, here or anywhere, with the name of the first. */
function Lit({ layers, x, y }: { readonly layers: readonly LayerIntensity[]; readonly x: Scale; readonly y: Scale }) {
  const id = usePageHere((page) => page.hover ?? page.state.select);
  const lit = layers.filter((layer) => layer.id === id);
  const [first] = lit;
  if (!first) return null;
  const right = x(first.intensity) > (x.range()[1] ?? 0) * 0.6;
  return (
    <g pointerEvents="none">
      {lit.map((layer, index) => (
        <circle
          key={index}
          cx={x(layer.intensity)}
          cy={y(layer.compute)}
          r={7}
          fill="none"
          strokeWidth={2}
          stroke="var(--mantine-color-text)"
        />
      ))}
      <text
        x={x(first.intensity) + (right ? -12 : 12)}
        y={y(first.compute) - 8}
        textAnchor={right ? 'end' : 'start'}
        className={classes.label}
      >
        {first.id}: {formatCount(first.intensity)}
      </text>
    </g>
  );
}

/** Which mark is which kind of layer, in the lower right corner, which is empty: there is no much work on few bytes. */
function KindKey({ networks, width }: { readonly networks: readonly PlottedNetwork[]; readonly width: number }) {
  const there = KINDS.filter((kind) => networks.some((one) => one.layers.some((layer) => kindOf(layer) === kind)));
  return (
    <g aria-hidden transform={`translate(${width - MARGIN.right - 64},${HEIGHT - MARGIN.bottom - 16 * there.length})`}>
      {there.map((kind, index) => (
        <g key={kind} transform={`translate(0,${16 * index})`}>
          <path d={outline(kind, 0, 0)} className={classes.neutral} />
          <text x={10} dy="0.32em" className={classes.tick}>
            {kind}
          </text>
        </g>
      ))}
    </g>
  );
}
