import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { nodeOf } from '../network/network';
import { parseNetwork } from '../network/text';
import { alignedPair, isLit, keysOfNodes, litKeys } from './alignedPair';
import { partBounds, ribbonPath } from './diagram';
import type { Diagram, Ribbon } from './diagram';
import { labelBounds, overlaps } from './drawing';
import { networkDiagram, stageAt } from './networkDiagram';
import { stageDiagram } from './stageDiagram';
import { stageFacts } from './stageFacts';
import { thumbnail } from './thumbnail';

const build = (text: string) => buildNetwork(parseNetwork(text));

/** Odd in every way: nothing is a power of two, γ cuts unevenly. */
const ODD = 'growth=7,blocks=3-2-2-3,stem=19,size=61';
const TEXTS = [
  'densenet121',
  'cspdensenet121-first',
  'cspdensenet121-standard',
  'cspdensenet121-last',
  'cspdensenet264-last',
  'cspdensenet-first@growth=16,blocks=4-8-12-8,stem=32,size=96',
  `densenet@${ODD}`,
  ...(['standard', 'first', 'last'] as const).flatMap((fusion) =>
    (['paper', 'listing'] as const).flatMap((definition) =>
      [0, 0.25, 0.5, 0.875].map((gamma) => `cspdensenet-${fusion}@${ODD},definition=${definition},gamma=${gamma}`),
    ),
  ),
];
const CASES = TEXTS.flatMap((text) => {
  const network = build(text);
  return network.stages.map((stage) => ({ text, network, stage: stage.index }));
});

const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
/** Ribbons that begin or end at x, from top to bottom. */
const endingAt = (diagram: Diagram, x: number) =>
  diagram.ribbons.filter((r) => r.x1 === x).sort((p, q) => p.y1a - q.y1a);
const beginningAt = (diagram: Diagram, x: number) =>
  diagram.ribbons.filter((r) => r.x0 === x).sort((p, q) => p.y0a - q.y0a);

/** That ribbons lie on each other without gaps or overlaps at their right ends. */
function expectStacked(ribbons: readonly Ribbon[]): void {
  ribbons.slice(1).forEach((ribbon, i) => expect(ribbon.y1a).toBeCloseTo(ribbons[i]?.y1b ?? NaN, 9));
}

function expectInside(diagram: Diagram): void {
  for (const item of [...diagram.ribbons, ...diagram.boxes]) {
    expect(Math.min(item.y0a, item.y1a), item.id).toBeGreaterThanOrEqual(0);
    expect(Math.max(item.y0b, item.y1b), item.id).toBeLessThanOrEqual(diagram.height);
    expect(item.x0, item.id).toBeGreaterThanOrEqual(0);
    expect(item.x1, item.id).toBeLessThanOrEqual(diagram.width);
  }
  for (const label of diagram.labels) {
    const bounds = labelBounds(label);
    expect(bounds.left, label.text).toBeGreaterThanOrEqual(0);
    expect(bounds.right, label.text).toBeLessThanOrEqual(diagram.width);
    expect(bounds.top, label.text).toBeGreaterThanOrEqual(0);
    expect(bounds.bottom, label.text).toBeLessThanOrEqual(diagram.height);
  }
}

function expectNoOverlaps(diagram: Diagram): void {
  const bounds = diagram.labels.map(labelBounds);
  diagram.labels.forEach((label, i) => {
    for (let j = 0; j < i; j++) {
      const [one, other] = [bounds[i], bounds[j]];
      expect(one && other && overlaps(one, other), `${label.text} over ${diagram.labels[j]?.text}`).toBe(false);
    }
  });
}

