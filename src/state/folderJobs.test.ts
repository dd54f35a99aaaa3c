import { describe, expect, it } from 'vitest';
import type { Slot } from '../inference/protocol';
import type { FolderJob } from './folder';
import { createFolderJobs } from './folderJobs';

const said = (id: string) => ({ index: 0, id, name: id, probability: 1 });
const files = ['1', '2', '3', '4'].map((name) => new File(['x'], name));

/** Jobs of networks that answer at once with their own name; every table that was shown, and what the user was told. */
function makeJobs(slots: readonly Slot[] = ['a', 'b']) {
  const shown: (FolderJob | null)[] = [];
  const notices: string[] = [];
  const turns = { a: 0, b: 0 };
  /** Called with every table. */
  const watch: { seen: (folder: FolderJob) => void } = { seen() {} };
  const jobs = createFolderJobs({
    update(folder) {
      shown.push(folder);
      if (folder) watch.seen(folder);
    },
    notice: (text) => notices.push(text),
    loading: async () => {},
    turn: (slot) => turns[slot],
    answerer: (slot) =>
      slots.includes(slot)
        ? {
            network: `net ${slot}`,
            side: 96,
            classify: async (some) => ({ each: some.map(() => ({ top: said(slot), error: null })), msEach: 1 }),
          }
        : null,
    backend: () => null,
    now: () => 0,
  });
  /** What `verify` ends with: the slot's turn is another, and its answers are taken back. */
  const refuse = (slot: Slot) => {
    turns[slot]++;
    jobs.takeBack(slot, `net ${slot}`);
  };
  return { jobs, shown, notices, watch, refuse, current: () => shown.at(-1) };
}

const answers = (folder: FolderJob | null | undefined) => folder?.rows.map(({ a, b }) => [a?.id, b?.id]);

describe('answers that are taken back', () => {
  it('are gone from a running job’s table at once, and do not come back when it ends', async () => {
    const { jobs, shown, watch, refuse, current } = makeJobs();
    watch.seen = ({ rows }) => {
      if (rows.length !== 2) return;
      watch.seen = () => {};
      refuse('a');
      expect(current()).toMatchObject({ state: 'running', networks: { a: null, b: 'net b' } });
    };
    await jobs.classifyFolder(files);
    const after = shown.findIndex((folder) => folder?.networks.a === null && folder.rows.length > 0);
    for (const folder of shown.slice(after))
      expect(folder?.rows.every(({ a, b }) => a === null && b?.id === 'b')).toBe(true);
    expect(current()).toMatchObject({ state: 'cancelled', stopped: 'network A was changed' });
    expect(answers(current())).toHaveLength(2);
  });

  it('close the table, and end the job, where nobody else answers', async () => {
    const { jobs, shown, notices, watch, refuse, current } = makeJobs(['b']);
    watch.seen = ({ rows }) => {
      if (rows.length === 1) refuse('b');
    };
    await jobs.classifyFolder(files);
    expect(current()).toBeNull();
    expect(shown.filter((folder) => folder && folder.rows.length > 1)).toEqual([]);
    expect(notices).toEqual([expect.stringContaining('Network B’s answers to the folder were taken back')]);
  });

  it('are those of that network in that job alone, and taken back once', async () => {
    const { jobs, notices, refuse, current } = makeJobs();
    await jobs.classifyFolder(files);
    jobs.takeBack('a', 'net b');
    expect(answers(current())).toEqual(files.map(() => ['a', 'b']));
    refuse('a');
    refuse('a');
    expect(notices).toHaveLength(1);
    // The next job asks whatever took the kernels' place.
    await jobs.classifyFolder(files);
    expect(current()).toMatchObject({ state: 'done', networks: { a: 'net a', b: 'net b' } });
    expect(answers(current())).toEqual(files.map(() => ['a', 'b']));
    jobs.closeFolder();
    jobs.takeBack('a', 'net a');
    expect(current()).toBeNull();
    expect(notices).toHaveLength(1);
  });
});
