/** One folder job at a time: with which networks it begins, and what ends it early. The rows are folder.ts. */
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

export function createFolderJobs(deps: FolderDeps) {
  let cancelCurrent: (() => void) | null = null;
  return {
    /**
     * Classifies many pictures, one row each, with the networks that are there now or still loading. Ends early when
     * cancelled, or when one of the networks is changed, keeping the rows that are done.
     */
    async classifyFolder(files: readonly File[]): Promise<void> {
      cancelCurrent?.();
      let cancelled = false;
      const cancel = () => {
        cancelled = true;
      };
      cancelCurrent = cancel;
      // An older job that ends late, or one whose table was closed, changes nothing.
      const update = (folder: FolderJob) => {
        if (cancelCurrent === cancel) deps.update(folder);
      };
      const nobody = { a: null, b: null };
      const nothing = { rows: [], networks: nobody, stopped: null, leftMs: null, atOnce: 1, apart: null };
      update({ ...nothing, total: files.length, state: 'waiting' });
      await deps.loading();
      const answerers = { a: deps.answerer('a'), b: deps.answerer('b') };
      const side = Math.max(answerers.a?.side ?? 1, answerers.b?.side ?? 1);
      const turns = { a: deps.turn('a'), b: deps.turn('b') };
      await runFolder({
        files,
        networks: { a: answerers.a?.network ?? null, b: answerers.b?.network ?? null },
        classify: async (slot, some) => (await answerers[slot]?.classify(some)) ?? { each: [], msEach: 0 },
        most: () => mostAtOnce(deps.backend()?.backend, side),
        cancelled: () => cancelled,
        changed: () => {
          const slot = SLOTS.find((one) => answerers[one] && deps.turn(one) !== turns[one]);
          return slot ? `network ${slot.toUpperCase()} was changed` : null;
        },
        update,
        now: deps.now,
      });
    },

    cancelFolder(): void {
      cancelCurrent?.();
    },

    closeFolder(): void {
      cancelCurrent?.();
      cancelCurrent = null;
      deps.update(null);
    },
  };
}
