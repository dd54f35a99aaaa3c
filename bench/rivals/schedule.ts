/** How often and in which order rivals run. */
import { quantile } from '../statistics';

/** A rival whose median is above this many ms is slow: it gets fewer timed runs. */
export const SLOW_FROM_MS = 3000;
const WARM_UP = { atLeastMs: 500, atLeast: 3, atMost: 20 };

/** Whether warm-up runs of such ms suffice: three, two where both are slow, and more while they still get much faster. */
export function warmedUp(times: readonly number[]): boolean {
  const [before, last] = times.slice(-2);
  if (before === undefined || last === undefined) return false;
  if (times.length >= WARM_UP.atMost) return true;
  if (last < before / 2) return false;
  if (before > SLOW_FROM_MS && last > SLOW_FROM_MS) return true;
  return times.length >= WARM_UP.atLeast && times.reduce((sum, ms) => sum + ms, 0) >= WARM_UP.atLeastMs;
}

/** Whether a rival is slow as far as is known, ms: by the median of its timed runs and its last three of warm-up. */
export function isSlow(warmUp: readonly number[], timed: readonly number[]): boolean {
  return quantile([...warmUp.slice(-3), ...timed], 0.5) > SLOW_FROM_MS;
}

/**
 * Whether a rival runs in a round that is to have so many runs in all, at most one a round, spread over all rounds.
 * @param done its timed runs so far.
 */
export function due(round: number, rounds: number, runs: number, done: number): boolean {
  return done < Math.floor(((round + 1) * runs) / rounds);
}

/**
 * In which order so many rivals run in a round, by index. Over as many rounds as there are rivals (twice as many where
 * their number is odd) each begins as often as any other and follows every other as often: none always runs on caches
 * and clocks that the same one left behind.
 */
export function orderOf(round: number, count: number): readonly number[] {
  // Williams's Latin square: 0, 1, −1, 2, −2, …, one further each round.
  const order = Array.from({ length: count }, (_, i) => {
    const step = i % 2 === 0 ? count - i / 2 : (i + 1) / 2;
    return (step + round) % count;
  });
  return count % 2 === 1 && Math.floor(round / count) % 2 === 1 ? order.toReversed() : order;
}
