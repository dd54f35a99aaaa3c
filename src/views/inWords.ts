/** Numbers inside sentences. Charts and tables have formats of their own in analysis/format.ts and metrics.ts. */
import { computeOf, CONVENTION_TEXTS, countsNorm } from '../analysis/conventions';
import type { Convention } from '../analysis/conventions';
import type { Cost } from '../analysis/cost';
import { formatCount, formatShare } from '../analysis/format';

/** Compute in the convention that the page counts in: `2.834 GMACs`, `2.868 G (MACs + 2·BN)`. */
export function computeText(cost: Pick<Cost, 'macs' | 'normElements'>, convention: Convention): string {
  const count = formatCount(computeOf(cost, convention));
  const { short } = CONVENTION_TEXTS[convention];
  return countsNorm(convention) ? `${count} (${short})` : `${count}${short}`;
}

/** 1056 → `1,056`. */
export function integer(value: number): string {
  return value.toLocaleString('en');
}

/** How much less `part` is than `whole`: `8.5 % less`, or `more`. */
export function less(part: number, whole: number): string {
  const change = part / whole - 1;
  return `${formatShare(Math.abs(change))} ${change > 0 ? 'more' : 'less'}`;
}

/** A ratio as it is said: `6.3 times`. */
export function times(ratio: number): string {
  return `${ratio.toFixed(1)} times`;
}
