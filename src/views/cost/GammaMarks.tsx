/** A and B on the curves over γ: the one part of the chart that moves with a slider. */
import type { Costed } from '../../analysis/cost';
import { formatCount } from '../../analysis/format';
import type { Slot } from '../../inference/protocol';
import type { Fusion } from '../../network/spec';
import { markPath } from '../chart/fusionMarks';
import classes from '../chart/plot.module.css';
import { usePageHere } from '../nearScreen';
import { analysisOf } from '../useAnalysis';

/** Where a network stands. */
interface Placed {
  readonly fusion: Fusion;
  readonly gamma: number;
  readonly value: number;
}

type ValueOf = (totals: Costed) => number;

function usePlaced(slot: Slot, valueOf: ValueOf): Placed | null {
  const spec = usePageHere((page) => page.state[slot]);
  return spec && { fusion: spec.fusion, gamma: spec.gamma, value: valueOf(analysisOf(spec).analysis.totals) };
}

interface MarkProps {
  readonly slot: Slot;
  readonly valueOf: ValueOf;
  readonly x: (gamma: number) => number;
  readonly y: (value: number) => number;
}

/** The mark of one network; in the shape of its fusion, in the colour of its slot. */
export function GammaMark({ slot, valueOf, x, y }: MarkProps) {
  const placed = usePlaced(slot, valueOf);
  if (!placed) return null;
  return (
    <path
      d={markPath(placed.fusion, slot === 'a' ? 120 : 80)}
      transform={`translate(${x(placed.gamma)},${y(placed.value)})`}
      className={classes.mark}
      style={{ fill: `var(--lens-${slot})` }}
    />
  );
}

/** The same in words, below the chart. */
export function GammaValue({ slot, valueOf }: Pick<MarkProps, 'slot' | 'valueOf'>) {
  const placed = usePlaced(slot, valueOf);
  if (!placed) return null;
  return (
    <span className={classes.value} data-slot={slot}>
      <b>{slot.toUpperCase()}</b> {formatCount(placed.value)}
      <span className="visually-hidden"> at γ {placed.gamma}</span>
    </span>
  );
}
