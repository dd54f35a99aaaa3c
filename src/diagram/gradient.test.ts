import { describe, expect, it } from 'vitest';
import { gradients } from '../analysis/gradients';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { arrowHeads, arrowPath } from './arrowHeads';
import { labelBounds, overlaps } from './drawing';
import { gradientDiagram, sourceName } from './gradientLabels';
import { cutOf, gradientLooks, partOfSource, partOfWeight, argumentCells, weightOfPart } from './gradientLooks';
import { networkDiagram } from './networkDiagram';
import { stageDiagram } from './stageDiagram';

const ODD = 'growth=7,blocks=3-2-2-3,stem=19,size=61';
const TEXTS = [
  'densenet121',
  'cspdensenet121-first',
  'cspdensenet121-standard',
  'cspdensenet121-last',
  'cspdensenet264-last',
  'cspdensenet-first@growth=16,blocks=4-8-12-8,stem=32,size=96',
  ...(['standard', 'first', 'last'] as const).flatMap((fusion) =>
    (['paper', 'listing'] as const).flatMap((definition) =>
      [0, 0.5].map((gamma) => `cspdensenet-${fusion}@${ODD},definition=${definition},gamma=${gamma}`),
    ),
  ),
];

const build = (text: string) => buildNetwork(parseNetwork(text));
function stageOf(text: string, stage: number, unfolded = false) {
  const network = build(text);
  const counted = gradients(network)[stage - 1];
  if (!counted) throw new Error(`${text} has no stage ${stage}`);
  return { diagram: stageDiagram(network, stage, { width: 1000, unfolded }), counted };
}
/** Parts whose ribbons are neither other gradients than the weight's nor arriving ones. */
function litParts(text: string, stage: number, weight: string) {
  const { diagram, counted } = stageOf(text, stage);
  const looks = gradientLooks(diagram, counted.sources, weight);
  return [...new Set(diagram.ribbons.filter(({ id }) => (looks.get(id)?.opacity ?? 1) === 1).map(({ part }) => part))];
}

describe('names', () => {
  it('of sources, weights and parts belong together', () => {
    expect(["g0'", "g0''", 'g0', 'g12', 'gT', 'wU', 'w3'].map(sourceName)).toEqual([
      'g₀′',
      'g₀″',
      'g₀',
      'g₁₂',
      'g_T',
      'w_U',
      'w₃',
    ]);
    expect(["g0'", "g0''", 'g0', 'g12', 'gT'].map(partOfSource)).toEqual([
      'part1',
      'part2',
      'part2',
      'growth/12',
      'denseTransition',
    ]);
    for (const weight of ['w1', 'w12', 'wT', 'wU']) expect(weightOfPart(partOfWeight(weight))).toBe(weight);
    expect(weightOfPart('part1')).toBeUndefined();
  });
});

describe('gradientLooks', () => {
  it('lights exactly the arguments of the update', () => {
    expect(litParts('cspdensenet121-standard', 1, 'w3')).toEqual(['part2', 'growth/1', 'growth/2']);
    expect(litParts('cspdensenet121-standard', 1, 'wU')).toEqual(['part1', 'denseTransition']);
    expect(litParts('cspdensenet121-first', 1, 'wU')).toHaveLength(8);
    expect(litParts('cspdensenet121-last', 1, 'wT')).not.toContain('part1');
    expect(litParts('cspdensenet121-last', 1, 'wU')).toEqual([]);
    // In the listing x₀″ does not reach the transition.
    expect(litParts('cspdensenet121-standard@definition=listing', 1, 'wT')).not.toContain('part2');
  });

  it.each(TEXTS)('hatches in %s what more than one update uses', (text) => {
    const { diagram, counted } = stageOf(text, 1);
    const looks = gradientLooks(diagram, counted.sources, '');
    for (const { source, weights } of counted.sources) {
      for (const { id } of diagram.ribbons.filter(({ part }) => part === partOfSource(source))) {
        expect(looks.get(id)?.hatched ?? false, source).toBe(weights.length > 1);
      }
    }
  });
});

