/**
 * Lives of feature maps → buffers and places in them. No two that are needed at once lie over each other. Pure numbers.
 */

/** A feature map: steps of its first write and its last read, and its size. */
export interface Life {
  readonly first: number;
  readonly last: number;
  readonly floats: number;
}

const total = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0);

/** Largest sum of floats needed at once. */
export function peakOf(lives: readonly Life[], steps: number): number {
  let peak = 0;
  for (let step = -1; step < steps; step++) {
    const alive = lives.filter(({ first, last }) => first <= step && step <= last);
    peak = Math.max(peak, total(alive.map(({ floats }) => floats)));
  }
  return peak;
}

/** A buffer for every feature map, in an order: of those that are free all the while, the one that then is tightest. */
function allot(lives: readonly Life[], order: readonly number[]): { buffer: number[]; sizes: number[] } {
  const sizes: number[] = [];
  const tenants: Life[][] = [];
  const buffer: number[] = [];
  for (const index of order) {
    const life = lives[index];
    if (!life) continue;
    const slack = (at: number) => Math.abs((sizes[at] ?? 0) - life.floats);
    const [tightest = sizes.length] = [...tenants.keys()]
      .filter((at) => tenants[at]?.every((other) => other.last < life.first || life.last < other.first))
      .sort((a, b) => slack(a) - slack(b));
    sizes[tightest] = Math.max(sizes[tightest] ?? 0, life.floats);
    (tenants[tightest] ??= []).push(life);
    buffer[index] = tightest;
  }
  return { buffer, sizes };
}

/** Where every feature map lies. */
interface Allotment {
  readonly buffer: readonly number[];
  readonly offset: readonly number[];
  readonly sizes: readonly number[];
}

/** A buffer for every feature map while it is needed: the smaller of two, the largest first and the one needed first. */
function allotApart(lives: readonly Life[]): Allotment {
  const entries = [...lives.entries()];
  const bySize = entries.toSorted(([, a], [, b]) => b.floats - a.floats || a.first - b.first);
  const byTime = entries.toSorted(([, a], [, b]) => a.first - b.first);
  const [one, other] = [bySize, byTime].map((order) =>
    allot(
      lives,
      order.map(([index]) => index),
    ),
  );
  if (!one || !other) throw new Error('there is nothing to allot');
  const best = total(one.sizes) <= total(other.sizes) ? one : other;
  return { ...best, offset: lives.map(() => 0) };
}

/** Each as low in one buffer as those before it in the order allow that are needed at the same time. */
function stack(lives: readonly Life[], order: readonly number[]) {
  const offset: number[] = [];
  const below: { readonly life: Life; readonly from: number; readonly to: number }[] = [];
  for (const index of order) {
    const life = lives[index];
    if (!life) continue;
    let from = 0;
    for (const other of below) {
      if (other.life.last < life.first || life.last < other.life.first) continue;
      if (other.from - from >= life.floats) break;
      from = Math.max(from, other.to);
    }
    offset[index] = from;
    below.push({ life, from, to: from + life.floats });
    below.sort((a, b) => a.from - b.from);
  }
  const size = Math.max(...below.map(({ to }) => to));
  return { offset, size, highest: offset.findIndex((from, index) => from + (lives[index]?.floats ?? 0) === size) };
}

/** Orders that are tried, from each beginning, until the maps lie as close as can be. */
const STACKINGS = 50;

/** One buffer for all: the largest first, or the longest needed, then again with the one that lay highest put first. */
function allotTogether(lives: readonly Life[], least: number): Allotment {
  const entries = [...lives.entries()];
  const beginnings = [
    entries.toSorted(([, a], [, b]) => b.floats - a.floats || a.first - b.first),
    entries.toSorted(([, a], [, b]) => b.last - b.first - (a.last - a.first) || b.floats - a.floats),
  ];
  let best = { offset: lives.map(() => 0), size: Infinity };
  for (const beginning of beginnings) {
    let order = beginning.map(([index]) => index);
    for (let tried = 0; tried < STACKINGS && best.size > least; tried++) {
      const { highest, ...found } = stack(lives, order);
      if (found.size < best.size) best = found;
      order = [highest, ...order.filter((index) => index !== highest)];
    }
  }
  return { buffer: lives.map(() => 0), offset: best.offset, sizes: [best.size] };
}

/** What maps of their own buffers may take more than they need. */
const MOST_OVERHEAD = 1.1;

/**
 * Buffers of their own, which kernels read as such; but of very thin networks, where the input is the largest map of
 * all, that can take half as much again as is needed: then one buffer for all, which every kernel binds once.
 */
export function allotBest(lives: readonly Life[], least: number): Allotment & { readonly together: boolean } {
  const apart = allotApart(lives);
  if (total(apart.sizes) <= MOST_OVERHEAD * least) return { ...apart, together: false };
  const together = allotTogether(lives, least);
  return total(together.sizes) < total(apart.sizes) ? { ...together, together: true } : { ...apart, together: false };
}
