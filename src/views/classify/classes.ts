/** The classes of a slot's network, whatever its place among the five best: by name in the other, and how probable. */
import type { RunExtras } from '../../inference/protocol';
import type { SlotResult, SlotStatus } from '../../state/labState';
import { probabilitiesOf } from '../../state/labState';
import type { RankedClass } from '../../state/ranking';

type Known = Pick<SlotStatus, 'card' | 'opened'>;

/** Names of all classes, in the order of the logits; null where they have none. */
function namesOf({ card, opened }: Known): readonly string[] | null {
  if (opened) return opened.classNames;
  return card?.classes.map(({ name }) => name) ?? null;
}

/** The place of the class of that name among another network's logits; undefined where it has none such. */
export function sameClass(status: Known, { name }: Pick<RankedClass, 'name'>): number | undefined {
  const wanted = name.toLowerCase();
  const index = namesOf(status)?.findIndex((one) => one.toLowerCase() === wanted) ?? -1;
  return index < 0 ? undefined : index;
}

/** A class of a result by its place among the logits, with its probability. */
export function classAt(status: Known, { run, ranked }: SlotResult, index: number): RankedClass {
  const best = ranked.find((one) => one.index === index);
  if (best) return best;
  const name = namesOf(status)?.[index] ?? `class ${index}`;
  return { index, id: name, name, probability: probabilitiesOf(run)[index] ?? 0 };
}

/** What to ask for when the picture is run again: a map of this class or none, and the stage times if they are there. */
export function extrasWith({ run }: SlotResult, classActivation: number | undefined): RunExtras {
  return {
    ...(classActivation === undefined ? {} : { classActivation }),
    ...(run.stageTimes ? { stageTimes: true } : {}),
  };
}
