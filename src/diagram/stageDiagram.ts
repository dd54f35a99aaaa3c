/**
 * One stage in full, of one network or of two aligned: same scale, same columns, so that the drawings can stand one
 * above the other. The shapes are stageLayout.ts, the columns columns.ts; here are scale, planes and labels.
 */
import type { Network } from '../network/network';
import { nodeOf } from '../network/network';
import { BAR, columnsFor, foldLines, growthLabel, slotsOf, TEXT } from './columns';
import type { Slot } from './columns';
import type { Columns, Diagram } from './diagram';
import { Drawing } from './drawing';
import { shapeText, subscript, textWidth } from './notation';
import { ROLE_COLOURS } from './roles';
import { stageFacts } from './stageFacts';
import type { StageFacts } from './stageFacts';
import { layoutStage, OVERHANG } from './stageLayout';
import type { StagePlaces } from './stageLayout';
import { blockName, partsOf } from './stageParts';

export interface StageOptions {
  /** px per channel; without it as much as fits `height`. */
  readonly scale?: number;
  /** px there are to fill; narrower only if the labels allow it. */
  readonly width?: number;
  /** px that one diagram should take, about. */
  readonly height?: number;
  /** Blocks with more layers are folded. */
  readonly foldAbove?: number;
  /** Draws every layer in full whatever their number. */
  readonly unfolded?: boolean;
}

const DEFAULTS = { width: 1100, height: 290, foldAbove: 8 } as const;
/** px per channel at most: a stage of 40 channels need not fill the page. */
const LARGEST_SCALE = 1.5;
/** px between the lanes of x₀′ and the dense block: room for two lines of text. */
const GAP = 36;
/** Side of the plane of the stage's larger feature map, px. */
const PLANE = 30;

/** Height of labels above and below the ribbons, px. */
const AROUND = 56;

function tallest(facts: StageFacts): number {
  return facts.bypass + facts.entering + facts.layers.reduce((sum, layer) => sum + layer.channels, 0);
}

/** px per channel with which all stages given are at most `height` tall. */
export function scaleFor(stages: readonly StageFacts[], height: number): number {
  const rooms = stages.map((f) => Math.max(40, height - AROUND - (f.bypass > 0 ? GAP : 0)) / tallest(f));
  return Math.min(LARGEST_SCALE, ...rooms);
}

function drawPlane(drawing: Drawing, key: string, node: string, x: number, y: number, side: number): void {
  const sides = { x0: x, x1: x + side, y0a: y, y0b: y + side, y1a: y, y1b: y + side };
  drawing.box({
    id: `${key}:plane`,
    part: key,
    role: 'base',
    colour: ROLE_COLOURS.base,
    nodes: [node],
    kind: 'plane',
    ...sides,
  });
}

/** x₀ and x_U with their shapes, and their planes in proportion to H. */
function drawEnds(drawing: Drawing, facts: StageFacts, columns: Columns, at: StagePlaces): void {
  const [, height] = facts.base.shape;
  const [, outHeight] = facts.output.shape;
  const left = columns.base - 7;
  const right = columns.output + BAR + 8;
  const end = { part: 'base', x: left, anchor: 'end', priority: 9 } as const;
  drawing.label({ ...end, text: 'x₀', y: at.baseTop + 10, size: 13, bold: true });
  drawing.label({ ...end, text: shapeText(facts.base.shape), y: at.baseTop + 25 });
  drawPlane(drawing, 'base', facts.parts.base, left - PLANE, at.baseTop + 33, PLANE);
  const start = { part: 'output', x: right, anchor: 'start', priority: 9 } as const;
  const y = (at.outTop + at.outBottom) / 2 - 22;
  drawing.label({ ...start, text: 'x_U', y: y + 10, size: 13, bold: true });
  drawing.label({ ...start, text: shapeText(facts.output.shape), y: y + 26 });
  drawPlane(drawing, 'output', facts.parts.output, right, y + 34, Math.max(2, (PLANE * outHeight) / height));
}

function drawBlockLabels(
  drawing: Drawing,
  facts: StageFacts,
  slots: readonly Slot[],
  columns: Columns,
  at: StagePlaces,
) {
  slots.forEach((slot, s) => {
    const box = columns.slots[s];
    const bottom = at.bottoms[slot.to] ?? 0;
    if (!box) return;
    if (slot.from === slot.to) {
      const part = `growth/${slot.to}`;
      const middle = (box.x0 + box.x1) / 2;
      drawing.label({ part, text: `H${subscript(slot.to)}`, x: middle, y: at.denseTop - OVERHANG - 5, priority: 4 });
      drawing.label({
        ...{ part, text: growthLabel(facts, slot.to), x: box.x1 + 3, y: bottom + 12, anchor: 'start', priority: 3 },
      });
      return;
    }
    // Under the staircase there is room to the left of the last steps.
    const drop = bottom - (at.bottoms[slot.from - 1] ?? bottom);
    const part = `fold/${slot.from}-${slot.to}`;
    const [count, added] = foldLines(facts, slot);
    const free = (box.x1 - box.x0) * (1 - 28 / Math.max(28, drop));
    const y = free > 1.06 * textWidth(count, TEXT) + 6 ? bottom - 16 : bottom + 16;
    drawing.label({ part, text: count, x: box.x0 + 1, y, anchor: 'start', priority: 7, bold: true });
    drawing.label({ part, text: added, x: box.x0 + 1, y: y + 14, anchor: 'start', priority: 7 });
  });
}

