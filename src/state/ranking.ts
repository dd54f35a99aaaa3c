/** Logits as people read them. */

/** One class with its probability. */
export interface RankedClass {
  /** Position among the logits. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly probability: number;
}
