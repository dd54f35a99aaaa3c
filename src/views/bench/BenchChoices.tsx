/** Which networks, which rivals, how many rounds. */
import { Checkbox, Fieldset, NumberInput, Stack } from '@mantine/core';
import { RIVAL_NAMES, RIVALS } from '../../../bench/rivals/rivals';
import classes from './bench.module.css';
import { MOST_ROUNDS, NETWORK_CHOICES, roundsFault, slowRounds } from './choices';
import type { Choices } from './choices';

interface Props {
  readonly choices: Choices;
  readonly onChange: (choices: Choices) => void;
  readonly disabled: boolean;
}

export function BenchChoices({ choices, onChange, disabled }: Props) {
  const { rounds } = choices;
  const fault = roundsFault(rounds);
  // A link may name networks that are not on the list.
  const known = NETWORK_CHOICES.map(({ name }): string => name);
  const others = choices.networks.filter((name) => !known.includes(name)).map((name) => ({ name, title: name }));
  return (
    <div className={classes.choices}>
      <Fieldset legend="Networks" disabled={disabled}>
        <Checkbox.Group value={[...choices.networks]} onChange={(networks) => onChange({ ...choices, networks })}>
          <Stack gap={6}>
            {[...NETWORK_CHOICES, ...others].map(({ name, title }) => (
              <Checkbox key={name} value={name} label={title} classNames={{ label: classes.label }} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Fieldset>
      <Fieldset legend="Engines" disabled={disabled}>
        <Checkbox.Group
          value={[...choices.rivals]}
          onChange={(names) => onChange({ ...choices, rivals: RIVAL_NAMES.filter((name) => names.includes(name)) })}
        >
          <Stack gap={6}>
            {RIVALS.map(({ name, title }) => (
              <Checkbox key={name} value={name} label={title} classNames={{ label: classes.label }} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Fieldset>
      <NumberInput
        label="Rounds"
        description={fault === undefined ? `${slowRounds(rounds)} for engines that take over 3 s a run` : undefined}
        error={fault && `Give a whole number from 1 to ${MOST_ROUNDS}.`}
        value={Number.isNaN(rounds) ? '' : rounds}
        min={1}
        max={MOST_ROUNDS}
        allowDecimal={false}
        // A number that is out of reach stays where it was typed, with what is wrong with it.
        clampBehavior="none"
        disabled={disabled}
        maw={320}
        classNames={{ error: classes.error, input: classes.rounds }}
        onChange={(value) => onChange({ ...choices, rounds: typeof value === 'number' ? value : Number.NaN })}
      />
    </div>
  );
}
