/** The one table between the page's state and its link. Keys at their default are left out of the link. */
import { SpecError } from '../network/spec';
import { formatNetwork, parseNetwork } from '../network/text';
import {
  CONVENTIONS,
  DEFAULT_STATE,
  FLOWS,
  LAST_STEP,
  LAYERS,
  METRICS,
  PARAMETERS,
  SCALES,
  SWITCH,
  TOUR_STEPS,
  VIEWS,
  withValidStage,
  ZOOM_RANGE,
} from './pageState';
import type { PageState } from './pageState';

interface Field<T> {
  readonly write: (value: T) => string;
  /** @throws Error that says what is allowed. */
  readonly read: (text: string) => T;
}

function oneOf<T extends string>(values: readonly T[]): Field<T> {
  return {
    write: (value) => value,
    read: (text) => {
      const found = values.find((value) => value === text);
      if (found === undefined) throw new Error(`"${text}" is none of ${values.join(', ')}`);
      return found;
    },
  };
}

function number(low: number, high: number, whole: boolean): Field<number> {
  return {
    write: String,
    read: (text) => {
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
        throw new Error(`"${text}" is not a ${whole ? 'whole ' : ''}number from ${low} to ${high}`);
      }
      return value;
    },
  };
}

/** Two numbers with a comma between them. */
function pair(of: Field<number>): Field<readonly [number, number]> {
  return {
    write: ([x, y]) => `${of.write(x)},${of.write(y)}`,
    read: (text) => {
      const [x, y, ...more] = text.split(',');
      if (x === undefined || y === undefined || more.length > 0) throw new Error(`"${text}" is not two numbers`);
      return [of.read(x), of.read(y)];
    },
  };
}

const network: Field<PageState['a']> = { write: formatNetwork, read: parseNetwork };
const stageNumber = number(1, 6, true);
const places = pair(number(0, 9999, true));

/** Every field of the state, in the order in which the link names them. */
export const FIELDS: { readonly [K in keyof PageState]: Field<PageState[K]> } = {
  a: network,
  b: {
    write: (spec) => (spec ? formatNetwork(spec) : 'off'),
    read: (text) => (text === 'off' ? null : parseNetwork(text)),
  },
  view: oneOf(VIEWS),
  stage: {
    write: String,
    read: (text) => (text === 'all' ? 'all' : stageNumber.read(text)),
  },
  select: {
    write: (value) => value,
    read: (text) => {
      if (!/^[\w/-]{0,64}$/.test(text)) throw new Error(`"${text.slice(0, 80)}" is not the name of a part`);
      return text;
    },
  },
  metric: oneOf(METRICS),
  convention: oneOf(CONVENTIONS),
  parameters: oneOf(PARAMETERS),
  scale: oneOf(SCALES),
  zoom: number(ZOOM_RANGE[0], ZOOM_RANGE[1], false),
  centre: pair(number(0, 1, false)),
  flow: oneOf(FLOWS),
  step: number(0, LAST_STEP, true),
  weight: {
    write: (value) => value,
    read: (text) => {
      if (!/^(w([1-9]\d{0,2}|T|U))?$/.test(text)) throw new Error(`"${text.slice(0, 20)}" is none of w1, w2 …, wT, wU`);
      return text;
    },
  },
  layers: oneOf(LAYERS),
  maps: oneOf(SWITCH),
  brush: {
    write: (range) => (range ? places.write(range) : ''),
    read: (text) => {
      const [from, to] = places.read(text);
      if (from > to) throw new Error(`"${text}" ends before it begins`);
      return [from, to];
    },
  },
  tour: number(0, TOUR_STEPS, true),
};

type Key = keyof PageState;
const KEYS = Object.keys(FIELDS) as Key[];

/** Parameters that are not state: read elsewhere. */
const OTHERS = new Set(['backend', 'executor', 'precision', 'debug', 'bench']);

const readable = (text: string) =>
  encodeURIComponent(text).replace(/%(40|3D|2C|2F)/g, (code) => decodeURIComponent(code));

function writeField<K extends Key>(state: PageState, key: K): string {
  return FIELDS[key].write(state[key]);
}

/**
 * The query string of a state, starting with `?`, or empty where all is at its default.
 * @param kept parameters of the present address that are not state (`backend`, `executor`, …) and stay as they are.
 */
export function writeUrl(state: PageState, kept = ''): string {
  const parts = KEYS.filter((key) => writeField(state, key) !== writeField(DEFAULT_STATE, key)).map(
    (key) => `${key}=${readable(writeField(state, key))}`,
  );
  const others = kept
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => OTHERS.has(part.split('=')[0] ?? ''));
  const all = [...parts, ...others];
  return all.length ? `?${all.join('&')}` : '';
}

function isField(key: string): key is Key {
  return Object.hasOwn(FIELDS, key);
}

/** What a link says, and for each part that had to be ignored which one it was and why. */
export interface ReadUrl {
  readonly state: PageState;
  readonly ignored: readonly string[];
}

/** Reads a query string; parts that make no sense keep their default and are reported. Never throws. */
export function readUrl(search: string): ReadUrl {
  let state = DEFAULT_STATE;
  const ignored: string[] = [];
  for (const [key, text] of new URLSearchParams(search)) {
    if (OTHERS.has(key)) continue;
    if (!isField(key)) {
      ignored.push(`${key}=${text.slice(0, 80)}: the page has no such setting`);
      continue;
    }
    try {
      state = { ...state, [key]: FIELDS[key].read(text) };
    } catch (error) {
      const why = error instanceof SpecError || error instanceof Error ? error.message : String(error);
      ignored.push(`${key}=${text.slice(0, 120)}: ${why}`);
    }
  }
  return { state: withValidStage(state), ignored };
}
