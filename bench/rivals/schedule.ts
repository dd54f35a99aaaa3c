/** When a rival runs. */

/** Whether a rival with so many runs, at most one a round, is due in a round: they are spread over all rounds. */
export function due(round: number, rounds: number, runs: number): boolean {
  return Math.floor((round * runs) / rounds) !== Math.floor(((round + 1) * runs) / rounds);
}
