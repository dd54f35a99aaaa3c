/** How far two lists of numbers go together: Pearson's r for a straight line, Spearman's ρ for the order alone. */

/** Fewest pairs for which a correlation is given. */
export const FEWEST_PAIRS = 3;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Pearson's correlation of paired values, −1 … 1; null for fewer than three pairs or where one side does not vary.
 * @throws Error where the lists differ in length.
 */
export function pearson(x: readonly number[], y: readonly number[]): number | null {
  if (x.length !== y.length) throw new Error(`${x.length} values cannot be paired with ${y.length}`);
  if (x.length < FEWEST_PAIRS) return null;
  const [meanX, meanY] = [mean(x), mean(y)];
  let xy = 0;
  let xx = 0;
  let yy = 0;
  x.forEach((value, index) => {
    const dx = value - meanX;
    const dy = (y[index] ?? 0) - meanY;
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  return xx === 0 || yy === 0 ? null : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Places of values in ascending order, 1 …; equal values share the mean of theirs. */
export function ranks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Spearman's rank correlation: Pearson's of the ranks; null where that has none. */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  return pearson(ranks(x), ranks(y));
}
