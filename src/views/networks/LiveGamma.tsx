/** γ of A and of B once more, for parts of the page from which the panels are out of sight. */
import { makeSpec, RANGES } from '../../network/spec';
import { usePage } from '../../state/page';
import type { Slot } from '../../inference/protocol';
import { usePageHere } from '../nearScreen';
import classes from './knobs.module.css';
import { RangeKnob } from './RangeKnob';

const MARKS = [0, 0.25, 0.5, 0.75].map((value) => ({ value, label: String(value) }));

function move(slot: Slot) {
  return (value: number, how: 'drag' | 'push') => {
    const { state, change } = usePage.getState();
    const spec = state[slot];
    if (spec) change({ [slot]: makeSpec({ ...spec, gamma: Number(value.toFixed(3)) }) }, how);
  };
}
const MOVES = { a: move('a'), b: move('b') };

function Gamma({ slot, place }: { readonly slot: Slot; readonly place: string }) {
  const spec = usePageHere((page) => page.state[slot]);
  if (!spec) return null;
  const plain = spec.fusion === 'plain';
  const name = slot.toUpperCase();
  return (
    <div className={classes.live} data-slot={slot}>
      <RangeKnob
        label={`γ of ${name}, ${plain ? 'plain' : `fusion ${spec.fusion}`.replace('fusion standard', 'standard')}`}
        shown={plain ? 'none' : String(spec.gamma)}
        name={`γ of ${name}, ${place}`}
        value={spec.gamma}
        min={RANGES.gamma[0]}
        max={RANGES.gamma[1]}
        step={0.005}
        marks={MARKS}
        disabled={plain}
        onMove={MOVES[slot]}
      />
    </div>
  );
}

/** @param place where the sliders stand, for their names: `beside the flow`. */
export function LiveGamma({ place }: { readonly place: string }) {
  return (
    <div className={classes.grid}>
      <Gamma slot="a" place={place} />
      <Gamma slot="b" place={place} />
    </div>
  );
}
