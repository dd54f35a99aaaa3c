/** Labels that would lie over each other, moved apart along one axis. Pure. */

/**
 * Places at least `gap` apart within [low, high], in the order given and as near to where they were wanted as one pass
 * down and one pass up allow. Where there is not room for all, they overlap evenly at the high end.
 * @param wanted places in the axis's unit, in any order.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = wanted.map((_, index) => index).toSorted((p, q) => (wanted[p] ?? 0) - (wanted[q] ?? 0));
  const room = wanted.length > 1 ? Math.min(gap, (high - low) / (wanted.length - 1)) : gap;
  const placed = [...wanted];
  let least = low;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? low, least);
    least = (placed[index] ?? low) + room;
  }
  let most = high;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? high, most);
    most = (placed[index] ?? high) - room;
  }
  return placed;
}
