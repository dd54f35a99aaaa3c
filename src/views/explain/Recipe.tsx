/** How the shipped networks were trained, as their cards say it: what all have in common once, the rest per network. */
import { Table, Text } from '@mantine/core';
import type { ModelCard } from '../../weights/card';
import classes from './explain.module.css';

/** `peakLearningRate` → `Peak learning rate`. */
function words(key: string): string {
  const spaced = key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

interface Row {
  readonly name: string;
  /** One value for all, or one per network that has it. */
  readonly values: readonly { readonly of: string | null; readonly value: string }[];
}

function rows(cards: readonly ModelCard[]): readonly Row[] {
  const keys = [...new Set(cards.flatMap((card) => Object.keys(card.recipe)))];
  return keys.map((key) => {
    const found = cards.flatMap(({ title, recipe }) =>
      recipe[key] === undefined ? [] : [{ of: title, value: String(recipe[key]) }],
    );
    const [first] = found;
    const common = found.length === cards.length && found.every((one) => one.value === first?.value);
    return { name: words(key), values: common && first ? [{ of: null, value: first.value }] : found };
  });
}

export function Recipe({ cards }: { readonly cards: readonly ModelCard[] }) {
  return (
    <details className={classes.recipe}>
      <summary>
        <Text span size="sm" fw={600}>
          How they were trained
        </Text>
      </summary>
      <Table fz="xs" verticalSpacing={3}>
        <Table.Tbody>
          {rows(cards).map(({ name, values }) => (
            <Table.Tr key={name}>
              <Table.Th>{name}</Table.Th>
              <Table.Td>
                {values.map(({ of, value }) => (
                  <div key={of ?? ''}>{of === null ? value : `${of}: ${value}`}</div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  );
}
