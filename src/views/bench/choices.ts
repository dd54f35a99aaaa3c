/** What the benchmark's page offers, and its link read. */
import { GROUPS, networksOf } from '../../../bench/rivals/networks';
import { RIVAL_NAMES } from '../../../bench/rivals/rivals';
import type { RivalName } from '../../../bench/rivals/rivals';

/** Names as `networksOf` takes them. */
export const NETWORK_CHOICES = [
  { name: 'small', title: 'The four trained networks, 96 × 96' },
  { name: 'densenet121', title: 'DenseNet-121, 224 × 224' },
  { name: 'cspdensenet121-standard', title: 'CSPDenseNet-121 standard' },
  { name: 'cspdensenet121-first', title: 'CSPDenseNet-121 fusion first' },
  { name: 'cspdensenet121-last', title: 'CSPDenseNet-121 fusion last' },
  { name: 'densenet201', title: 'DenseNet-201, 224 × 224' },
] as const;

export interface Choices {
  readonly networks: readonly string[];
  readonly rivals: readonly RivalName[];
  /** Of timed runs, a third of them for a slow rival; NaN while the page's field holds no number. */
  readonly rounds: number;
}

export const MOST_ROUNDS = 200;
const DEFAULT_ROUNDS = 15;
/** Rounds of whatever takes over three seconds a run. */
export const slowRounds = (rounds: number) => Math.max(1, Math.round(rounds / 3));

/** Names in a comma-separated field of the link; undefined without it. Commas inside a text form's options stay. */
function listOf(query: URLSearchParams, key: string): readonly string[] | undefined {
  const text = query.get(key);
  return text === null || text === '' ? undefined : text.split(/,(?![a-z]+=)/).map((name) => name.trim());
}

/** What is wrong with a number of rounds, NaN where there is none; undefined where nothing is. */
export const roundsFault = (rounds: number) =>
  Number.isInteger(rounds) && rounds >= 1 && rounds <= MOST_ROUNDS
    ? undefined
    : `not a whole number from 1 to ${MOST_ROUNDS}`;

/** What is wrong with a network's name; undefined where nothing is. */
function networkFault(name: string): string | undefined {
  if (name === 'small' || Object.hasOwn(GROUPS, name)) return undefined;
  try {
    networksOf([name], []);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const rivalFault = (name: string) =>
  RIVAL_NAMES.some((known) => known === name) ? undefined : `no engine; there are ${RIVAL_NAMES.join(', ')}`;

/** The link's choices. What it does not say is the default; so is what it says wrongly, which is told in `ignored`. */
export function readLink(query: URLSearchParams): { readonly choices: Choices; readonly ignored: readonly string[] } {
  const ignored: string[] = [];
  const right = (key: string, faultOf: (name: string) => string | undefined) => {
    const names = (listOf(query, key) ?? []).filter((name) => {
      const fault = faultOf(name);
      if (fault !== undefined) ignored.push(`${key}: “${name}”: ${fault}`);
      return fault === undefined;
    });
    return names.length > 0 ? names : undefined;
  };
  const networks = right('networks', networkFault) ?? ['small'];
  const rivals = right('rivals', rivalFault);
  const rounds = right('rounds', (text) => roundsFault(Number(text)))?.map(Number) ?? [];
  return {
    choices: {
      networks,
      rivals: rivals ? RIVAL_NAMES.filter((name) => rivals.includes(name)) : RIVAL_NAMES,
      rounds: rounds[0] ?? DEFAULT_ROUNDS,
    },
    ignored,
  };
}
