/** A class activation map in words: how strong its strongest evidence is, and where. */
import type { ClassActivation } from '../../inference/protocol';

export interface Peak {
  /** The greatest value of the map, in the units of the logits. */
  readonly value: number;
  /** `upper left`, `in the middle` …; null where nothing speaks for the class. */
  readonly place: string | null;
}

const ROWS = ['upper', '', 'lower'] as const;
const COLUMNS = ['left', '', 'right'] as const;

/** Upper, middle or lower third of a side. */
const third = (at: number, length: number) => Math.min(2, Math.floor((3 * (at + 0.5)) / length));

export function peakOf({ values, width, height }: ClassActivation): Peak {
  let best = 0;
  values.forEach((value, at) => {
    if (value > (values[best] ?? -Infinity)) best = at;
  });
  const value = values[best] ?? 0;
  if (value <= 0) return { value, place: null };
  const row = ROWS[third(Math.floor(best / width), height)] ?? '';
  const column = COLUMNS[third(best % width, width)] ?? '';
  return { value, place: `${row} ${column}`.trim() || 'in the middle' };
}
