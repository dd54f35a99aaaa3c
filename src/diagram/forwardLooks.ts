/**
 * What a drawing looks like after some of its steps: how far it is revealed, what is active, what is being read.
 * The steps themselves are forward.ts. Numbers only.
 */
import { LAYER } from './columns';
import type { Box, Diagram, ItemLook, Looks, Ribbon, Sides } from './diagram';
import type { ForwardStep } from './forward';

/** A drawing at one step. */
export interface Frame {
  /** What lies right of it has not been reached, px. */
  readonly frontier: number;
  /** Items that are not drawn as usual. */
  readonly looks: Looks;
  /** Around the layer, concat or pool that is at work, or undefined where none is. */
  readonly ring: Sides | undefined;
  /** Arrow heads on the channels that are being read: where, and how large, px. */
  readonly reading: readonly { readonly x: number; readonly y: number; readonly size: number }[];
}

/** Reached, but neither at work nor being read; behind that it is a matter of taste. */
const DONE: ItemLook = { opacity: 0.42 };

const layerOf = (key: string) => (key.startsWith('layer/') ? Number(key.slice('layer/'.length)) : undefined);
const growthIndex = (part: string) => (part.startsWith('growth/') ? Number(part.slice('growth/'.length)) : undefined);

/** Where x_i begins; undefined where the drawing has no such layer. */
function growthStart(diagram: Diagram, index: number): number | undefined {
  return diagram.ribbons.find((ribbon) => ribbon.part === `growth/${index}`)?.x0;
}

function layerBox(diagram: Diagram, index: number): Box | undefined {
  return diagram.boxes.find((box) => box.kind === 'layer' && box.part === `growth/${index}`);
}

/** Up to where the drawing is revealed when a layer has added its channels: the next layer. */
function afterLayer(diagram: Diagram, index: number): number {
  const { columns } = diagram;
  const start = growthStart(diagram, index) ?? 0;
  const next = growthStart(diagram, index + 1);
  if (next === undefined) return Math.min(start + 2 * LAYER, columns?.cut ?? Infinity, columns?.block ?? Infinity);
  return layerBox(diagram, index + 1)?.x0 ?? next;
}

/**
 * Up to where a drawing is revealed by a step that its network has.
 * @returns px; undefined where the drawing has no place for it
 */
export function revealedBy(diagram: Diagram, key: string): number | undefined {
  const { columns } = diagram;
  if (!columns) {
    const area = diagram.boxes.find((box) => box.kind === 'area' && box.part === (key === 'input' ? 'stem' : key));
    return key === 'input' ? area?.x0 : key === 'head' ? diagram.width : area?.x1;
  }
  const layer = layerOf(key);
  if (layer !== undefined) return growthStart(diagram, layer) === undefined ? undefined : afterLayer(diagram, layer);
  const first = columns.slots[0]?.x0 ?? columns.split;
  const places: Readonly<Record<string, number>> = {
    base: columns.start,
    split: first,
    block: columns.block + 3,
    denseTransition: columns.funnel + 2,
    merge: columns.merge + 3,
    transition: columns.narrow,
    pool: columns.output,
    output: diagram.width,
  };
  return places[key];
}

/** Whether a step reads a part, if the part is there to be read. */
function mayRead(part: string, key: string): boolean {
  const index = growthIndex(part);
  const dense = part === 'part2' || index !== undefined;
  const layer = layerOf(key);
  if (layer !== undefined) return part === 'part2' || (index !== undefined && index < layer);
  if (key === 'block' || key === 'denseTransition') return dense;
  if (key === 'merge' || key === 'transition') return dense || part === 'part1' || part === 'denseTransition';
  return key === 'pool';
}

/** What a step makes, or is. */
function isActive(part: string, key: string): boolean {
  const layer = layerOf(key);
  if (layer !== undefined) return part === `growth/${layer}`;
  if (key === 'split') return part === 'part1' || part === 'part2';
  if (key === 'input') return part === 'stem';
  return part === key;
}

const high = (item: Sides) => item.y0b - item.y0a;

/** The channels that a step reads at x: the ribbons that cross or end there, and the middle of each. */
function readAt(diagram: Diagram, key: string, x: number): readonly { readonly ribbon: Ribbon; readonly y: number }[] {
  return diagram.ribbons
    .filter((ribbon) => mayRead(ribbon.part, key) && ribbon.x0 <= x && ribbon.x1 >= x)
    .map((ribbon) => ({ ribbon, y: ribbon.x1 === x ? (ribbon.y1a + ribbon.y1b) / 2 : (ribbon.y0a + ribbon.y0b) / 2 }));
}

/** What is at work in a step, and where it meets the channels that it reads, px. */
interface AtWork {
  readonly ring: Sides | undefined;
  readonly readsAt: number | undefined;
}

function atWork(diagram: Diagram, key: string): AtWork {
  const { boxes, ribbons } = diagram;
  const layer = layerOf(key);
  if (layer === undefined) {
    const ring = boxes.find((box) => box.part === key && ['bar', 'concat', 'pool'].includes(box.kind));
    const funnel = ribbons.find((ribbon) => ribbon.part === key && ribbon.channels !== ribbon.channelsOut);
    return { ring, readsAt: ring?.x0 ?? funnel?.x0 };
  }
  const box = layerBox(diagram, layer);
  if (box) return { ring: box, readsAt: box.x0 };
  // Inside a fold: the step of the staircase where x_i begins.
  const added = ribbons.find(({ part }) => part === `growth/${layer}`);
  const fold = boxes.find(({ kind, x0, x1 }) => kind === 'fold' && added && x0 < added.x0 && added.x0 <= x1);
  if (!added || !fold) return { ring: undefined, readsAt: added?.x0 };
  const { x0: x, y0a: bottom } = added;
  const ring = { x0: x - 4, x1: x, y0a: fold.y0a, y1a: fold.y0a, y0b: bottom, y1b: bottom };
  return { ring, readsAt: x };
}

/**
 * A drawing after some steps.
 * @param steps those of the pair
 * @param side which of the two the drawing is
 * @param at 1 … number of steps
 */
export function frameAt(diagram: Diagram, steps: readonly ForwardStep[], side: 'a' | 'b', at: number): Frame {
  const step = steps[at - 1];
  const own = steps.slice(0, at).filter((one) => one[side]?.acts);
  const frontier = Math.max(0, ...own.map((one) => revealedBy(diagram, one.key) ?? 0));
  const { ribbons } = diagram;
  if (!step?.[side]?.acts) {
    return { frontier, looks: new Map(ribbons.map(({ id }) => [id, DONE])), ring: undefined, reading: [] };
  }
  const { key } = step;
  // The first and the last step show what there is, without anything at work.
  const works = !['base', 'output', 'input', 'head'].includes(key);
  const { ring, readsAt = 0 } = works && diagram.columns ? atWork(diagram, key) : { ring: undefined };
  const read = readAt(diagram, key, readsAt);
  const lit = new Set(read.map(({ ribbon }) => ribbon.part));
  const done = ribbons.filter(({ part }) => works && !isActive(part, key) && !lit.has(part));
  return {
    frontier,
    looks: new Map(done.map(({ id }) => [id, DONE])),
    ring,
    reading: read.map(({ ribbon, y }) => ({ x: readsAt, y, size: Math.max(1.5, Math.min(5, high(ribbon) * 0.4)) })),
  };
}
