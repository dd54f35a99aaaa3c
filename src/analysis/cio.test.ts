import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { makeSpec } from '../network/spec';
import { parseNetwork } from '../network/text';
import { blockCio, cioGap, sumBlocks } from './cio';
import { countedText, formulaText, gapText, savingText } from './cioText';
import { analyze } from './cost';

const blocks = (text: string) => blockCio(buildNetwork(parseNetwork(text)));
const percent = (share: number) => (100 * share).toFixed(1);

/** Stages of 121 at γ = ½ and DenseNet's widths. */
const TABLE: readonly (readonly [
  stage: number,
  c: number,
  m: number,
  formula: readonly [dense: number, partial: number, saved: string],
  counted: readonly [dense: number, partial: number, saved: string],
])[] = [
  [1, 64, 6, [1056, 864, '18.2'], [2592, 2400, '7.4']],
  [2, 128, 12, [4032, 3264, '19.0'], [7104, 6336, '10.8']],
  [3, 256, 24, [15744, 12672, '19.5'], [21888, 18816, '14.0']],
  [4, 512, 16, [12544, 8448, '32.7'], [16640, 12544, '24.6']],
];

describe('blockCio', () => {
  it.each(TABLE)('stage %i of 121, fusion first against dense', (stage, c, m, formula, counted) => {
    const first = blocks('cspdensenet121-first')[stage - 1];
    const plain = blocks('densenet121')[stage - 1];
    expect(first).toMatchObject({ stage: `stage${stage}`, c, part2: c / 2, m, d: 32, b: 4, gamma: 0.5 });
    expect(first?.formula).toMatchObject({ dense: formula[0], partial: formula[1] });
    expect(first?.counted).toMatchObject({ dense: counted[0], partial: counted[1] });
    expect(percent(first?.formula.saved ?? 0)).toBe(formula[2]);
    expect(percent(first?.counted.saved ?? 0)).toBe(counted[2]);
    // What the plain network's own nodes add up to.
    expect((plain?.blockElements ?? 0) / (plain?.pixels ?? 1)).toBe(counted[0]);
    expect(plain).toMatchObject({ c, part2: c, formula: { partial: formula[0], saved: 0 } });
  });

  it('enters each stage at the network’s own width', () => {
    const widths = (text: string) => blocks(text).map((block) => block.c);
    expect(widths('cspdensenet121-standard')).toEqual([64, 72, 123, 238]);
    expect(widths('cspdensenet121-last')).toEqual([64, 144, 300, 609]);
    expect(blocks('cspdensenet121-standard').map((block) => block.part2)).toEqual([32, 36, 62, 119]);
  });

  it('has the count of the nodes, for odd widths and every knob', () => {
    for (const fusion of ['plain', 'standard', 'first', 'last'] as const) {
      for (const definition of ['paper', 'listing'] as const) {
        for (const [gamma, bottleneck] of [
          [0, 1],
          [0.29, 2],
          [0.875, 5],
        ] as const) {
          const spec = makeSpec({ fusion, definition, gamma, bottleneck, stem: 37, growth: 5, blocks: [3, 1, 4] });
          for (const block of blockCio(buildNetwork(spec))) {
            expect(block.blockElements).toBe(block.counted.partial * block.pixels);
          }
        }
      }
    }
  });

  it('covers with the transitions all CIO of a stage', () => {
    const network = buildNetwork(parseNetwork('cspdensenet121-standard'));
    const { stages } = analyze(network);
    for (const block of blockCio(network)) {
      const stage = stages.find(({ name }) => name === block.stage);
      expect(block.blockElements + block.transitionElements).toBe(stage?.cio);
    }
  });

  it('is the paper’s halved formula at γ = ½', () => {
    for (const { c, m, d, formula } of blocks('cspdensenet121-first')) {
      expect(formula.partial).toBe((c * m + (m * m + m) * d) / 2);
    }
  });
});

describe('the terms', () => {
  it.each(TABLE)('stage %i of 121: the terms in words give the table’s numbers', (stage, c, m, formula, counted) => {
    const block = blocks('cspdensenet121-first')[stage - 1];
    if (!block) throw new Error(`no stage ${stage}`);
    const result = (text: string) => Number(text.split(' = ')[1]?.replaceAll(',', ''));
    /** The left side of the equation, computed. */
    const value = (text: string) =>
      (text.split(' = ')[0] ?? '')
        .split(' + ')
        .map((term) => term.split(/[·/]/).map(Number))
        .map(([p = 0, q = 1, r = 1], index) => (index === 1 ? (p * q) / r : p * q * r))
        .reduce((sum, term) => sum + term, 0);
    [c, c / 2].forEach((entering, index) => {
      const plainly = formulaText({ ...block, entering });
      expect([value(plainly), result(plainly)]).toEqual([formula[index], formula[index]]);
      const really = countedText({ ...block, entering }, block.b);
      expect([value(really), result(really)]).toEqual([counted[index], counted[index]]);
    });
    expect(block.m).toBe(m);
  });

  it('reads as one would write it', () => {
    expect(formulaText({ entering: 64, m: 6, d: 32 })).toBe('64·6 + 42·32/2 = 1,056');
    expect(countedText({ entering: 64, m: 6, d: 32 }, 4)).toBe('64·6 + 30·32/2 + 9·32·6 = 2,592');
  });
});

describe('the gap', () => {
  it('is 2·b·d·m per pixel, whatever enters', () => {
    for (const text of ['densenet121', 'cspdensenet121-last', 'cspdensenet-first@growth=5,blocks=3-1-4,bottleneck=3']) {
      for (const block of blocks(text)) {
        expect(block.counted.dense - block.formula.dense).toBe(cioGap(block, block.b));
        expect(block.counted.partial - block.formula.partial).toBe(cioGap(block, block.b));
      }
      const sum = sumBlocks(blocks(text));
      expect(sum.counted - sum.formula).toBe(sum.gap);
    }
  });

  it('and the transitions make up the network’s CIO together with the formula and the stem', () => {
    const network = buildNetwork(parseNetwork('cspdensenet121-last'));
    const { stages, totals } = analyze(network);
    const { formula, gap, transitions } = sumBlocks(blockCio(network));
    expect(formula + gap + transitions + (stages[0]?.cio ?? 0)).toBe(totals.cio);
  });

  it('is said in words with its numbers', () => {
    const text = gapText('A', blocks('cspdensenet121-first'));
    expect(text).toContain('each of the 58 dense layers');
    expect(text).toContain('b·d = 4·32 = 128 channels');
    expect(savingText(blocks('cspdensenet121-first'))).toContain('in stage 1 18.2 % of the formula and 7.4 %');
    expect(savingText(blocks('densenet121'))).toBe('');
  });
});
