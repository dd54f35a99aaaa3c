/** The one error of this folder. */

/** Weights that cannot be used: the reason in words and numbers, fit to be shown to the user. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}
