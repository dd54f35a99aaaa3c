/** The texts of a stage's drawing, and the planes at its ends: what is written where, given where its lines stand. */
import type { Network } from '../network/network';
import { nodeOf } from '../network/network';
import { BAR, foldLines, growthLabels, TEXT } from './columns';
import type { Slot } from './columns';
import type { Columns } from './diagram';
import type { Drawing } from './drawing';
import { shapeText, subscript, textWidth } from './notation';
import { ROLE_COLOURS } from './roles';
import type { StageFacts } from './stageFacts';
import { OVERHANG } from './stageLayout';
import type { StagePlaces } from './stageLayout';
import { blockName } from './stageParts';

/** Side of the plane of the largest feature map, px at zoom 1. */
const PLANE = 40;
const COMPACT_PLANE = 24;

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

/** A stage that has been laid out. */
export interface LaidOut {
  readonly facts: StageFacts;
  readonly slots: readonly Slot[];
  readonly columns: Columns;
  /** Whether it is drawn close together: no room beside its ends, short names. */
  readonly compact: boolean;
  /** px per channel */
  readonly scale: number;
  /** What columns, scale and places have been magnified by. */
  readonly zoom: number;
  /** Height of the largest base layer among the diagrams that stand together: its plane is drawn largest. */
  readonly largestHeight: number;
  readonly at: StagePlaces;
}

/** The same where there is no room beside them: x₀ above, x_U below, the planes under what they belong to. */
function drawCompactEnds(drawing: Drawing, { facts, columns, zoom, largestHeight, at }: LaidOut): void {
  const plane = (height: number) => Math.max(2, (COMPACT_PLANE * zoom * height) / largestHeight);
  const [, height] = facts.base.shape;
  const [, outHeight] = facts.output.shape;
  const left = { part: 'base', x: 2, anchor: 'start' } as const;
  const top = Math.min(at.baseTop, at.laneTop);
  drawing.label({ ...left, text: `x₀ ${shapeText(facts.base.shape)}`, y: top - 23, bold: true, priority: 9 });
  const under = (at.bottoms[0] ?? at.denseTop) + 16;
  const side = plane(height);
  drawPlane(drawing, 'base', facts.parts.base, 2, under, side);
  drawing.label({ ...left, text: `${height}²`, x: 2 + side + 4, y: under + side / 2 + 4, size: 10, priority: 5 });
  const right = columns.output + BAR * zoom;
  const end = { part: 'output', anchor: 'end' } as const;
  const below = at.outBottom + 40;
  drawing.label({ ...end, text: `x_U ${shapeText(facts.output.shape)}`, x: right, y: below, bold: true, priority: 9 });
  const outSide = plane(outHeight);
  drawPlane(drawing, 'output', facts.parts.output, right - outSide, below + 8, outSide);
  const beside = { x: right - outSide - 4, y: below + 12 + outSide / 2, size: 10, priority: 5 };
  drawing.label({ ...end, ...beside, text: `${outHeight}²` });
}

/** x₀ and x_U with their shapes, and their planes in proportion to H. */
function drawEnds(drawing: Drawing, stage: LaidOut): void {
  if (stage.compact) {
    drawCompactEnds(drawing, stage);
    return;
  }
  const { facts, columns, zoom, largestHeight, at } = stage;
  const plane = (height: number) => Math.max(2, (PLANE * zoom * height) / largestHeight);
  const [, height] = facts.base.shape;
  const [, outHeight] = facts.output.shape;
  const left = columns.base - 7;
  const right = columns.output + BAR * zoom + 8;
  const end = { part: 'base', x: left, anchor: 'end', priority: 9 } as const;
  drawing.label({ ...end, text: 'x₀', y: at.baseTop + 10, size: 13, bold: true });
  drawing.label({ ...end, text: shapeText(facts.base.shape), y: at.baseTop + 25 });
  const side = plane(height);
  drawPlane(drawing, 'base', facts.parts.base, left - side, at.baseTop + 33, side);
  const beside = { priority: 5, size: 10 } as const;
  const sideY = at.baseTop + 37 + side / 2;
  drawing.label({ ...end, ...beside, text: `${height}²`, x: left - side - 5, y: sideY });
  const start = { part: 'output', x: right, anchor: 'start', priority: 9 } as const;
  const y = (at.outTop + at.outBottom) / 2 - 22;
  drawing.label({ ...start, text: 'x_U', y: y + 10, size: 13, bold: true });
  drawing.label({ ...start, text: shapeText(facts.output.shape), y: y + 26 });
  const outSide = plane(outHeight);
  drawPlane(drawing, 'output', facts.parts.output, right, y + 34, outSide);
  drawing.label({ ...start, ...beside, text: `${outHeight}²`, x: right + outSide + 5, y: y + 38 + outSide / 2 });
}

