/** One of a few, all in sight: native radio buttons drawn as pills, which wrap where there is little room. */
import { useId } from 'react';
import classes from './choice.module.css';

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  /** In small letters beside the label. */
  readonly hint?: string;
}

interface Props<T extends string> {
  /** What is chosen: the group's name, in sight. */
  readonly name: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  /** The name stands beside the options, not above them. */
  readonly beside?: boolean;
}

export function Choice<T extends string>({ name, value, options, onChange, beside = false }: Props<T>) {
  const id = useId();
  return (
    <fieldset className={classes.choice} data-beside={beside}>
      <legend className={classes.name}>{name}</legend>
      <div className={classes.options}>
        {options.map((option) => (
          <label key={option.value} className={classes.option}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
            {option.hint !== undefined && <small>{option.hint}</small>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
