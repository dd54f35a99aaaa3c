/** The weights of a stage as a group of radio buttons: w₁ … w_m, w_T, w_U, or none. */
import { sourceName } from '../../diagram/gradientLabels';
import classes from './gradient.module.css';
import { Notation } from './Notation';

interface Props {
  readonly weights: readonly string[];
  /** Empty for none. */
  readonly chosen: string;
  readonly onChoose: (weight: string) => void;
}

export function WeightChoice({ weights, chosen, onChoose }: Props) {
  const option = (weight: string, text: string) => (
    <label key={weight} className={classes.weight}>
      <input type="radio" name="flow-weight" checked={chosen === weight} onChange={() => onChoose(weight)} />
      <span>
        <Notation text={text} />
      </span>
    </label>
  );
  return (
    <fieldset className={classes.weights} data-testid="weights">
      <legend>The update of which weight?</legend>
      <div>
        {option('', 'all')}
        {weights.map((weight) => option(weight, sourceName(weight)))}
      </div>
    </fieldset>
  );
}
