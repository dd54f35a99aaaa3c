/**
 * What a drawing is: boxes, ribbons, labels and the parts they belong to, in numbers (px, y downwards).
 * Types and their SVG paths; layouts are stageDiagram.ts and networkDiagram.ts.
 */
import type { Role, Shape } from '../network/network';
import type { ColourPair } from './roles';

/** A quadrilateral with two vertical sides: left from y0a down to y0b at x0, right from y1a to y1b at x1. */
export interface Sides {
  readonly x0: number;
  readonly y0a: number;
  readonly y0b: number;
  readonly x1: number;
  readonly y1a: number;
  readonly y1b: number;
}

/** What boxes and ribbons have in common. */
export interface Item extends Sides {
  /** Unique in its diagram. */
  readonly id: string;
  /** Key of the part it belongs to. */
  readonly part: string;
  readonly role: Role;
  readonly colour: ColourPair;
  /** Ids of the network's nodes that it stands for. */
  readonly nodes: readonly string[];
}

/** Channels on their way: its height is `channels` × scale on the left, `channelsOut` × scale on the right. */
export interface Ribbon extends Item {
  readonly channels: number;
  /** Equal to `channels` except in a funnel, which is a convolution. */
  readonly channelsOut: number;
}

/**
 * bar: a feature map seen from the side; layer: H_i; fold: a run of layers; concat; pool; plane: a feature map seen
 * from the front, its side in proportion to H; cut: where channels are dropped; area: the ground of a whole stage,
 * which is not drawn but catches the pointer.
 */
export type BoxKind = 'bar' | 'layer' | 'fold' | 'concat' | 'pool' | 'plane' | 'cut' | 'area';

export interface Box extends Item {
  readonly kind: BoxKind;
}

/** How an item is drawn where it is not drawn as usual: while a stage is played, and in the gradient view. */
export interface ItemLook {
  /** 0 … 1, times what it has by itself. */
  readonly opacity?: number;
  /** In place of its own. */
  readonly colour?: ColourPair;
  /** Lines over its colour. */
  readonly hatched?: boolean;
}

/** Looks by the id of a ribbon or box; items without one are drawn as usual. */
export type Looks = ReadonlyMap<string, ItemLook>;

export type Anchor = 'start' | 'middle' | 'end';

/** One line of text; y is its baseline. `_T` in the text stands for a subscript, see notation.ts. */
export interface Label {
  readonly id: string;
  readonly part: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: Anchor;
  /** px */
  readonly size: number;
  readonly bold: boolean;
  /** Labels with a smaller one give way where two would overlap. */
  readonly priority: number;
}

/** What a person can point at: x₀, x₃ with its layer H₃, a transition, a whole stage. */
export interface Part {
  /** The same for corresponding parts of two diagrams: `part1`, `growth/3`, `transition`, `stage2`. */
  readonly key: string;
  /** Undefined for a whole stage, which has many. */
  readonly role: Role | undefined;
  /** Short name in the field's notation. */
  readonly name: string;
  /** What it is and does, with its numbers. */
  readonly text: string;
  readonly shape: Shape;
  readonly nodes: readonly string[];
  /** The node to name when this part is chosen. */
  readonly node: string;
  /** False for layers inside a fold: the fold stands for them when moving by keyboard. */
  readonly stop: boolean;
}

/** Where the columns of a stage stand, for tests and for what is drawn on top. */
export interface Columns {
  /** Left side of the x₀ bar. */
  readonly base: number;
  /** Right side of the x₀ bar. */
  readonly start: number;
  /** Where x₀′ and x₀″ run level. */
  readonly split: number;
  /** Left and right side of each H_i or fold. */
  readonly slots: readonly { readonly x0: number; readonly x1: number }[];
  /** Where x₀″ ends in the listing. */
  readonly cut: number;
  /** End of the dense block: its concat. */
  readonly block: number;
  /** Where the dense side's transition has become x_T. */
  readonly funnel: number;
  readonly merge: number;
  /** Where the transition after the concat is done. */
  readonly narrow: number;
  /** Left side of the pool. */
  readonly pool: number;
  /** Left side of the x_U bar. */
  readonly output: number;
  readonly width: number;
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  /** Where y = 0 of its layout came to stand, px. */
  readonly origin: number;
  /** px per channel */
  readonly scale: number;
  readonly ribbons: readonly Ribbon[];
  readonly boxes: readonly Box[];
  readonly labels: readonly Label[];
  /** In reading order. */
  readonly parts: readonly Part[];
  /** Undefined for the whole network. */
  readonly columns: Columns | undefined;
}

/** Two decimals are a hundredth of a pixel, and keep exported files small. */
const n = (value: number) => String(Math.round(value * 100) / 100);

/** px */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where a part stands: its boxes, or its ribbons where it has none; of x_i that is H_i and not its way to the end. */
export function partBounds(diagram: Diagram, key: string): Bounds {
  const own = diagram.boxes.filter((box) => box.part === key && box.kind !== 'plane');
  const items = own.length > 0 ? own : diagram.ribbons.filter((ribbon) => ribbon.part === key);
  return {
    left: Math.min(...items.map((i) => i.x0)),
    right: Math.max(...items.map((i) => i.x1)),
    top: Math.min(...items.map((i) => Math.min(i.y0a, i.y1a))),
    bottom: Math.max(...items.map((i) => Math.max(i.y0b, i.y1b))),
  };
}

/** SVG path of a ribbon: level at both ends, cubic in between; a rectangle where it stays level. */
export function ribbonPath({ x0, y0a, y0b, x1, y1a, y1b }: Sides): string {
  if (y0a === y1a && y0b === y1b) return `M${n(x0)},${n(y0a)}H${n(x1)}V${n(y0b)}H${n(x0)}Z`;
  const middle = n((x0 + x1) / 2);
  return (
    `M${n(x0)},${n(y0a)}C${middle},${n(y0a)} ${middle},${n(y1a)} ${n(x1)},${n(y1a)}` +
    `V${n(y1b)}C${middle},${n(y1b)} ${middle},${n(y0b)} ${n(x0)},${n(y0b)}Z`
  );
}

/** SVG path of a box: straight sides. */
export function boxPath({ x0, y0a, y0b, x1, y1a, y1b }: Sides): string {
  return `M${n(x0)},${n(y0a)}L${n(x1)},${n(y1a)}V${n(y1b)}L${n(x0)},${n(y0b)}Z`;
}