describe.each(TEXTS)('cells of %s', (text) => {
  it.each([1, 3])('stage %d: one for each term, where the layer or transition reads the gradient', (stage) => {
    const { diagram, counted } = stageOf(text, stage, true);
    const cells = argumentCells(diagram, counted.updates, '');
    expect(cells).toHaveLength(counted.terms);
    for (const { weight, source, ...at } of cells) {
      const part = partOfSource(source);
      const middle = (at.y0a + at.y0b) / 2;
      const around = diagram.ribbons.some(
        (ribbon) =>
          ribbon.part === part &&
          ribbon.x0 <= at.x1 &&
          ribbon.x1 >= at.x0 - 4 &&
          middle > Math.min(ribbon.y0a, ribbon.y1a) &&
          middle < Math.max(ribbon.y0b, ribbon.y1b),
      );
      expect(around, `${weight} ${source}`).toBe(true);
    }
    for (const { weight, sources } of counted.updates) {
      const own = argumentCells(diagram, counted.updates, weight);
      expect(own.map((cell) => cell.source)).toEqual(sources);
      const tops = own.map((cell) => cell.y0a);
      expect(tops).toEqual([...tops].sort((p, q) => p - q));
    }
  });

  it('has those of a folded layer once it is chosen', () => {
    const { diagram, counted } = stageOf(text, 3);
    const fold = diagram.boxes.find((box) => box.kind === 'fold');
    const weight = 'w4';
    if (!fold) return expect(argumentCells(diagram, counted.updates, '')).toHaveLength(counted.terms);
    expect(argumentCells(diagram, counted.updates, '').some((cell) => cell.weight === weight)).toBe(false);
    expect(argumentCells(diagram, counted.updates, weight)).toHaveLength(4);
    return undefined;
  });
});

describe.each(TEXTS)('the gradient drawing of %s', (text) => {
  it.each([1, 2, 3])('stage %d keeps its labels apart and says how often each gradient is used', (stage) => {
    for (const unfolded of [false, true]) {
      const { diagram, counted } = stageOf(text, stage, unfolded);
      const drawn = gradientDiagram(diagram, counted.sources);
      const bounds = drawn.labels.map(labelBounds);
      bounds.forEach((one, i) => {
        for (const other of bounds.slice(0, i)) expect(overlaps(one, other), drawn.labels[i]?.text).toBe(false);
        expect(one.left).toBeGreaterThanOrEqual(0);
        expect(one.right).toBeLessThanOrEqual(drawn.width);
      });
      for (const { source, weights } of counted.sources.filter((use) => /^g[1-9]/.test(use.source))) {
        const own = drawn.labels.filter(({ part, text }) => part === partOfSource(source) && !text.startsWith('w'));
        for (const { text } of own)
          expect([sourceName(source), `${sourceName(source)} ${weights.length}×`]).toContain(text);
      }
      if (stage === 1) expect(drawn.labels.some(({ text }) => /^g₁ \d+×$/.test(text))).toBe(true);
      expect(drawn.parts.find(({ key }) => key === 'growth/1')?.text).toMatch(/its gradient g₁ is used by|no update/);
    }
  });

  it('cuts where the dense side has its transition, and nowhere else', () => {
    const { diagram, counted } = stageOf(text, 1);
    expect(cutOf(diagram) !== undefined).toBe(counted.cut.length > 0);
    expect(cutOf(diagram)?.x).toBe(counted.cut.length > 0 ? diagram.columns?.funnel : undefined);
  });
});

describe('arrowHeads', () => {
  it('stand on their ribbons, in the stage and in the whole network', () => {
    const network = build('cspdensenet121-standard');
    for (const diagram of [stageDiagram(network, 1), stageDiagram(network, 3), networkDiagram(network)]) {
      const heads = arrowHeads(diagram);
      expect(heads.length).toBeGreaterThan(5);
      for (const { part, x, y, size } of heads) {
        const on = diagram.ribbons.some(
          (ribbon) =>
            ribbon.part === part &&
            ribbon.x0 <= x - size &&
            ribbon.x1 >= x + size &&
            y - size >= Math.min(ribbon.y0a, ribbon.y1a) &&
            y + size <= Math.max(ribbon.y0b, ribbon.y1b),
        );
        expect(on, `${part} at ${x}`).toBe(true);
      }
    }
  });

  it('point to the left along the slope', () => {
    expect(arrowPath([{ part: 'part1', x: 50, y: 10, size: 5, slope: 0 }])).toBe('M45,10L54,6.75L51.75,10L54,13.25Z');
    expect(arrowPath([{ part: 'part1', x: 50, y: 10, size: 5, slope: 90 }])).toBe('M50,5L53.25,14L50,11.75L46.75,14Z');
  });
});
