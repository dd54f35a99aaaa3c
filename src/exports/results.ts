/** The answers of two networks to a folder of pictures, as CSV. */
import { csvTable } from './csv';

/** One network's answer. */
export interface ResultAnswer {
  /** The class's id, not its name in a language. */
  readonly id: string;
  /** 0 to 1 */
  readonly probability: number;
}

/** One picture: its answers, or what went wrong. */
export interface ResultRow {
  readonly file: string;
  readonly a: ResultAnswer | null;
  readonly b: ResultAnswer | null;
  readonly error: string | null;
}

export const RESULT_COLUMNS = ['file', 'a_class', 'a_probability', 'b_class', 'b_probability', 'error'] as const;

const probability = (answer: ResultAnswer | null) => answer?.probability.toFixed(6);

/** One line per picture; probabilities with six decimals, empty where a network gave no answer. */
export function resultsCsv(rows: readonly ResultRow[]): string {
  return csvTable(
    RESULT_COLUMNS,
    rows.map(({ file, a, b, error }) => ({
      file,
      a_class: a?.id,
      a_probability: probability(a),
      b_class: b?.id,
      b_probability: probability(b),
      error,
    })),
  );
}