describe.each(CASES)('stage $stage of $text', ({ network, stage }) => {
  const diagram = stageDiagram(network, stage, { width: 900 });
  const facts = stageFacts(network, stage);
  const columns = diagram.columns;
  if (!columns) throw new Error('a stage has columns');

  it('draws every ribbon as wide as its channels', () => {
    for (const r of diagram.ribbons) {
      expect(r.y0b - r.y0a).toBeCloseTo(r.channels * diagram.scale, 9);
      expect(r.y1b - r.y1a).toBeCloseTo(r.channelsOut * diagram.scale, 9);
      expect(r.channels === r.channelsOut || r.role === 'transition').toBe(true);
    }
  });

  it('cuts the base layer and stacks the concats in the order of the channels', () => {
    const cut = beginningAt(diagram, columns.base + 9);
    expect(sum(cut.map((r) => r.channels))).toBe(facts.base.shape[0]);
    expect(cut.map((r) => r.channels)).toEqual([facts.bypass, facts.entering].filter((c) => c > 0));

    const merged = endingAt(diagram, columns.merge);
    expectStacked(merged);
    const inside = (r: Ribbon) => r.part !== 'part1' && r.part !== 'denseTransition';
    const expected = facts.denseTransition ?? facts.block;
    expect(sum(merged.map((r) => r.channelsOut))).toBe(facts.bypass + expected);
    if (facts.bypass > 0) expect(merged[0]?.part).toBe('part1');
    expect(merged.filter(inside).some((r) => r.part === 'part2')).toBe(
      facts.denseTransition === undefined && !facts.dropped,
    );
    const order = merged.filter((r) => r.part.startsWith('growth/')).map((r) => Number(r.part.slice(7)));
    expect(order).toEqual([...order].sort((p, q) => p - q));
  });

  it('adds what every dense layer adds, from that layer on to the end of the block', () => {
    const rows = facts.layers.map((layer) => diagram.ribbons.find((r) => r.part === `growth/${layer.index}`));
    rows.forEach((row, i) => {
      expect(row?.channels).toBe(facts.layers[i]?.channels);
      expect(row?.x1).toBe(columns.block);
      if (i > 0) expect(row?.y0a).toBeCloseTo(rows[i - 1]?.y0b ?? NaN, 9);
      if (i > 0) expect(row?.x0).toBeGreaterThan(rows[i - 1]?.x0 ?? NaN);
    });
    const atEnd = diagram.ribbons.filter((r) => r.x1 === columns.block && r.part !== 'part1');
    expect(sum(atEnd.map((r) => r.channels))).toBe(facts.block);
  });

  it('ends x0 double prime inside the block where the listing drops it', () => {
    const cuts = diagram.boxes.filter((box) => box.kind === 'cut');
    expect(cuts).toHaveLength(facts.dropped ? 1 : 0);
    const reach = Math.max(...diagram.ribbons.filter((r) => r.part === 'part2').map((r) => r.x1));
    if (facts.dropped) expect(reach).toBe(columns.cut);
    else expect(reach).toBeGreaterThanOrEqual(columns.block);
  });

  it('hands on x_U, and shrinks the plane as the maps shrink', () => {
    const end = facts.pooled ? columns.pool : columns.output;
    expect(sum(endingAt(diagram, end).map((r) => r.channelsOut))).toBe(facts.output.shape[0]);
    expectStacked(endingAt(diagram, end));
    expect(diagram.boxes.some((box) => box.kind === 'pool')).toBe(facts.pooled);
    const planes = diagram.boxes.filter((box) => box.kind === 'plane');
    const side = (part: string) => planes.filter((p) => p.part === part).map((p) => p.x1 - p.x0)[0] ?? NaN;
    expect(side('output') / side('base')).toBeCloseTo(facts.output.shape[1] / facts.base.shape[1], 9);
  });

  it('keeps within its bounds and its labels apart, and keeps the labels that matter', () => {
    expectInside(diagram);
    expectNoOverlaps(diagram);
    const texts = diagram.labels.map((label) => label.text);
    expect(texts).toContain('x₀');
    expect(texts).toContain('x_U');
    expect(texts).toContain('H₁');
    expect(texts.some((text) => text.startsWith('x₀′'))).toBe(facts.bypass > 0);
    expect(texts.some((text) => text.startsWith('x_T'))).toBe(facts.denseTransition !== undefined);
    expect(texts.some((text) => text.startsWith('concat'))).toBe(facts.merge !== undefined);
    expect(texts.filter((text) => text === 'transition 1×1')).toHaveLength(
      (facts.denseTransition === undefined ? 0 : 1) + (facts.transition === undefined ? 0 : 1),
    );
  });

  it('names only nodes that the network has, and parts that it lists', () => {
    const keys = new Set(diagram.parts.map((part) => part.key));
    expect(keys.size).toBe(diagram.parts.length);
    for (const item of [...diagram.ribbons, ...diagram.boxes]) {
      expect(keys).toContain(item.part);
      for (const id of item.nodes) expect(network.byId.has(id), id).toBe(true);
    }
    for (const label of diagram.labels) expect(keys).toContain(label.part);
    for (const part of diagram.parts) {
      expect(part.nodes).toContain(part.node);
      if (!part.key.startsWith('fold')) expect(part.shape).toEqual(nodeOf(network, part.node).shape);
    }
    expect(new Set(diagram.ribbons.map((r) => r.id)).size).toBe(diagram.ribbons.length);
  });
});

