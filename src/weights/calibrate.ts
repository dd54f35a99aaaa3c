/** From logits to what the page says: probabilities, the best classes, and whether any class stands out. */
import type { ModelCard } from './card';

/**
 * Probabilities of the classes: softmax of logits / temperature.
 * @param temperature the card's; 1 where nothing was calibrated.
 */
export function softmax(logits: ArrayLike<number>, temperature = 1): Float32Array<ArrayBuffer> {
  const scaled = Float64Array.from(logits, (logit) => logit / temperature);
  // Subtracting the largest keeps the exponentials finite and changes nothing else.
  const largest = scaled.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = scaled.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return Float32Array.from(powers, (power) => power / sum);
}

/** One of the best classes. */
export interface Ranked {
  readonly index: number;
  readonly probability: number;
}

/** The `count` most probable classes, best first; equal ones in the order of their index. */
export function topK(probabilities: ArrayLike<number>, count: number): readonly Ranked[] {
  return Array.from(probabilities, (probability, index) => ({ index, probability }))
    .sort((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, count);
}

/**
 * Whether the best class is probable enough to be named as the answer: it reaches the card's threshold.
 * @param probabilities calibrated, that is `softmax(logits, card.calibration.temperature)`.
 */
export function standsOut(card: Pick<ModelCard, 'calibration'>, probabilities: ArrayLike<number>): boolean {
  return (topK(probabilities, 1)[0]?.probability ?? 0) >= card.calibration.threshold;
}
