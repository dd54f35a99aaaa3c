/** A slider with its name, its value and marks below: the browser's own range, so that keys and touch just work. */
import { useEffect, useRef } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import classes from './knobs.module.css';

interface Mark {
  readonly value: number;
  readonly label: string;
}

interface Props {
  /** In sight, with what `shown` says beside it. */
  readonly label: string;
  readonly shown: string;
  /** For screen readers: which knob of which network. */
  readonly name: string;
  /** For screen readers, where the number alone says too little. */
  readonly valueText?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly marks: readonly Mark[];
  readonly disabled?: boolean;
  /** Stands beside the name. */
  readonly aside?: ReactNode;
  /** `drag` while it moves, `push` once at the end. */
  readonly onMove: (value: number, how: 'drag' | 'push') => void;
}

/** Share of the way from `min` to `max`, as a CSS variable. */
function along(value: number, min: number, max: number): CSSProperties & { readonly '--along': number } {
  return { '--along': Math.min(1, Math.max(0, (value - min) / (max - min))) };
}

export function RangeKnob({ label, shown, name, valueText, marks, disabled = false, aside, onMove, ...range }: Props) {
  const { value, min, max, step } = range;
  const input = useRef<HTMLInputElement>(null);
  // React's onChange is the browser's `input`; that a drag has ended is the browser's `change`.
  useEffect(() => {
    const element = input.current;
    const end = () => element && onMove(Number(element.value), 'push');
    element?.addEventListener('change', end);
    return () => element?.removeEventListener('change', end);
  }, [onMove]);
  return (
    <div className={classes.knob} data-disabled={disabled}>
      <div className={classes.head}>
        <div className={classes.name}>
          {label} <b className="tabular">{shown}</b>
        </div>
        {aside}
      </div>
      <input
        ref={input}
        className={classes.range}
        type="range"
        aria-label={name}
        aria-valuetext={valueText}
        value={value}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        style={along(value, min, max)}
        onChange={(event) => onMove(Number(event.currentTarget.value), 'drag')}
      />
      <div className={classes.marks} aria-hidden>
        {marks.map((mark) => (
          <span
            key={mark.value}
            data-end={mark.value === min ? 'low' : mark.value === max ? 'high' : undefined}
            style={along(mark.value, min, max)}
          >
            {mark.label}
          </span>
        ))}
      </div>
    </div>
  );
}
