/** Axes of a plot with their grid, ticks and titles; what is plotted is drawn over them by the caller. */
import classes from './plot.module.css';

/** One axis. */
export interface Axis {
  /** A value's place in the drawing, px. */
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  readonly text: (value: number) => string;
  /** What the axis shows, with its unit. */
  readonly title: string;
}

export interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

interface Props {
  readonly width: number;
  readonly height: number;
  readonly margin: Margin;
  readonly x: Axis;
  readonly y: Axis;
}

export function PlotFrame({ width, height, margin, x, y }: Props) {
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  return (
    <g aria-hidden>
      {y.ticks.map((value) => (
        <g key={value}>
          <line x1={margin.left} x2={right} y1={y.at(value)} y2={y.at(value)} className={classes.grid} />
          <text x={margin.left - 6} y={y.at(value)} dy="0.32em" textAnchor="end" className={classes.tick}>
            {y.text(value)}
          </text>
        </g>
      ))}
      {x.ticks.map((value) => (
        <g key={value}>
          <line x1={x.at(value)} x2={x.at(value)} y1={margin.top} y2={bottom} className={classes.grid} />
          <text x={x.at(value)} y={bottom + 15} textAnchor="middle" className={classes.tick}>
            {x.text(value)}
          </text>
        </g>
      ))}
      <line x1={margin.left} x2={right} y1={bottom} y2={bottom} className={classes.axis} />
      {x.title !== '' && (
        <text x={right} y={bottom + 31} textAnchor="end" className={classes.title}>
          {x.title}
        </text>
      )}
      {y.title !== '' && (
        <text x={2} y={10} className={classes.title}>
          {y.title}
        </text>
      )}
    </g>
  );
}