describe('folding', () => {
  const network = build('cspdensenet201-last');
  it('folds the middle of a long block and unfolds it on demand', () => {
    const folded = stageDiagram(network, 3, { foldAbove: 8 });
    expect(folded.parts.filter((p) => p.stop && p.role === 'growth').map((p) => p.name)).toEqual([
      'x₁',
      'x₂',
      'x₃',
      'x₄ … x₄₆',
      'x₄₇',
      'x₄₈',
    ]);
    const texts = folded.labels.map((label) => label.text);
    expect(texts).toContain('⋯ 43 layers ⋯');
    expect(texts).toContain('+1376 channels');
    const unfolded = stageDiagram(network, 3, { foldAbove: 8, unfolded: true });
    expect(unfolded.boxes.filter((box) => box.kind === 'layer')).toHaveLength(48);
    const named = (diagram: Diagram, start: string) => diagram.labels.filter(({ text }) => text.startsWith(start));
    expect(named(unfolded, 'H').map(({ text }) => text)).toEqual(expect.arrayContaining(['H₁', 'H₂₄', 'H₄₈']));
    expectNoOverlaps(unfolded);
    expectInside(unfolded);
    // Zoomed there is room to name every layer.
    const zoomed = stageDiagram(network, 3, { foldAbove: 8, unfolded: true, zoom: 4 });
    expect(named(zoomed, 'H')).toHaveLength(48);
    expect(named(zoomed, 'x').filter(({ part }) => part.startsWith('growth/'))).toHaveLength(48);
    expectNoOverlaps(zoomed);
    expectInside(zoomed);
  });

  it.each([
    ['densenet201', 3, 1300],
    ['cspdensenet264-last', 3, 1300],
  ])('fits every layer of %s, stage %d, in %d px', (text, stage, width) => {
    const diagram = stageDiagram(build(text), stage, { unfolded: true, width });
    expect(diagram.width).toBeLessThanOrEqual(width);
    const boxes = diagram.boxes.filter((box) => box.kind === 'layer');
    boxes.slice(1).forEach((box, i) => expect(box.x0).toBeGreaterThan(boxes[i]?.x1 ?? NaN));
  });

  it('takes a scale from outside, and otherwise the largest that fits', () => {
    expect(stageDiagram(network, 1, { scale: 0.5 }).scale).toBe(0.5);
    expect(stageDiagram(network, 3, { height: 300 }).height).toBeLessThan(340);
    expect(() => stageDiagram(network, 5)).toThrow('stage is 5; allowed is 1 to 4');
  });
});

