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

/**
 * Columns that serve all stages given, stretched towards `width` but never narrower than their labels need.
 * @param slots of each stage, see {@link slotsOf}
 * @param width px that are there to be filled
 */
export function columnsFor(stages: readonly StageFacts[], slots: readonly (readonly Slot[])[], width: number): Columns {
  const some = (test: (facts: StageFacts) => boolean) => stages.some(test);
  const left = Math.ceil(widest([...stages.map((f) => shapeText(f.base.shape)), '64 × 112²'], TEXT)) + 20;
  const right = Math.ceil(widest([...stages.map((f) => shapeText(f.output.shape)), '64 × 112²'], TEXT)) + 18;

  const count = Math.max(...slots.map((list) => list.length));
  const isCrowded = count > MANY;
  const slotWidths = Array.from({ length: count }, (_, i) =>
    Math.max(
      ...stages.map((facts, s) => {
        const slot = slots[s]?.[i];
        if (!slot) return 0;
        if (slot.from === slot.to) {
          return isCrowded ? CROWDED.slot : LAYER + 8 + textWidth(growthLabels(facts, slot.to)[1], TEXT);
        }
        return 24 + widest(foldLines(facts, slot), TEXT);
      }),
    ),
  );

  // Flexible lengths, each at its smallest; one factor stretches them all.
  const split = some((f) => f.bypass > 0) ? 70 : 40;
  const lead = some((f) => f.bypass > 0) ? 34 : 24;
  const tail = some((f) => f.dropped) ? 94 : 36;
  const gather = some((f) => f.denseTransition !== undefined) ? 152 : some((f) => f.merge !== undefined) ? 92 : 28;
  const after = some((f) => f.transition !== undefined) ? 116 : some((f) => f.pooled) ? 84 : 44;
  const leave = some((f) => f.transition !== undefined && f.pooled) ? 46 : 12;
  const pool = some((f) => f.pooled) ? POOL : 0;
  const flexible = split + lead + slotWidths.reduce((sum, w) => sum + w, 0) + tail + gather + after + leave;
  const fixed = left + BAR + pool + BAR + right;
  const stretch = Math.min(2.2, Math.max(1, (width - fixed) / flexible));
  // Whole pixels, so that ribbons that meet leave no seam.
  const s = (length: number) => Math.floor(length * stretch);

  const level = left + BAR + s(split);
  let x = level + s(lead);
  const boxes = slotWidths.map((slotWidth, i) => {
    const folds = slots.some((list) => (list[i]?.to ?? 0) > (list[i]?.from ?? 0));
    const x0 = x;
    x += s(slotWidth);
    const layer = Math.max(CROWDED.layer, Math.min(LAYER, Math.round(s(slotWidth) / 2)));
    return { x0, x1: folds ? x - s(16) : x0 + layer };
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
    cut: last + 14,
    block,
    funnel: block + Math.floor(s(gather) * 0.68),
    merge,
    narrow,
    pool: poolAt,
    output,
    width: output + BAR + right,
  };
}
