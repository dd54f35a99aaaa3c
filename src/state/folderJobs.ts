/**
 * One folder job at a time: with which networks it begins, what ends it early, and which answers are taken back. The rows
 * are made in folder.ts.
 */
import type { BackendReport, Slot } from '../inference/protocol';
import { mostAtOnce } from './batches';
import type { Answers } from './batches';
import { runFolder } from './folder';
import type { FolderJob } from './folder';
import { SLOTS } from './labState';

/** A loaded, trained network as it is now, with its own preprocessing and class names. */
interface Answerer {
  /** Text form. */
  readonly network: string;
  /** Side of its input, pixels. */
  readonly side: number;
  /** Runs one file, or several together; rejects where the run as a whole fails. */
  readonly classify: (files: readonly File[]) => Promise<Answers>;
}

interface FolderDeps {
  readonly update: (folder: FolderJob | null) => void;
  /** Tells the user. */
  readonly notice: (text: string) => void;
  /** Resolves when no slot is loading any more. */
  readonly loading: () => Promise<unknown>;
  /** A number that changes with every change of the slot's network or weights. */
  readonly turn: (slot: Slot) => number;
  /** null where the slot has nothing that may answer. */
  readonly answerer: (slot: Slot) => Answerer | null;
  /** What runs them now. */
  readonly backend: () => BackendReport | null;
  readonly now: () => number;
}

/** A job whose table is open. */
interface OpenJob {
  cancelled: boolean;
  /** Slots whose answers count no more, whenever they come. */
  readonly takenBack: Set<Slot>;
  /** As the page shows it. */
  folder: FolderJob;
}

const NOBODY = { a: null, b: null };

/** Makes the page's folder jobs. */
export function createFolderJobs(deps: FolderDeps) {
  /** The newest job, until its table is closed. */
  let current: OpenJob | null = null;

  /** Ends the job within one batch; its rows stay. */
  function cancelFolder(): void {
    if (current) current.cancelled = true;
  }

  /** Ends the job, and takes its table away. */
  function closeFolder(): void {
    cancelFolder();
    current = null;
    deps.update(null);
  }

  /** An older job that ends late, or one whose table was closed, changes nothing. */
  function show(job: OpenJob, folder: FolderJob): void {
    if (current !== job) return;
    job.folder = [...job.takenBack].reduce(withoutAnswers, folder);
    deps.update(job.folder);
  }

  /**
   * Takes a network's answers out of the table, those that are still to come too: the kernels that compute them were
   * refused. Closes the table where nobody's answers are left.
   */
  function takeBack(slot: Slot, network: string): void {
    if (current?.folder.networks[slot] !== network) return;
    current.takenBack.add(slot);
    const folder = withoutAnswers(current.folder, slot);
    if (SLOTS.every((one) => folder.networks[one] === null)) closeFolder();
    else show(current, folder);
    const name = `Network ${slot.toUpperCase()}`;
    deps.notice(`${name}’s answers to the folder were taken back: the kernels that computed them were refused.`);
  }

  return {
    /**
     * Classifies many pictures, one row each, with the networks that are there now or still loading. Ends early when
     * cancelled, or when one of the networks is changed, keeping the rows that are done.
     */
    async classifyFolder(files: readonly File[]): Promise<void> {
      cancelFolder();
      const nothing = { rows: [], networks: NOBODY, stopped: null, leftMs: null, atOnce: 1, apart: null };
      const waiting = { ...nothing, total: files.length, state: 'waiting' } as const;
      const job: OpenJob = { cancelled: false, takenBack: new Set(), folder: waiting };
      current = job;
      show(job, waiting);
      await deps.loading();
      const answerers = { a: deps.answerer('a'), b: deps.answerer('b') };
      const side = Math.max(answerers.a?.side ?? 1, answerers.b?.side ?? 1);
      const turns = { a: deps.turn('a'), b: deps.turn('b') };
      await runFolder({
        files,
        networks: { a: answerers.a?.network ?? null, b: answerers.b?.network ?? null },
        classify: async (slot, some) => (await answerers[slot]?.classify(some)) ?? { each: [], msEach: 0 },
        most: () => mostAtOnce(deps.backend()?.backend, side),
        cancelled: () => job.cancelled,
        changed: () => {
          const slot = SLOTS.find((one) => answerers[one] && deps.turn(one) !== turns[one]);
          return slot ? `network ${slot.toUpperCase()} was changed` : null;
        },
        update: (folder) => show(job, folder),
        now: deps.now,
      });
    },

    cancelFolder,
    closeFolder,
    takeBack,
  };
}

function withoutAnswers(folder: FolderJob, slot: Slot): FolderJob {
  const rows = folder.rows.map((row) => ({ ...row, [slot]: null }));
  return { ...folder, networks: { ...folder.networks, [slot]: null }, rows };
}
