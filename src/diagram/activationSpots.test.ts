import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { nodeOf } from '../network/network';
import { parseNetwork } from '../network/text';
import { labelBounds, overlaps } from './drawing';
import { networkDiagram } from './networkDiagram';
import { stageDiagram } from './stageDiagram';
import { spotsOf } from './activationSpots';

const build = (text: string) => buildNetwork(parseNetwork(text));
const SMALL = 'growth=16,blocks=4-8-12-8,stem=32,classes=61,size=96';
const ODD = 'growth=7,blocks=3-2-2-3,stem=19,size=61';
const TEXTS = [
  'densenet121',
  'cspdensenet121-first',
  'cspdensenet121-standard',
  'cspdensenet201-last',
  'cspdensenet264-first',
  `cspdensenet-first@${SMALL}`,
  `cspdensenet-last@${SMALL}`,
  `cspdensenet-standard@${ODD},definition=listing,gamma=0.25`,
  `cspdensenet-last@${ODD},gamma=0`,
];
const CASES = TEXTS.flatMap((text) => {
  const network = build(text);
  const stages = network.stages.map(({ index }) => index);
  return [360, 1000].flatMap((width) => [
    ...stages.map((stage) => ({ text, network, width, stage, zoom: 1 })),
    { text, network, width, stage: 'all' as const, zoom: 1 },
    { text, network, width, stage: 3, zoom: 2 },
  ]);
});

const squareOf = ({ x, y, side }: { x: number; y: number; side: number }) => {
  return { left: x, right: x + side, top: y, bottom: y + side };
};

describe.each(CASES)('spots of stage $stage of $text, $width wide, zoom $zoom', ({ network, width, stage, zoom }) => {
  const diagrams =
    stage === 'all'
      ? [networkDiagram(network, { width, zoom })]
      : [stageDiagram(network, stage, { width, zoom }), stageDiagram(network, stage, { width, zoom, unfolded: true })];

  it('cover no text, no other spot and no wall but their own, and stay inside', () => {
    for (const diagram of diagrams) {
      const made = spotsOf(diagram);
      made.forEach((spot, i) => {
        const bounds = squareOf(spot);
        const { part, node, side, item } = spot;
        expect(side).toBeGreaterThanOrEqual(14);
        expect(side).toBeLessThanOrEqual(40 * zoom);
        expect(bounds.left, part).toBeGreaterThanOrEqual(0);
        expect(bounds.top, part).toBeGreaterThanOrEqual(0);
        expect(bounds.right, part).toBeLessThanOrEqual(diagram.width);
        expect(bounds.bottom, part).toBeLessThanOrEqual(diagram.height);
        const labels = diagram.labels.filter((label) => overlaps(bounds, labelBounds(label)));
        expect(
          labels.map(({ text }) => text),
          part,
        ).toEqual([]);
        expect(
          made.slice(0, i).filter((other) => overlaps(bounds, squareOf(other))),
          part,
        ).toEqual([]);
        expect(network.byId.has(node), node).toBe(true);
        expect(diagram.parts.find(({ key }) => key === part)?.nodes, part).toContain(node);
        const items = [...diagram.ribbons, ...diagram.boxes].filter(({ id }) => id === item);
        expect(items, part).toHaveLength(1);
      });
      expect(new Set(made.map(({ node, part }) => `${node} ${part}`)).size).toBe(made.length);
    }
  });
});

describe('spotsOf', () => {
  const keys = (text: string, stage: number, options = {}) =>
    spotsOf(stageDiagram(build(text), stage, { width: 1380, ...options })).map(({ part }) => part);

  it('has every part of a small stage', () => {
    const layers = ['growth/1', 'growth/2', 'growth/3', 'growth/4'];
    expect(keys(`cspdensenet-first@${SMALL}`, 1)).toEqual(['base', 'output', 'part1', 'part2', ...layers, 'merge']);
    expect(keys(`cspdensenet-last@${SMALL}`, 1)).toEqual([
      'base',
      'output',
      'part1',
      'part2',
      ...layers,
      'block',
      'denseTransition',
      'merge',
    ]);
    expect(keys('densenet121', 1).slice(0, 4)).toEqual(['base', 'output', 'growth/1', 'growth/2']);
  });

  it('leaves out what a fold hides and shows it unfolded', () => {
    expect(keys('cspdensenet201-last', 3)).not.toContain('growth/20');
    expect(keys('cspdensenet201-last', 3, { unfolded: true })).toContain('growth/20');
  });

  it('lie on their own ribbon, or beside all of them', () => {
    const diagram = stageDiagram(build(`cspdensenet-last@${SMALL}`), 1, { width: 1380 });
    for (const spot of spotsOf(diagram).filter(({ part }) => part === 'part1' || part === 'part2')) {
      const own = diagram.ribbons.filter(({ part }) => part === spot.part);
      const inside = own.filter((ribbon) => {
        const top = Math.max(ribbon.y0a, ribbon.y1a);
        const bottom = Math.min(ribbon.y0b, ribbon.y1b);
        const { x, y, side } = spot;
        return x >= ribbon.x0 && x + side <= ribbon.x1 && y >= top && y + side <= bottom;
      });
      expect(inside, spot.part).not.toHaveLength(0);
    }
    for (const { part, y } of spotsOf(diagram).filter((one) => one.part.startsWith('growth/'))) {
      const row = diagram.ribbons.find((ribbon) => ribbon.part === part);
      expect(y, part).toBeGreaterThan(row?.y0b ?? Infinity);
    }
  });

  it('stand at the borders in the row of stages, for the part that hands on', () => {
    const network = build('cspdensenet121-first');
    const made = spotsOf(networkDiagram(network, { width: 1380 }));
    expect(made.map(({ part, node }) => [part, node])).toEqual([
      ['stem', 'stem/pool'],
      ...network.stages.map(({ name, output }) => [name, output]),
    ]);
    for (const { node } of made) expect(nodeOf(network, node).shape[1]).toBeGreaterThan(1);
  });
});
