/** Where the bars of a small chart stand: groups along x, one bar per network in each. Numbers only, px. */
import { scaleBand, scaleLinear } from 'd3';

export interface BarValue {
  readonly key: string;
  readonly value: number;
}

export interface BarSize {
  readonly width: number;
  readonly height: number;
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
}

export interface PlacedBar {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedGroup {
  readonly name: string;
  readonly x: number;
  readonly width: number;
  readonly bars: readonly PlacedBar[];
}

export interface BarLayout {
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  /** y of the value 0. */
  readonly zero: number;
  readonly groups: readonly PlacedGroup[];
  /** Writes a tick as a percentage, with the decimals that the distance of the ticks needs. */
  readonly percent: (value: number) => string;
}

/** A value that is not 0 can be seen, px. */
const LEAST = 1;
const TICKS = 4;

/**
 * @param keys of the networks in order: a network that lacks a stage leaves its place empty there.
 * @param unit what the ticks are whole multiples of: 1, or 2²⁰ for MiB.
 */
export function layoutBars(
  groups: readonly { readonly name: string; readonly bars: readonly BarValue[] }[],
  keys: readonly string[],
  { width, height, margin }: BarSize,
  unit = 1,
): BarLayout {
  const values = groups.flatMap((group) => group.bars.map((bar) => bar.value / unit));
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const y = scaleLinear()
    .domain(low === high ? [0, 1] : [low, high])
    .nice(TICKS)
    .range([height - margin.bottom, margin.top]);
  const x = scaleBand()
    .domain(groups.map((group) => group.name))
    .range([margin.left, Math.max(margin.left + 1, width - margin.right)])
    .paddingInner(0.2)
    .paddingOuter(0.1);
  const within = scaleBand().domain(keys).range([0, x.bandwidth()]).paddingInner(0.08).paddingOuter(0.1);
  const zero = y(0);
  return {
    ticks: y.ticks(TICKS).map((value) => ({ value: value * unit, y: y(value) })),
    zero,
    groups: groups.map((group) => ({
      name: group.name,
      x: x(group.name) ?? margin.left,
      width: x.bandwidth(),
      bars: group.bars.map(({ key, value }) => {
        const end = y(value / unit);
        const tall = value === 0 ? 0 : Math.max(LEAST, Math.abs(end - zero));
        return {
          key,
          x: within(key) ?? 0,
          y: value < 0 ? zero : zero - tall,
          width: within.bandwidth(),
          height: tall,
        };
      }),
    })),
    percent: y.tickFormat(TICKS, '%'),
  };
}
