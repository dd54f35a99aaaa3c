import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import type { Fusion } from '../network/spec';
import { makeSpec } from '../network/spec';
import { parseNetwork } from '../network/text';
import { gradients } from './gradients';

const stages = (text: string) => gradients(buildNetwork(parseNetwork(text)));
const stage1 = (text: string) => stages(text)[0];
const update = (text: string, weight: string) => stage1(text)?.updates.find((one) => one.weight === weight)?.sources;

type Count = (k: number) => number;
const triangle: Count = (k) => ((k + 1) * (k + 2)) / 2;

/** Closed forms for k dense layers and a stage with a transition after the concat, definition `paper`. */
const CLOSED: readonly (readonly [fusion: Fusion, terms: Count, distinct: Count, shared: Count])[] = [
  ['plain', triangle, (k) => k + 1, (k) => k],
  ['standard', (k) => triangle(k) + 2, (k) => k + 3, () => 0],
  ['first', (k) => (k * (k + 1)) / 2 + k + 2, (k) => k + 2, (k) => k],
  ['last', triangle, (k) => k + 1, () => 0],
];

describe('gradients', () => {
  it.each(CLOSED)('%s has the closed forms of its argument sets', (fusion, terms, distinct, shared) => {
    for (const k of [1, 2, 6, 24]) {
      const [stage] = gradients(buildNetwork(makeSpec({ fusion, blocks: [k, 1] })));
      expect(stage?.terms).toBe(terms(k));
      expect(stage?.distinct).toBe(distinct(k));
      expect(stage?.duplicates).toBe((k * (k + 1)) / 2);
      expect(stage?.shared).toHaveLength(shared(k));
    }
  });

  it('has the arguments of equations 2 and 4', () => {
    expect(update('densenet121', 'w3')).toEqual(['g0', 'g1', 'g2']);
    expect(update('densenet121', 'wU')).toEqual(['g0', 'g1', 'g2', 'g3', 'g4', 'g5', 'g6']);
    expect(update('cspdensenet121-standard', 'w2')).toEqual(["g0''", 'g1']);
    expect(update('cspdensenet121-standard', 'wT')).toEqual(["g0''", 'g1', 'g2', 'g3', 'g4', 'g5', 'g6']);
    expect(update('cspdensenet121-standard', 'wU')).toEqual(["g0'", 'gT']);
    expect(update('cspdensenet121-first', 'wU')).toEqual(["g0'", "g0''", 'g1', 'g2', 'g3', 'g4', 'g5', 'g6']);
    expect(update('cspdensenet121-last', 'wU')).toBeUndefined();
  });

  it('counts what is there: the listing drops g0″, the last stage has no wU, γ = 0 no g0′', () => {
    const dropped = 'cspdensenet121-standard@definition=listing';
    expect(update(dropped, 'wT')).toEqual(['g1', 'g2', 'g3', 'g4', 'g5', 'g6']);
    expect(
      stages('densenet121')
        .at(-1)
        ?.updates.map((one) => one.weight),
    ).not.toContain('wU');
    expect(update('cspdensenet121-standard@gamma=0', 'wU')).toEqual(['gT']);
    expect(update('cspdensenet121-first@gamma=0', 'w1')).toEqual(['g0']);
  });

  it('weighs by channels', () => {
    const repeated = (text: string) => stages(text).map(({ reads, unique }) => reads - unique);
    expect(repeated('densenet121')).toEqual([640, 3168, 13984, 11040]);
    expect(repeated('cspdensenet121-first')).toEqual([480, 2464, 11040, 7200]);
  });

  it.each([
    'densenet201',
    'cspdensenet121-last',
    'cspdensenet-standard@growth=7,blocks=3-1-5,stem=19,size=61,gamma=0.3',
  ])('weighs %s as R = c·k + d·k(k − 1)/2 and U = c + d(k − 1)', (text) => {
    const network = buildNetwork(parseNetwork(text));
    const d = network.spec.growth;
    gradients(network).forEach(({ reads, unique, entering }, i) => {
      const k = network.spec.blocks[i] ?? Number.NaN;
      expect(reads).toBe(entering * k + (d * k * (k - 1)) / 2);
      expect(unique).toBe(entering + d * (k - 1));
    });
  });

  it('says how often each gradient is used, and by which update', () => {
    const use = (text: string, source: string) => stage1(text)?.sources.find((one) => one.source === source);
    expect(use('densenet121', 'g0')).toMatchObject({ node: 'stem/pool', channels: 64 });
    expect(use('densenet121', 'g0')?.weights).toEqual(['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'wU']);
    expect(use('cspdensenet121-standard', "g0'")).toMatchObject({ channels: 32, weights: ['wU'] });
    expect(use('cspdensenet121-standard', 'g5')).toMatchObject({ channels: 32, weights: ['w6', 'wT'] });
    expect(use('cspdensenet121-standard', 'gT')).toMatchObject({ channels: 112, weights: ['wU'] });
    // Nothing in a stage that ends in the concat is updated with them: the next stage is.
    expect(use('cspdensenet121-last', "g0'")?.weights).toEqual([]);
    expect(use('cspdensenet121-last', 'gT')?.weights).toEqual([]);
    for (const text of ['densenet121', 'cspdensenet121-first', 'cspdensenet121-standard@definition=listing']) {
      for (const { sources, terms, distinct } of stages(text)) {
        expect(sources.reduce((sum, { weights }) => sum + weights.length, 0)).toBe(terms);
        expect(sources.filter(({ weights }) => weights.length > 0)).toHaveLength(distinct);
      }
    }
  });

  it('says what the transition on the dense side cuts off, and nothing where there is none', () => {
    const cut = (text: string) => stage1(text)?.cut;
    expect(cut('cspdensenet121-last')).toEqual(["g0''", 'g1', 'g2', 'g3', 'g4', 'g5', 'g6']);
    expect(cut('cspdensenet121-standard@definition=listing')).toEqual(['g1', 'g2', 'g3', 'g4', 'g5', 'g6']);
    expect(cut('cspdensenet121-first')).toEqual([]);
    expect(cut('densenet121')).toEqual([]);
  });

  it('names nodes that exist', () => {
    const network = buildNetwork(parseNetwork('cspdensenet121-standard'));
    for (const { updates } of gradients(network)) {
      for (const { node } of updates) expect(network.byId.get(node)?.op.kind).toBe('conv');
    }
  });
});
