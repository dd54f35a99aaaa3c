/** Which networks are compared, and with which weights: trained ones where a card fits, seeded ones otherwise. */
import { formatNetwork, parseNetwork } from '../../src/network/text';
import type { ModelCard } from '../../src/weights/card';
import { formulaInput } from '../../src/weights/selfCheck';
import type { Job } from './protocol';

const cspOf = (depth: number) => ['standard', 'first', 'last'].map((fusion) => `cspdensenet${depth}-${fusion}`);

/** Names for several networks at once; `small` are the trained ones. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  '121': ['densenet121', ...cspOf(121)],
  '201': ['densenet201'],
  // For agreement rather than for time.
  gammas: [
    'densenet121@size=64',
    ...cspOf(121).flatMap((name) => [0.25, 0.5, 0.75].map((gamma) => `${name}@gamma=${gamma},size=64`)),
  ],
};

const SEED = 1;

/** What is asked for: text forms, or names of groups. @throws SpecError for a text that is neither. */
export function networksOf(asked: readonly string[], cards: readonly ModelCard[]): readonly string[] {
  const texts = asked.flatMap((name) =>
    name === 'small' ? cards.map(({ network }) => network) : (GROUPS[name] ?? [name]),
  );
  return [...new Set(texts.map((text) => formatNetwork(parseNetwork(text))))];
}

/** The job for a network, but for the variant. */
export function jobOf(
  network: string,
  cards: readonly ModelCard[],
  weightsUrl: (card: ModelCard) => string,
): Omit<Job, 'variant'> {
  const card = cards.find((one) => formatNetwork(parseNetwork(one.network)) === network);
  return {
    network,
    weights: card ? { kind: 'card', card, url: weightsUrl(card) } : { kind: 'seeded', seed: SEED },
  };
}

/** Two inputs [3,size,size] that differ, so that a result of the run before cannot pass for one of this run. */
export function inputsOf(size: number): readonly [Float32Array, Float32Array] {
  const wave = (multiplier: number) =>
    formulaInput({ multiplier, increment: 12345, modulus: 65521, scale: 4, offset: -2 }, size);
  return [wave(7919), wave(3571)];
}