describe('on a phone', () => {
  const PHONE = 364;
  const PAIRS = [
    ['cspdensenet121-first', 'cspdensenet121-last'],
    ['cspdensenet201-standard', 'cspdensenet264-last@definition=listing'],
    ['densenet121', 'cspdensenet169-standard'],
  ] as const;
  const cases = PAIRS.flatMap(([a, b]) => [1, 2, 3, 4].map((stage) => [a, b, stage] as const));
  it.each(cases)('%s over %s, stage %i, are seen from end to end, both on one screen', (first, second, stage) => {
    const { a, b } = alignedPair(build(first), build(second), stage, { width: PHONE, foldAbove: 8 });
    if (!a || !b) throw new Error('both are there');
    for (const diagram of [a, b]) {
      expect(diagram.width).toBeLessThanOrEqual(PHONE);
      expect(diagram.height).toBeLessThan(300);
      expect(diagram.columns?.output).toBeGreaterThan(0.9 * diagram.width);
      expectNoOverlaps(diagram);
      expectInside(diagram);
      const texts = diagram.labels.map(({ text }) => text);
      expect(texts.some((text) => /^x₀ \d+ × \d+²$/.test(text))).toBe(true);
      expect(texts.some((text) => /^x_U \d+ × \d+²$/.test(text))).toBe(true);
    }
  });
});

describe('labels of dense layers', () => {
  const shapes = (width: number, text: string, stage: number) =>
    stageDiagram(build(text), stage, { width, foldAbove: 8 })
      .labels.filter(({ text: label }) => /^x[₁-₉]/.test(label))
      .map(({ text: label }) => label);
  it.each([1, 3])('are C × H × W where there is room, stage %i', (stage) => {
    const side = [56, 28, 14][stage - 1] ?? 0;
    for (const text of ['cspdensenet121-first', 'cspdensenet121-last', 'densenet121']) {
      const found = shapes(1390, text, stage);
      expect(found.length).toBeGreaterThan(4);
      for (const label of found) expect(label).toMatch(new RegExp(`^x[₀-₉]+ 32 × ${side}²$`));
    }
  });
  it('are shorter where there is not', () => {
    expect(shapes(900, 'cspdensenet121-first', 1)).toContain('x₁ 32');
    expect(shapes(364, 'cspdensenet121-first', 1)).toContain('x₁');
  });
  it.each(['first', 'last', 'standard'])('the dense side has its plane in fusion %s', (fusion) => {
    const texts = stageDiagram(build(`cspdensenet121-${fusion}`), 1, { width: 1390 }).labels.map(({ text }) => text);
    expect(texts.filter((text) => text.startsWith('[x₀″'))).toEqual(['[x₀″, x₁ … x₆] 224 × 56²']);
  });
});

describe('zoom', () => {
  const cases = [
    ['stage', (zoom: number) => stageDiagram(build('cspdensenet121-last'), 1, { width: 900, zoom })],
    ['network', (zoom: number) => networkDiagram(build('cspdensenet121-last'), { width: 900, zoom })],
  ] as const;
  it.each(cases)('magnifies everything of a %s but its text', (_, draw) => {
    const [one, three] = [draw(1), draw(3)];
    expect(three.width).toBe(3 * one.width);
    expect(three.scale).toBeCloseTo(3 * one.scale, 9);
    // Rounding to whole pixels apart, the same place is the same share of the height.
    expect(Math.abs(three.height - 3 * one.height)).toBeLessThanOrEqual(5);
    three.ribbons.forEach((ribbon, i) => {
      const small = one.ribbons[i];
      expect(ribbon.x0).toBe(3 * (small?.x0 ?? NaN));
      expect(ribbon.y0b - ribbon.y0a).toBeCloseTo(3 * ((small?.y0b ?? NaN) - (small?.y0a ?? NaN)), 9);
      expect(Math.abs(ribbon.y0a - 3 * (small?.y0a ?? NaN))).toBeLessThanOrEqual(5);
    });
    expect(new Set(three.labels.map(({ size }) => size))).toEqual(new Set(one.labels.map(({ size }) => size)));
    expect(three.labels.length).toBeGreaterThanOrEqual(one.labels.length);
  });
  it('says more about each layer where there is room', () => {
    const texts = (zoom: number) => cases[0][1](zoom).labels.map(({ text }) => text);
    expect(texts(1)).toContain('x₁ 32');
    expect(texts(2)).toContain('x₁ 32 × 56²');
  });
  it.each([1.3, 2, 4])('keeps labels apart and within, ×%d', (zoom) => {
    for (const [, draw] of cases) {
      const diagram = draw(zoom);
      expect(diagram.labels.length).toBeGreaterThan(8);
      expectInside(diagram);
      expectNoOverlaps(diagram);
    }
  });
});

