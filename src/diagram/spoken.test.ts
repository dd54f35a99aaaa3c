import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { alignedPair, litKeys } from './alignedPair';
import { describePair } from './describePair';
import { spokenParts } from './spoken';

const build = (text: string) => buildNetwork(parseNetwork(text));
const first = build('cspdensenet121-first');
const last = build('cspdensenet121-last');

describe('spokenParts', () => {
  it('finds the parts in a sentence and leaves its text as it is', () => {
    const text = describePair(first, last, 1);
    const pieces = spokenParts(text, [first, last], 1);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    const named = new Map(pieces.flatMap(({ text: name, part }) => (part === undefined ? [] : [[name, part]])));
    expect(Object.fromEntries(named)).toEqual({
      concat: 'merge',
      transition: 'transition',
      'x₀′': 'part1',
      x_U: first.stages[0]?.output,
    });
    expect(pieces.filter((piece) => piece.first).map((piece) => piece.part)).toHaveLength(named.size);
  });

  it.each([1, 2, 3, 4])('names only what lights up in stage %i', (stage) => {
    const standard = build('cspdensenet121-standard');
    const { a, b } = alignedPair(standard, last, stage);
    if (!a || !b) throw new Error('both are there');
    const text = 'x₀′ x₀″ x_T x_U concat transition';
    for (const { part } of spokenParts(text, [standard, last], stage)) {
      if (part !== undefined) expect(litKeys([a, b], part)?.some((keys) => keys.size > 0)).toBe(true);
    }
    expect(spokenParts(text, [standard, last], stage).filter(({ part }) => part !== undefined)).toHaveLength(6);
  });

  it('names no node where the whole network is drawn, and no part of a longer word', () => {
    expect(spokenParts('x_U after transitions', [first], 'all').every(({ part }) => part === undefined)).toBe(true);
    expect(spokenParts('x_T', [first], 1)[0]?.part).toBeUndefined();
  });
});
