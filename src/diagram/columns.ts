/** Where the columns of one stage's drawing stand, for one network or for two that are to be aligned. */
import type { Columns } from './diagram';
import { shapeText, subscript, textWidth } from './notation';
import type { StageFacts } from './stageFacts';

/** A run of dense layers, 1-based, both ends included, that is drawn as one box: one layer, or a fold. */
export interface Slot {
  readonly from: number;
  readonly to: number;
}

/** Width of the bars of x₀ and x_U, px. */
export const BAR = 9;
/** Width of the box of one H_i, px. */
export const LAYER = 12;
/** Width that one of many layers takes at least, px: labels that do not fit are left out until it is zoomed. */
const CROWDED = { slot: 11, layer: 5 } as const;
/** Width of a pool, px. */
export const POOL = 16;
/** Size of most texts, px. */
export const TEXT = 11;

/** With more boxes than this, their labels no longer decide how wide a block is drawn. */
const MANY = 16;

/** Layers shown one by one before and after a fold. */
const SHOWN = { before: 3, after: 2 } as const;

/**
 * The boxes of a dense block: every layer, or, above `foldAbove` layers, the first three, a fold and the last two.
 * @param foldAbove layers from which on a block is folded; Infinity never folds.
 */
export function slotsOf(layers: number, foldAbove: number): readonly Slot[] {
  const single = (index: number): Slot => ({ from: index, to: index });
  if (layers <= foldAbove || layers <= SHOWN.before + SHOWN.after + 1) {
    return Array.from({ length: layers }, (_, i) => single(i + 1));
  }
  const last = layers - SHOWN.after;
  return [
    ...Array.from({ length: SHOWN.before }, (_, i) => single(i + 1)),
    { from: SHOWN.before + 1, to: last },
    ...Array.from({ length: SHOWN.after }, (_, i) => single(last + 1 + i)),
  ];
}

/** The two lines of a fold's label. */
export function foldLines(facts: StageFacts, slot: Slot): readonly [string, string] {
  const added = facts.layers.slice(slot.from - 1, slot.to).reduce((sum, layer) => sum + layer.channels, 0);
  return [`⋯ ${slot.to - slot.from + 1} layers ⋯`, `+${added} channels`];
}

/** The label of x_i under its ribbon, from the longest to the shortest: with its shape, its channels, or neither. */
export function growthLabels(facts: StageFacts, index: number): readonly [string, string, string] {
  const name = `x${subscript(index)}`;
  const layer = facts.layers[index - 1];
  return layer ? [`${name} ${shapeText(layer.shape)}`, `${name} ${layer.channels}`, name] : [name, name, name];
}

/** The same columns in a drawing that has been magnified. */
export function magnifyColumns(columns: Columns, zoom: number): Columns {
  const x = (value: number) => Math.round(value * zoom);
  return {
    base: x(columns.base),
    start: x(columns.start),
    split: x(columns.split),
    slots: columns.slots.map(({ x0, x1 }) => ({ x0: x(x0), x1: x(x1) })),
    cut: x(columns.cut),
    block: x(columns.block),
    funnel: x(columns.funnel),
    merge: x(columns.merge),
    narrow: x(columns.narrow),
    pool: x(columns.pool),
    output: x(columns.output),
    width: x(columns.width),
  };
}

const widest = (texts: readonly string[], size: number) => Math.max(0, ...texts.map((text) => textWidth(text, size)));

/** Below this width, a phone's, a stage is drawn close together, its ends labelled above and below, px. */
const COMPACT_BELOW = 600;

/** Whether a stage is drawn close together on a page so wide, so that both ends are seen. */
export function isCompact(width: number): boolean {
  return width < COMPACT_BELOW;
}

/** The smallest lengths of what can be stretched, px: where a stage has the step, and where it has not. */
interface Lengths {
  readonly split: readonly [bypass: number, none: number];
  readonly lead: readonly [bypass: number, none: number];
  readonly tail: readonly [dropped: number, kept: number];
  readonly gather: readonly [transition: number, concat: number, none: number];
  readonly after: readonly [transition: number, pool: number, none: number];
  readonly leave: readonly [both: number, none: number];
}

const ROOMY: Lengths = {
  split: [70, 40],
  lead: [34, 24],
  tail: [94, 36],
  gather: [152, 92, 28],
  after: [116, 84, 44],
  leave: [46, 12],
};

const COMPACT: Lengths = {
  split: [28, 14],
  lead: [14, 10],
  tail: [36, 14],
  gather: [64, 40, 16],
  after: [46, 26, 16],
  leave: [12, 6],
};

