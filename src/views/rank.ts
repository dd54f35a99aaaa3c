/** Probabilities to named classes, best first, as the page shows them. */
import type { RankedClass } from '../state/ranking';
import { standsOut, topK } from '../weights/calibrate';
import type { ModelCard } from '../weights/card';

/** Best classes kept of a result. */
const KEPT = 5;

/**
 * @param card of the network; null for a user's own weights, which have no threshold.
 * @param classNames for a user's own weights; without them classes are named by their number.
 */
export function rank(
  probabilities: Float32Array,
  card: ModelCard | null,
  classNames: readonly string[] | null,
): { readonly ranked: readonly RankedClass[]; readonly standsOut: boolean } {
  const ranked = topK(probabilities, KEPT).map(({ index, probability }) => {
    const known = card?.classes[index];
    const name = known?.name ?? classNames?.[index] ?? `class ${index}`;
    return { index, id: known?.id ?? String(classNames?.[index] ?? index), name, probability };
  });
  return { ranked, standsOut: card === null || standsOut(card, probabilities) };
}
