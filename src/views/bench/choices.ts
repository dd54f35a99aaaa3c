/** What the benchmark's page offers, and its link read. */
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
  /** Of timed runs; a third of them for a slow rival. */
  readonly rounds: number;
}

export const MOST_ROUNDS = 200;
const DEFAULT_ROUNDS = 15;
/** Rounds of whatever takes over three seconds a run. */
export const slowRounds = (rounds: number) => Math.max(1, Math.round(rounds / 3));

/** Names in a comma-separated field of the link; undefined without it. Commas inside a text form's options stay. */
function listOf(query: URLSearchParams, key: string): readonly string[] | undefined {
  const text = query.get(key);
  return text === null || text === '' ? undefined : text.split(/,(?![a-z]+=)/);
}

/** The link's choices; what it does not say, or says wrongly, is the default. */
export function choicesOf(query: URLSearchParams): Choices {
  const asked = listOf(query, 'rivals');
  const rounds = Number(query.get('rounds'));
  return {
    networks: listOf(query, 'networks') ?? ['small'],
    rivals: asked ? RIVAL_NAMES.filter((name) => asked.includes(name)) : RIVAL_NAMES,
    rounds: Number.isInteger(rounds) && rounds >= 1 && rounds <= MOST_ROUNDS ? rounds : DEFAULT_ROUNDS,
  };
}