/** Widths in a compact drawing of one layer, a fold, a pool, and what is beside the ends, px. */
const COMPACT_WIDTHS = { slot: 14, fold: 52, pool: 10, edge: 6 } as const;

/** Least width of one slot for one stage. @param label which of {@link growthLabels} there is to be room for */
function slotWidth(facts: StageFacts, slot: Slot, crowded: boolean, compact: boolean, label: 0 | 1): number {
  const isFold = slot.from !== slot.to;
  if (compact) return isFold ? COMPACT_WIDTHS.fold : crowded ? CROWDED.slot : COMPACT_WIDTHS.slot;
  if (isFold) return 24 + widest(foldLines(facts, slot), TEXT);
  return crowded ? CROWDED.slot : LAYER + 8 + textWidth(growthLabels(facts, slot.to)[label], TEXT);
}

/**
 * Columns that serve all stages given, stretched towards `width` but never narrower than their labels need. Where there
 * is room, the labels of the dense layers are their shapes.
 * @param slots of each stage, see {@link slotsOf}
 * @param width px that are there to be filled; little of it makes a compact drawing
 */
export function columnsFor(stages: readonly StageFacts[], slots: readonly (readonly Slot[])[], width: number): Columns {
  const some = (test: (facts: StageFacts) => boolean) => stages.some(test);
  const compact = isCompact(width);
  const ends = (shapes: readonly string[], room: number) =>
    compact ? COMPACT_WIDTHS.edge : Math.ceil(widest([...shapes, '64 × 112²'], TEXT)) + room;
  const left = ends(
    stages.map((f) => shapeText(f.base.shape)),
    20,
  );
  const right = ends(
    stages.map((f) => shapeText(f.output.shape)),
    18,
  );

  const count = Math.max(...slots.map((list) => list.length));
  const isCrowded = count > MANY;
  const widthsFor = (label: 0 | 1) =>
    Array.from({ length: count }, (_, i) =>
      Math.max(
        ...stages.map((facts, s) => {
          const slot = slots[s]?.[i];
          return slot ? slotWidth(facts, slot, isCrowded, compact, label) : 0;
        }),
      ),
    );

  // Flexible lengths, each at its smallest; one factor stretches them all.
  const lengths = compact ? COMPACT : ROOMY;
  const split = lengths.split[some((f) => f.bypass > 0) ? 0 : 1];
  const lead = lengths.lead[some((f) => f.bypass > 0) ? 0 : 1];
  const tail = lengths.tail[some((f) => f.dropped) ? 0 : 1];
  const gather =
    lengths.gather[some((f) => f.denseTransition !== undefined) ? 0 : some((f) => f.merge !== undefined) ? 1 : 2];
  const after = lengths.after[some((f) => f.transition !== undefined) ? 0 : some((f) => f.pooled) ? 1 : 2];
  const leave = lengths.leave[some((f) => f.transition !== undefined && f.pooled) ? 0 : 1];
  const pool = some((f) => f.pooled) ? (compact ? COMPACT_WIDTHS.pool : POOL) : 0;
  const flexibleWith = (slotWidths: readonly number[]) =>
    split + lead + slotWidths.reduce((sum, w) => sum + w, 0) + tail + gather + after + leave;
  const fixed = left + BAR + pool + BAR + right;
  const full = widthsFor(0);
  const slotWidths = fixed + flexibleWith(full) <= width ? full : widthsFor(1);
  const stretch = Math.min(2.2, Math.max(1, (width - fixed) / flexibleWith(slotWidths)));
  // Whole pixels, so that ribbons that meet leave no seam.
  const s = (length: number) => Math.floor(length * stretch);

  const level = left + BAR + s(split);
  let x = level + s(lead);
  const boxes = slotWidths.map((own, i) => {
    const folds = slots.some((list) => (list[i]?.to ?? 0) > (list[i]?.from ?? 0));
    const x0 = x;
    x += s(own);
    const layer = Math.max(CROWDED.layer, Math.min(LAYER, Math.round(s(own) / 2)));
    return { x0, x1: folds ? x - s(compact ? 8 : 16) : x0 + layer };
  });
  const last = boxes.at(-1)?.x1 ?? x;
  const block = x + s(tail);
  const merge = block + s(gather);
  const narrow = merge + s(after);
  const poolAt = narrow + s(leave);
  const output = poolAt + pool;
  return {
    base: left,
    start: left + BAR,
    split: level,
    slots: boxes,
    cut: last + (compact ? 6 : 14),
    block,
    funnel: block + Math.floor(s(gather) * 0.68),
    merge,
    narrow,
    pool: poolAt,
    output,
    width: output + BAR + right,
  };
}