/** The label of a transition: inside its funnel where that is tall enough, above it (and the concat's label) otherwise. */
function drawFunnelLabel(
  drawing: Drawing,
  part: string,
  x0: number,
  x1: number,
  sides: readonly [number, number, number, number],
) {
  const [topLeft, bottomLeft, topRight, bottomRight] = sides;
  const x = (x0 + x1) / 2;
  const middle = (topLeft + bottomLeft + topRight + bottomRight) / 4;
  const tall = (bottomLeft - topLeft + bottomRight - topRight) / 2;
  const inside = tall >= 20 && x1 - x0 >= textWidth('transition 1×1', TEXT) + 8;
  const y = inside ? middle + 4 : Math.min(topLeft, topRight) - (part === 'transition' ? 23 : 7);
  drawing.label({ part, text: 'transition 1×1', x, y, priority: 6, bold: inside });
}

function drawLabels(
  drawing: Drawing,
  network: Network,
  facts: StageFacts,
  columns: Columns,
  at: StagePlaces,
  scale: number,
): void {
  const { parts } = facts;
  const shape = (id: string) => shapeText(nodeOf(network, id).shape);
  const entering = columns.split + 4;
  const firstBox = columns.slots[0]?.x0 ?? entering;
  if (parts.part1 !== undefined) {
    const start = { x: entering, anchor: 'start', priority: 8 } as const;
    drawing.label({ ...start, part: 'part1', text: `x₀′ ${shape(parts.part1)}`, y: at.laneTop - 7 });
    // On the line above H₁ where it is too long to stand before it.
    const text = `x₀″ ${shape(parts.part2)}`;
    const fits = textWidth(text, TEXT) < firstBox - entering - 8;
    drawing.label({ ...start, part: 'part2', text, y: at.denseTop - (fits ? OVERHANG + 4 : 22) });
  }
  if (facts.dropped) {
    const text = `${facts.bypass > 0 ? 'x₀″' : 'x₀'} dropped`;
    drawing.label({
      part: 'part2',
      text,
      x: columns.cut - 2,
      y: at.denseTop - 8,
      anchor: 'start',
      priority: 8,
      bold: true,
    });
  }
  const bottom = at.bottoms.at(-1) ?? 0;
  const concat = parts.block === parts.merge ? '' : shapeText(nodeOf(network, parts.block).shape);
  const leaving = `${blockName(facts)} ${concat === '' ? facts.block : concat}`;
  drawing.label({
    part: concat === '' ? 'merge' : 'block',
    text: leaving,
    x: columns.block + 4,
    y: bottom + 30,
    anchor: 'end',
    priority: 6,
  });
  if (facts.denseTransition !== undefined && parts.denseTransition !== undefined) {
    const top = at.denseTop + (facts.dropped ? facts.entering * scale : 0);
    const sides = [top, top + facts.block * scale, top, at.funnelBottom] as const;
    drawFunnelLabel(drawing, 'denseTransition', columns.block, columns.funnel, sides);
    const text = `x_T ${shape(parts.denseTransition)}`;
    drawing.label({
      part: 'denseTransition',
      text,
      x: columns.funnel - 12,
      y: at.funnelBottom + 18,
      anchor: 'start',
      priority: 8,
    });
  }
  if (parts.merge !== undefined) {
    drawing.label({
      part: 'merge',
      text: `concat ${shape(parts.merge)}`,
      x: columns.merge,
      y: at.mergeTop - 8,
      priority: 8,
    });
  }
  if (parts.transition !== undefined) {
    const sides = [at.mergeTop, at.mergeBottom, at.outTop, at.outBottom] as const;
    drawFunnelLabel(drawing, 'transition', columns.merge, columns.narrow, sides);
    const x = columns.pool - 6;
    if (facts.pooled) {
      const text = shape(parts.transition);
      drawing.label({ part: 'transition', text, x, y: at.outBottom + 17, anchor: 'end', priority: 6 });
    }
  }
  if (facts.pooled) {
    const x = (columns.pool + columns.output) / 2;
    drawing.label({ part: 'pool', text: 'pool ÷2', x, y: at.outTop - 14, priority: 7 });
  }
}

/** Diagrams of the same stage of several networks, with one scale and one set of columns. */
export function stageDiagrams(
  networks: readonly Network[],
  stage: number,
  options: StageOptions = {},
): readonly Diagram[] {
  const { width, height, foldAbove } = { ...DEFAULTS, ...options };
  const stages = networks.map((network) => stageFacts(network, stage));
  const slots = stages.map((f) => slotsOf(f.layers.length, options.unfolded ? Infinity : foldAbove));
  const columns = columnsFor(stages, slots, width);
  const scale = options.scale ?? scaleFor(stages, height);
  return networks.map((network, i) => {
    const facts = stages[i] ?? stageFacts(network, stage);
    const own = slots[i] ?? [];
    const drawing = new Drawing();
    const layout = { facts, slots: own, columns, scale, gap: GAP, align: 'top', detail: true } as const;
    const places = layoutStage(drawing, layout);
    drawEnds(drawing, facts, columns, places);
    drawBlockLabels(drawing, facts, own, columns, places);
    drawLabels(drawing, network, facts, columns, places, scale);
    for (const part of partsOf(network, facts, own)) drawing.part(part);
    return drawing.finish(scale, columns.width, columns);
  });
}

/**
 * One stage of one network.
 * @param stage 1 … number of stages
 * @throws RangeError naming the stage where the network has no such.
 */
export function stageDiagram(network: Network, stage: number, options: StageOptions = {}): Diagram {
  const [diagram] = stageDiagrams([network], stage, options);
  if (!diagram) throw new Error('a network has one diagram');
  return diagram;
}
