/** Which networks, which rivals, how many rounds. */
import { Checkbox, Fieldset, NumberInput, Stack } from '@mantine/core';
import { RIVAL_NAMES, RIVALS } from '../../../bench/rivals/rivals';
import classes from './bench.module.css';
import { MOST_ROUNDS, NETWORK_CHOICES, slowRounds } from './choices';
import type { Choices } from './choices';

interface Props {
  readonly choices: Choices;
  readonly onChange: (choices: Choices) => void;
  readonly disabled: boolean;
}

export function BenchChoices({ choices, onChange, disabled }: Props) {
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
        description={`${slowRounds(choices.rounds)} for engines that take over 3 s a run`}
        value={choices.rounds}
        min={1}
        max={MOST_ROUNDS}
        allowDecimal={false}
        clampBehavior="strict"
        disabled={disabled}
        maw={320}
        onChange={(rounds) => typeof rounds === 'number' && onChange({ ...choices, rounds })}
      />
    </div>
  );
}