/** Whether a layer is labelled where only every n-th has room: the first and the last are, and what keeps clear of them. */
function isLabelled(place: number, places: number, n: number): boolean {
  if (place === 1 || place === places || n === 1) return true;
  return place % n === 0 && place > n && places - place >= n;
}

/** H_i over its box and x_i under its step, as much of it as there is room for before the next box. */
function drawLayerLabels(drawing: Drawing, stage: LaidOut, index: number, s: number) {
  const { facts, slots, columns, compact, zoom, at } = stage;
  const box = columns.slots[s];
  if (!box) return;
  const pitch = Math.min(...columns.slots.slice(1).map(({ x0 }, i) => x0 - (columns.slots[i]?.x0 ?? 0)));
  const every = Math.max(1, Math.ceil((textWidth(`H${subscript(slots.length)}`, TEXT) + 4) / pitch));
  if (!isLabelled(s + 1, slots.length, every)) return;
  const part = `growth/${index}`;
  const bottom = at.bottoms[index] ?? 0;
  const y = at.denseTop - OVERHANG * zoom - 5;
  drawing.label({ part, text: `H${subscript(index)}`, x: (box.x0 + box.x1) / 2, y, priority: 4 });
  const texts = growthLabels(facts, index);
  const next = columns.slots[s + 1]?.x0 ?? columns.block;
  const fitting = texts.find((each) => textWidth(each, TEXT) <= next - box.x1 - 3);
  if (compact && fitting === undefined) {
    // Under the staircase, to the left of the step.
    const under = Math.max(bottom + 2, (at.bottoms[index - 1] ?? bottom) + 13);
    drawing.label({ part, text: texts[2], x: box.x0 - 1, y: under, anchor: 'end', priority: 3 });
    return;
  }
  const text = fitting ?? texts[2];
  drawing.label({ part, text, x: box.x1 + 3, y: bottom + 12, anchor: 'start', priority: 3 });
}

function drawBlockLabels(drawing: Drawing, stage: LaidOut): void {
  const { facts, slots, columns, at } = stage;
  slots.forEach((slot, s) => {
    const box = columns.slots[s];
    const bottom = at.bottoms[slot.to] ?? 0;
    if (!box) return;
    if (slot.from === slot.to) {
      drawLayerLabels(drawing, stage, slot.to, s);
      return;
    }
    // Under the staircase there is room to the left of the last steps.
    const drop = bottom - (at.bottoms[slot.from - 1] ?? bottom);
    const part = `fold/${slot.from}-${slot.to}`;
    const [count, added] = foldLines(facts, slot);
    const free = (box.x1 - box.x0) * (1 - 28 / Math.max(28, drop));
    if (stage.compact && drop > 40) {
      // There is more of it to the left of the staircase.
      const end = { part, x: box.x0 + free - 3, anchor: 'end', priority: 7 } as const;
      drawing.label({ ...end, text: count, y: bottom - 15, bold: true });
      drawing.label({ ...end, text: added, y: bottom - 1 });
      return;
    }
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

function drawStepLabels(drawing: Drawing, network: Network, stage: LaidOut): void {
  const { facts, columns, compact, scale, zoom, at } = stage;
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
    drawing.label({
      ...start,
      part: 'part2',
      text,
      y: at.denseTop - (fits ? OVERHANG * zoom + 4 : OVERHANG * zoom + 19),
    });
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
  const [, height, width] = facts.base.shape;
  const leaving = `${blockName(facts)} ${shapeText([facts.block, height, width])}`;
  drawing.label({
    part: parts.block === parts.merge ? 'merge' : 'block',
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
    const text = shape(parts.transition);
    if (facts.pooled && (!compact || columns.pool - columns.narrow > textWidth(text, TEXT))) {
      drawing.label({ part: 'transition', text, x, y: at.outBottom + 17, anchor: 'end', priority: 6 });
    }
  }
  if (facts.pooled) {
    const x = columns.output + 2;
    drawing.label({ part: 'pool', text: 'pool ÷2', x, y: at.outTop - 14, anchor: 'end', priority: 7 });
  }
}

/** Writes all texts of a stage and draws the planes at its ends. */
export function labelStage(drawing: Drawing, network: Network, stage: LaidOut): void {
  drawEnds(drawing, stage);
  drawBlockLabels(drawing, stage);
  drawStepLabels(drawing, network, stage);
}
