/**
 * Where the strip of all layers stands (the paper's figures 7 and 8), px, y downwards: for each network a row of bars of
 * compute, and below it what each layer reads (upwards) and writes (downwards). All rows share their columns and scales,
 * so that networks can be compared by eye. Which layers meet in a column is layerStrip.ts.
 */
import type { Role } from '../network/network';
import { elements } from '../network/parameters';
import { barScale } from './barScale';
import type { Axis } from './barScale';
import { computeOf } from './conventions';
import type { Convention } from './conventions';
import type { LayerCost } from './cost';
import { bottlenecks } from './layerStrip';
import type { Strip } from './layerStrip';

/** Room for the ticks on the left. */
export const STRIP_AXIS = 58;
const RIGHT = 20;
/** Room for the names of the stages. */
const STAGES = 20;
/** A layer is at least this wide: narrower ones could not be pointed at. */
const LEAST_PITCH = 7;
/** Room for the name of a row and of its bottleneck. */
const HEAD = 30;
const COMPUTE = 84;
/** Of what is read, and again of what is written. */
const SIZE = 30;
const BETWEEN = 10;
const AFTER = 14;

export interface StripBar {
  readonly layer: LayerCost;
  readonly slot: number;
  readonly x: number;
  readonly width: number;
  /** Heights: compute above `base`, read above `middle`, written below it. */
  readonly compute: number;
  readonly read: number;
  readonly written: number;
}

export interface StripRow {
  readonly top: number;
  /** y of no compute. */
  readonly base: number;
  /** y between what is read and what is written. */
  readonly middle: number;
  readonly bottom: number;
  readonly bars: readonly StripBar[];
  /** Of the layers that compute most. */
  readonly bottlenecks: readonly StripBar[];
}

export interface StripLayout {
  readonly width: number;
  readonly height: number;
  readonly pitch: number;
  readonly rows: readonly StripRow[];
  /** Distance of each tick above a row's `base`. */
  readonly computeTicks: readonly { readonly value: number; readonly rise: number }[];
  /** The largest size, elements, and its distance from a row's `middle`. */
  readonly sizeTick: { readonly value: number; readonly rise: number };
  /** Left and right side of each stage. */
  readonly stages: readonly { readonly name: string; readonly x0: number; readonly x1: number }[];
}

export interface StripOptions {
  readonly convention: Convention;
  readonly axis: Axis;
  /** What there is; the strip is wider where its layers need more. */
  readonly width: number;
}

/**
 * @param strip the columns of these networks' layers
 * @param networks the layers of each row
 */
export function layoutStrip(
  strip: Strip,
  networks: readonly (readonly LayerCost[])[],
  { convention, axis, width }: StripOptions,
): StripLayout {
  const pitch = Math.max(LEAST_PITCH, (width - STRIP_AXIS - RIGHT) / Math.max(1, strip.slots.length));
  const x = (slot: number) => STRIP_AXIS + slot * pitch;
  const all = networks.flat();
  const compute = barScale(
    all.map((layer) => computeOf(layer, convention)),
    axis,
    COMPUTE,
  );
  const sizes = all.flatMap((layer) => [elements(layer.in), elements(layer.out)]);
  const size = barScale(sizes, 'linear', SIZE);
  const largest = Math.max(0, ...sizes);
  const gap = pitch > 4 ? 1 : 0;
  const tall = HEAD + COMPUTE + BETWEEN + 2 * SIZE + AFTER;
  const rows = networks.map((layers, index): StripRow => {
    const top = STAGES + index * tall;
    const bars = layers.flatMap((layer): StripBar[] => {
      const slot = strip.slotOf.get(layer.id);
      if (slot === undefined) return [];
      return [
        {
          layer,
          slot,
          x: x(slot) + gap / 2,
          width: pitch - gap,
          compute: compute.height(computeOf(layer, convention)),
          read: size.height(elements(layer.in)),
          written: size.height(elements(layer.out)),
        },
      ];
    });
    const most = new Set(bottlenecks(layers, convention));
    const base = top + HEAD + COMPUTE;
    const middle = base + BETWEEN + SIZE;
    return {
      top,
      base,
      middle,
      bottom: middle + SIZE,
      bars,
      bottlenecks: bars.filter((bar) => most.has(bar.layer)),
    };
  });
  return {
    width: STRIP_AXIS + strip.slots.length * pitch + RIGHT,
    height: STAGES + networks.length * tall,
    pitch,
    rows,
    computeTicks: compute.ticks,
    sizeTick: { value: largest, rise: size.height(largest) },
    stages: strip.stages.map(({ name, from, to }) => ({ name, x0: x(from), x1: x(to + 1) })),
  };
}

/** The slot under a place, within the strip. */
export function slotAt(layout: Pick<StripLayout, 'pitch'>, slots: number, x: number): number {
  return Math.min(slots - 1, Math.max(0, Math.floor((x - STRIP_AXIS) / layout.pitch)));
}

/** Which of a bar's three heights. */
export type StripPart = 'compute' | 'read' | 'written';

/** Bars of a row as one SVG path, which is far quicker to draw than one element for each of 400 layers. */
export function stripPath(row: StripRow, bars: readonly StripBar[], part: StripPart): string {
  const n = (value: number) => String(Math.round(value * 100) / 100);
  const from = part === 'compute' ? row.base : row.middle;
  return bars
    .filter((bar) => bar[part] > 0)
    .map((bar) => {
      const y = part === 'written' ? from : from - bar[part];
      return `M${n(bar.x)},${n(y)}h${n(bar.width)}v${n(bar[part])}h${n(-bar.width)}Z`;
    })
    .join('');
}

/** The bars of a row by their role, in the order in which the roles appear. */
export function byRole(bars: readonly StripBar[]): readonly (readonly [role: Role, bars: readonly StripBar[]])[] {
  const groups = new Map<Role, StripBar[]>();
  for (const bar of bars) {
    const group = groups.get(bar.layer.role);
    if (group) group.push(bar);
    else groups.set(bar.layer.role, [bar]);
  }
  return [...groups];
}
