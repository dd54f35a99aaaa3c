/** What the strip of all layers shows: stages, bars with the lit ones in front, and the axis. */
import { memo, useMemo } from 'react';
import type { LayerCost } from '../../analysis/cost';
import { formatCount } from '../../analysis/format';
import { litLayers } from '../../analysis/layerStrip';
import { STRIP_AXIS } from '../../analysis/stripLayout';
import type { StripLayout, StripRow } from '../../analysis/stripLayout';
import { usePage } from '../../state/page';
import { stageOf, useHighlight } from './highlight';
import classes from './strip.module.css';
import { StripBars } from './StripRowBars';

/** Grounds and names of the stages. */
export function Stages({ layout }: { readonly layout: StripLayout }) {
  const lit = usePage((page) => stageOf(page.hover ?? page.state.select));
  return layout.stages.map(({ name, x0, x1 }, index) => (
    <g key={name}>
      {lit === name && <rect x={x0} width={x1 - x0} y={18} height={layout.height - 18} className={classes.column} />}
      {index > 0 && <line x1={x0} x2={x0} y1={4} y2={layout.height} className={classes.grid} />}
      {x1 - x0 > 34 && (
        <text x={x0 + 4} y={13} className={classes.tick}>
          {name.replace('stage', 'stage ')}
        </text>
      )}
    </g>
  ));
}

const Grid = memo(function Grid({ row, layout }: { readonly row: StripRow; readonly layout: StripLayout }) {
  const x2 = layout.width;
  return (
    <>
      {layout.computeTicks.map(({ value, rise }) => (
        <line key={value} x1={STRIP_AXIS} x2={x2} y1={row.base - rise} y2={row.base - rise} className={classes.grid} />
      ))}
      <line x1={STRIP_AXIS} x2={x2} y1={row.base} y2={row.base} className={classes.zero} />
      <line x1={STRIP_AXIS} x2={x2} y1={row.middle} y2={row.middle} className={classes.zero} />
    </>
  );
});

/** The bars; while something is lit, the others are paled. */
export function LitRows({
  layers,
  layout,
}: {
  readonly layers: readonly (readonly LayerCost[])[];
  readonly layout: StripLayout;
}) {
  const highlight = useHighlight();
  const lit = useMemo(() => litLayers(layers, highlight), [layers, highlight]);
  const some = lit.some((own) => own.length > 0);
  return layout.rows.map((row, index) => {
    const own = new Set(lit[index]);
    return (
      <g key={index}>
        <Grid row={row} layout={layout} />
        <g className={classes.bars} data-dim={some}>
          <StripBars row={row} bars={row.bars} />
        </g>
        {own.size > 0 && <StripBars row={row} bars={row.bars.filter((bar) => own.has(bar.layer))} />}
      </g>
    );
  });
}

export function AxisLabels({ layout, labels }: { readonly layout: StripLayout; readonly labels: readonly string[] }) {
  const { value, rise } = layout.sizeTick;
  return (
    <>
      <rect width={STRIP_AXIS - 2} height={layout.height} className={classes.axisGround} />
      {layout.rows.map((row, index) => (
        <g key={labels[index]}>
          <text x={4} y={row.top + 14} className={classes.name}>
            {labels[index]}
          </text>
          {layout.computeTicks.map((tick) => (
            <text
              key={tick.value}
              x={STRIP_AXIS - 6}
              y={row.base - tick.rise}
              dy="0.32em"
              textAnchor="end"
              className={classes.tick}
            >
              {tickText(tick.value)}
            </text>
          ))}
          <text x={STRIP_AXIS - 6} y={row.middle - rise} dy="0.62em" textAnchor="end" className={classes.tick}>
            {tickText(value)}
          </text>
          <text x={STRIP_AXIS - 6} y={row.middle + rise} dy="0.1em" textAnchor="end" className={classes.tick}>
            {tickText(value)}
          </text>
        </g>
      ))}
    </>
  );
}

/** Three digits are enough beside an axis. */
const tickText = (value: number) => formatCount(Number(value.toPrecision(3))).replace(/\.?0+(?= |$)/, '');
