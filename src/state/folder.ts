/** A folder of pictures, one after the other: rows, progress, time left, and stopping within one picture. */
import type { Slot } from '../inference/protocol';
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
}

interface FolderRun {
  readonly files: readonly File[];
  readonly networks: FolderJob['networks'];
  readonly classify: (slot: Slot, file: File) => Promise<RankedClass | null>;
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

async function classifyOne(run: FolderRun, file: File): Promise<FolderRow> {
  const found: { a: RankedClass | null; b: RankedClass | null } = { a: null, b: null };
  try {
    for (const slot of ['a', 'b'] as const)
      if (run.networks[slot] !== null) found[slot] = await run.classify(slot, file);
    return { file: pathOf(file), ...found, error: null };
  } catch (error) {
    return { file: pathOf(file), a: null, b: null, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Classifies all files; a bad one becomes a row with its error and stops nothing. */
export async function runFolder(run: FolderRun): Promise<void> {
  const rows: FolderRow[] = [];
  const total = run.files.length;
  const started = run.now();
  const report = (state: FolderJob['state'], stopped: string | null = null) => {
    const spent = run.now() - started;
    const leftMs = rows.length ? (spent / rows.length) * (total - rows.length) : null;
    run.update({ rows: [...rows], networks: run.networks, total, state, stopped, leftMs });
  };
  report('running');
  for (const file of run.files) {
    const row = await classifyOne(run, file);
    if (run.cancelled()) return report('cancelled');
    // Checked after the answers: a row must not mix two networks.
    const changed = run.changed();
    if (changed !== null) return report('cancelled', changed);
    rows.push(row);
    report('running');
  }
  report('done');
}
