/** The parts that a sentence about a stage speaks of, found in its text, with what lights up for each. Pure. */
import type { Network, Role } from '../network/network';

/** A piece of a sentence; `part` is the role or node that it names, undefined for what is only text. */
export interface Spoken {
  readonly text: string;
  readonly part: string | undefined;
  /** Whether this part is named for the first time. */
  readonly first: boolean;
}

const ROLE_OF: Readonly<Record<string, Role>> = {
  'x₀′': 'part1',
  'x₀″': 'part2',
  concat: 'merge',
  transition: 'transition',
};

/** Not `transitions`, which are more than are drawn of one part, nor parts of longer words. */
const NAMES = /(x₀′|x₀″|x_T|x_U|\bconcat\b|\btransition\b)/;

/** What a name lights: a role, or the node of x_T or x_U in the first network that has it. */
function partOf(name: string, networks: readonly Network[], stage: 'all' | number): string | undefined {
  const role = ROLE_OF[name];
  if (role !== undefined || stage === 'all') return role;
  for (const network of networks) {
    const parts = network.stages[stage - 1];
    const node = name === 'x_T' ? parts?.denseTransition : name === 'x_U' ? parts?.output : undefined;
    if (node !== undefined) return node;
  }
  return undefined;
}

/** The pieces of a sentence in their order; put together they are the sentence. */
export function spokenParts(text: string, networks: readonly Network[], stage: 'all' | number): readonly Spoken[] {
  const seen = new Set<string>();
  return text
    .split(NAMES)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const part = NAMES.test(piece) ? partOf(piece, networks, stage) : undefined;
      const first = part !== undefined && !seen.has(part);
      if (part !== undefined) seen.add(part);
      return { text: piece, part, first };
    });
}