describe('partBounds', () => {
  const diagram = stageDiagram(build('cspdensenet121-last'), 1);
  it('is the box of a layer, and the ribbons of what has none', () => {
    const layer = diagram.boxes.find((box) => box.part === 'growth/2');
    expect(partBounds(diagram, 'growth/2')).toEqual({
      left: layer?.x0,
      right: layer?.x1,
      top: layer?.y0a,
      bottom: layer?.y1b,
    });
    const bypass = partBounds(diagram, 'part1');
    expect(bypass.left).toBe(diagram.columns?.start);
    expect(bypass.right).toBe(diagram.columns?.pool);
  });
});

describe('stageAt', () => {
  it('is the stage at a place of the row, and the nearest one beside them', () => {
    const row = networkDiagram(build('cspdensenet121-last'), { width: 1000 });
    const middle = (stage: number) => {
      const area = row.boxes.find((box) => box.kind === 'area' && box.part === `stage${stage}`);
      return ((area?.x0 ?? NaN) + (area?.x1 ?? NaN)) / 2 / row.width;
    };
    expect([1, 2, 3, 4].map((stage) => stageAt(row, middle(stage)))).toEqual([1, 2, 3, 4]);
    expect(stageAt(row, 0)).toBe(1);
    expect(stageAt(row, 1)).toBe(4);
  });
});

describe('thumbnail', () => {
  it('draws every ribbon, merged by colour, without labels', () => {
    const diagram = stageDiagram(build('densenet201'), 3, { unfolded: true });
    const { paths, top, bottom } = thumbnail(diagram);
    const count = (d: string) => d.split('Z').length - 1;
    const boxes = diagram.boxes.filter(({ kind }) => kind === 'bar' || kind === 'concat' || kind === 'pool');
    expect(sum(paths.map(({ d }) => count(d)))).toBe(diagram.ribbons.length + boxes.length);
    expect(paths.length).toBeLessThan(diagram.ribbons.length);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(diagram.height);
  });
});

describe('ribbonPath', () => {
  const level = { x0: 0, y0a: 1, y0b: 3, x1: 10, y1a: 1, y1b: 3 };
  it('is a rectangle where nothing moves and a cubic where it does', () => {
    expect(ribbonPath(level)).toBe('M0,1H10V3H0Z');
    expect(ribbonPath({ ...level, y1a: 5, y1b: 6.005 })).toBe('M0,1C5,1 5,5 10,5V6.01C5,6.01 5,3 0,3Z');
  });
});

describe.each(TEXTS)('the whole of %s', (text) => {
  const network = build(text);
  it.each([340, 1200])('hands channels on from stage to stage, %d wide', (width) => {
    const diagram = networkDiagram(network, { width });
    expectInside(diagram);
    expectNoOverlaps(diagram);
    expect(diagram.width).toBeLessThanOrEqual(width + 30);
    for (const r of diagram.ribbons) expect(r.y0b - r.y0a).toBeCloseTo(r.channels * diagram.scale, 9);
    const numbers = diagram.labels.filter((label) => label.size === 12).map((label) => Number(label.text));
    expect(numbers).toEqual([
      3,
      nodeOf(network, 'stem/pool').shape[0],
      ...network.stages.map((stage) => nodeOf(network, stage.output).shape[0]),
      network.spec.classes,
    ]);
  });
});

