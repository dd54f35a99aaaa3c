/** A folder of pictures, a few at a time: rows, progress, time left, and stopping within one batch. */
import type { Slot } from '../inference/protocol';
import { answerAll, nextAtOnce } from './batches';
import type { Answers } from './batches';
import type { RankedClass } from './ranking';

export interface FolderRow {
  readonly file: string;
  readonly a: RankedClass | null;
  readonly b: RankedClass | null;
  readonly error: string | null;
}

export interface FolderJob {
  readonly rows: readonly FolderRow[];
  /** Text forms of the networks that answer, as they were when the job began; null where none does. */
  readonly networks: { readonly [S in Slot]: string | null };
  readonly total: number;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled';
  /** Why the job ended before its last picture by itself; null where it did not. */
  readonly stopped: string | null;
  /** Estimated milliseconds until done; null before the first row. */
  readonly leftMs: number | null;
  /** Pictures that are run together now. */
  readonly atOnce: number;
  /** Why the pictures are run one by one, where running several together has failed. */
  readonly apart: string | null;
}

interface FolderRun {
  readonly files: readonly File[];
  readonly networks: FolderJob['networks'];
  /** Runs one file, or several together. */
  readonly classify: (slot: Slot, files: readonly File[]) => Promise<Answers>;
  /** How many may go together now. */
  readonly most: () => number;
  readonly cancelled: () => boolean;
  /** Why the rest cannot be answered by the same networks any more; null as long as it can. */
  readonly changed: () => string | null;
  readonly update: (job: FolderJob) => void;
  readonly now: () => number;
}

/** The path inside the dropped folder where the browser tells it, else the name. */
export function pathOf(file: File): string {
  return file.webkitRelativePath || file.name;
}

/** Rows of a few files, how long a picture took the slower network, ms, and why they did not go together, if so. */
async function classifyBatch(run: FolderRun, files: readonly File[]) {
  let rows: readonly FolderRow[] = files.map((file) => ({ file: pathOf(file), a: null, b: null, error: null }));
  let msEach = 0;
  let apart: string | null = null;
  for (const slot of ['a', 'b'] as const) {
    // A picture that the first network could not have is not tried again.
    const open = files.filter((_, index) => rows[index]?.error === null);
    if (run.networks[slot] === null || open.length === 0 || run.cancelled()) continue;
    const answers = await answerAll((some) => run.classify(slot, some), open, run.cancelled);
    msEach = Math.max(msEach, answers.msEach);
    apart ??= answers.apart;
    const left = [...answers.each];
    rows = rows.map((row) => {
      const answer = row.error === null ? left.shift() : undefined;
      if (!answer) return row;
      if (answer.error !== null) return { ...row, a: null, b: null, error: answer.error };
      return { ...row, [slot]: answer.top };
    });
  }
  return { rows, msEach, apart };
}

/** Classifies all files; a bad one becomes a row with its error and stops nothing. */
export async function runFolder(run: FolderRun): Promise<void> {
  const rows: FolderRow[] = [];
  const total = run.files.length;
  const started = run.now();
  /** The first picture goes alone, and tells how long one takes. */
  let atOnce = 1;
  let apart: string | null = null;
  const report = (state: FolderJob['state'], stopped: string | null = null) => {
    const spent = run.now() - started;
    const leftMs = rows.length ? (spent / rows.length) * (total - rows.length) : null;
    run.update({ rows: [...rows], networks: run.networks, total, state, stopped, leftMs, atOnce, apart });
  };
  report('running');
  while (rows.length < total) {
    if (run.cancelled()) return report('cancelled');
    const files = run.files.slice(rows.length, rows.length + atOnce);
    const batch = await classifyBatch(run, files);
    if (run.cancelled()) return report('cancelled');
    // Checked after the answers: a row must not mix two networks.
    const changed = run.changed();
    if (changed !== null) return report('cancelled', changed);
    rows.push(...batch.rows);
    apart ??= batch.apart;
    atOnce = nextAtOnce(files.length, batch.msEach, apart === null ? run.most() : 1);
    report('running');
  }
  report('done');
}
