/**
 * The texts of a whole network's row: channels, size and plane at every place where one stage hands on to the next, the
 * names of the stages, and, zoomed, what is in them.
 */
import type { Network, NetworkNode } from '../network/network';
import { nodeOf } from '../network/network';
import type { Columns } from './diagram';
import type { Drawing } from './drawing';
import { ROLE_COLOURS } from './roles';
import type { StageFacts } from './stageFacts';
import type { StagePlaces } from './stageLayout';

/** Largest plane, px at zoom 1: the map that enters stage 1. The picture itself would be four times as large. */
export const PLANE = 40;
/** A stage names what is in it where it is at least so wide, px. */
const ROOMY = 280;

/** A place where one stage hands on to the next. */
export interface Mark {
  readonly x: number;
  readonly node: NetworkNode;
  readonly part: string;
}

/** A stage that has been laid out in the row. */
export interface Inside {
  readonly facts: StageFacts;
  readonly columns: Columns;
  readonly at: StagePlaces;
}

/** Channels, size and plane below every place where one stage hands on to the next; stage names above. */
export function drawMarks(
  drawing: Drawing,
  network: Network,
  { marks, top, bottom, zoom }: { marks: readonly Mark[]; top: number; bottom: number; zoom: number },
): void {
  const largest = nodeOf(network, network.stages[0]?.base ?? 'input').shape[1];
  marks.forEach(({ x, node, part }, i) => {
    const [channels, height] = node.shape;
    const isClasses = i === marks.length - 1;
    drawing.label({ part, text: String(channels), x, y: bottom + 18, size: 12, bold: true, priority: 9 });
    drawing.label({ part, text: isClasses ? 'classes' : `${height}²`, x, y: bottom + 33, priority: 8 });
    if (isClasses || i === 0) return;
    const side = Math.max(2, (PLANE * zoom * height) / largest);
    const y = bottom + 42;
    drawing.box({
      id: `${part}:plane`,
      part,
      role: 'base',
      colour: ROLE_COLOURS.base,
      nodes: [node.id],
      kind: 'plane',
      x0: x - side / 2,
      x1: x + side / 2,
      y0a: y,
      y0b: y + side,
      y1a: y,
      y1b: y + side,
    });
  });
  network.stages.forEach((stage, i) => {
    const [x0, x1] = [marks[i + 1]?.x ?? 0, marks[i + 2]?.x ?? 0];
    const x = (x0 + x1) / 2;
    const wide = x1 - x0 > 130;
    const text = `stage ${stage.index}${wide ? ` · ${stage.growth.length} layers` : ''}`;
    drawing.label({ part: stage.name, text, x, y: top - 8, bold: true, priority: 7 });
  });
}

/** Channels inside a stage, where there is room for them. */
export function labelInside(drawing: Drawing, { facts, columns, at }: Inside): void {
  if (columns.output - columns.base < ROOMY) return;
  const part = facts.parts.name;
  const start = { part, anchor: 'start', priority: 4 } as const;
  const { bypass, entering, layers, denseTransition, merge } = facts;
  if (bypass > 0) drawing.label({ ...start, text: `x₀′ ${bypass}`, x: columns.split + 2, y: at.laneTop - 5 });
  const name = bypass > 0 ? 'x₀″' : 'x₀';
  drawing.label({ ...start, text: `${name} ${entering}`, x: columns.split + 2, y: at.denseTop - 5, priority: 3 });
  const text = `+ ${layers.length} × ${layers[0]?.channels ?? 0}`;
  const bottom = at.bottoms.at(-1) ?? at.denseTop;
  drawing.label({ ...start, text, x: columns.block, y: bottom + 14, anchor: 'end' });
  if (denseTransition !== undefined) {
    const y = at.funnelBottom + 14;
    drawing.label({ ...start, text: `x_T ${denseTransition}`, x: columns.funnel, y, priority: 3 });
  }
  if (merge !== undefined) {
    const y = at.mergeTop - 5;
    drawing.label({ ...start, text: `concat ${merge}`, x: columns.merge, y, anchor: 'middle', priority: 5 });
  }
}