describe('alignedPair', () => {
  it.each([
    ['cspdensenet121-first', 'cspdensenet121-last', 1],
    ['cspdensenet121-first', 'densenet121', 3],
    ['cspdensenet121-standard@definition=listing', 'cspdensenet201-last', 3],
    [`cspdensenet-first@${ODD}`, 'cspdensenet264-last', 4],
  ])('puts %s above %s, stage %d, with one scale and the same columns', (first, second, stage) => {
    const { a, b } = alignedPair(build(first), build(second), stage, { width: 1000 });
    if (!a || !b) throw new Error('both are there');
    expect(a.scale).toBe(b.scale);
    expect(a.width).toBe(b.width);
    expect(a.columns).toEqual(b.columns);
    const left = (diagram: Diagram, part: string, kind: string) =>
      diagram.boxes.find((box) => box.part === part && box.kind === kind)?.x0;
    for (const part of ['growth/1', 'growth/2']) expect(left(a, part, 'layer')).toBe(left(b, part, 'layer'));
    expect(left(a, 'base', 'bar')).toBe(left(b, 'base', 'bar'));
    expect(left(a, 'output', 'bar')).toBe(left(b, 'output', 'bar'));
    for (const diagram of [a, b]) {
      expectInside(diagram);
      expectNoOverlaps(diagram);
    }
  });

  it('leaves out what is not there', () => {
    const short = build('densenet@growth=8,blocks=2-2,stem=8,size=64');
    const { a, b } = alignedPair(short, build('densenet121'), 3);
    expect(a).toBeNull();
    expect(b?.parts.length).toBeGreaterThan(0);
    expect(alignedPair(null, null, 'all')).toEqual({ a: null, b: null });
    const whole = alignedPair(short, build('densenet121'), 'all', { width: 600 });
    expect(whole.a?.width).toBe(whole.b?.width);
    expect(whole.a?.scale).toBe(whole.b?.scale);
  });
});

describe('keysOfNodes', () => {
  it('lights what contains any of the nodes, and the same parts of the other', () => {
    const pair = alignedPair(build('densenet201'), build('cspdensenet201-last'), 3, { foldAbove: 8 });
    const diagrams = [pair.a, pair.b].filter((diagram) => diagram !== null);
    const lit = (...nodes: string[]) => keysOfNodes(diagrams, new Set(nodes))?.map((keys) => [...keys]);
    expect(lit('stage3/dense2/conv1', 'stage3/dense3/conv2')).toEqual([
      ['growth/2', 'growth/3'],
      ['growth/2', 'growth/3'],
    ]);
    expect(lit('stage3/dense9/conv1')).toEqual([
      ['fold/4-46', 'growth/9'],
      ['fold/4-46', 'growth/9'],
    ]);
    expect(lit('stage3/denseTransition/conv')).toEqual([[], ['denseTransition']]);
    expect(lit('stage1/dense1/conv1')).toBeUndefined();
  });
});

describe('litKeys', () => {
  const pair = alignedPair(build('cspdensenet121-first'), build('cspdensenet121-last'), 1);
  const diagrams = [pair.a, pair.b].filter((diagram) => diagram !== null);
  const lit = (highlight: string | null) => litKeys(diagrams, highlight)?.map((keys) => [...keys]);

  it('lights the same part in both', () => {
    expect(lit('stage1/dense3/conv2')).toEqual([['growth/3'], ['growth/3']]);
    expect(lit('stage1/dense3/norm1')).toEqual([['growth/3'], ['growth/3']]);
    expect(lit('stage1/split/part1')).toEqual([['part1'], ['part1']]);
  });
  it('lights the role where the other has no such part', () => {
    expect(lit('stage1/denseTransition/conv')).toEqual([['transition'], ['denseTransition']]);
  });
  it('lights a role, and nothing for what is not drawn', () => {
    expect(lit('part2')).toEqual([['part2'], ['part2']]);
    expect(lit('stage4/dense1/conv1')).toBeUndefined();
    expect(lit('nonsense')).toBeUndefined();
    expect(lit(null)).toBeUndefined();
    expect(isLit({ part: 'part1', role: 'part1' }, new Set(), 'part1')).toBe(true);
    expect(isLit({ part: 'growth/2', role: 'growth' }, new Set(['growth/3']), 'stage1/dense3/conv2')).toBe(false);
  });
});
