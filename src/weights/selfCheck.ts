/** The self-check of a model card: a formula for an input, and PyTorch's logits for it to compare with. */
import type { ModelCard } from './card';
import { WeightsError } from './weightsError';

/** Largest difference, relative to the largest logit, at which float32 arithmetic counts as the same. */
export const SELF_CHECK_TOLERANCE = 1e-4;

/**
 * The card's input [3, size, size], row-major, made by its formula
 * scale · ((multiplier · i + increment) mod modulus) / modulus + offset. Already normalised: it goes into the network
 * as it is.
 * @param size the network's input size; the card's where it is left out.
 * @throws WeightsError where the products leave the integers that doubles hold exactly.
 */
export function selfCheckInput(
  card: Pick<ModelCard, 'selfCheck' | 'preprocessing'>,
  size = card.preprocessing.size,
): Float32Array<ArrayBuffer> {
  return formulaInput(card.selfCheck, size);
}

/** The numbers of a self-check's formula. */
export type Formula = Pick<ModelCard['selfCheck'], 'multiplier' | 'increment' | 'modulus' | 'scale' | 'offset'>;

/** The input of a formula; see {@link selfCheckInput}. */
export function formulaInput(
  { multiplier, increment, modulus, scale, offset }: Formula,
  size: number,
): Float32Array<ArrayBuffer> {
  const count = 3 * size ** 2;
  const largest = multiplier * (count - 1) + increment;
  if (!Number.isSafeInteger(largest) || modulus < 1) {
    throw new WeightsError(
      `the card's self-check cannot be computed: multiplier ${multiplier}, increment ${increment}, modulus ${modulus}`,
    );
  }
  return Float32Array.from(
    { length: count },
    (_, i) => (scale * ((multiplier * i + increment) % modulus)) / modulus + offset,
  );
}

/**
 * Largest |actual − expected| divided by the largest |expected|; infinite where a logit is not a finite number.
 * @throws WeightsError where the counts differ.
 */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) {
    throw new WeightsError(`there are ${actual.length} logits; expected are ${expected.length}`);
  }
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const found = actual[i] ?? NaN;
    const wanted = expected[i] ?? NaN;
    if (!Number.isFinite(found)) return Infinity;
    difference = Math.max(difference, Math.abs(found - wanted));
    largest = Math.max(largest, Math.abs(wanted));
  }
  return difference === 0 ? 0 : difference / largest;
}

/** A difference relative to the largest value, in words. */
export function inPercent(difference: number): string {
  if (!Number.isFinite(difference)) return 'values that are no numbers';
  const percent = 100 * difference;
  return `${percent < 10 ? Number(percent.toPrecision(2)) : Math.round(percent)} % of the largest`;
}
