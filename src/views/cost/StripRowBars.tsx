/** One network's row of the strip: bars of compute, and below them what each layer reads and writes. */
import { memo } from 'react';
import { formatMetric } from '../../analysis/metrics';
import { byRole, stripPath } from '../../analysis/stripLayout';
import type { StripBar, StripRow } from '../../analysis/stripLayout';
import { roleColour } from '../../diagram/roles';
import classes from './strip.module.css';

/** Bars in the colours of their roles; a path for each role, not an element for each bar. */
export const StripBars = memo(function StripBars({
  row,
  bars,
}: {
  readonly row: StripRow;
  readonly bars: readonly StripBar[];
}) {
  return byRole(bars).map(([role, own]) => (
    <g key={role} fill={roleColour(role)}>
      <path d={stripPath(row, own, 'compute')} />
      <path d={stripPath(row, own, 'read')} fillOpacity={0.55} />
      <path d={stripPath(row, own, 'written')} />
    </g>
  ));
});

/** Px that one character of the mark's text takes at most. */
const CHARACTER = 6.4;

/** The layers that compute most: a triangle above each, and the first one named. */
export const StripBottleneck = memo(function StripBottleneck({
  row,
  unit,
  value,
  width,
}: {
  readonly row: StripRow;
  readonly unit: string;
  /** What one of them computes. */
  readonly value: number;
  /** Of the strip: the text stays within it. */
  readonly width: number;
}) {
  const [first] = row.bottlenecks;
  if (!first) return null;
  const others = row.bottlenecks.length - 1;
  const text = `bottleneck: ${first.layer.id}, ${formatMetric('compute', value)} ${unit}${others > 0 ? ` (and ${others} more)` : ''}`;
  const x = first.x + first.width / 2;
  const fits = x + 8 + text.length * CHARACTER < width;
  return (
    <g className={classes.bottleneck}>
      {row.bottlenecks.map((bar) => {
        const centre = bar.x + bar.width / 2;
        const y = row.base - bar.compute - 2;
        return <path key={bar.layer.id} d={`M${centre},${y}l-4,-6h8Z`} />;
      })}
      <text x={fits ? x + 7 : x - 7} y={row.base - first.compute - 4} textAnchor={fits ? 'start' : 'end'}>
        {text}
      </text>
    </g>
  );
});
