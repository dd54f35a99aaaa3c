/** Pictures that a network is asked about together: how many, and what becomes of them when that fails. No rows here. */
import type { BackendReport, Preprocessing, RunInput, RunResult } from '../inference/protocol';
import { probabilitiesOf, problemOf } from './labState';
import type { Picture } from './labState';
import type { RankedClass } from './ranking';

/** Most pictures of a run. */
const MOST = 8;
/** Side of the inputs of which so many go together, pixels; of larger ones as many as have no more values. */
const SIDE = 224;
/** Longest that a run of several pictures should take, ms: a picture of the user's own waits for one of them. */
const LONGEST = 250;

/** What a network said to one picture. */
export interface Answer {
  /** Null where it says nothing. */
  readonly top: RankedClass | null;
  /** Why there is no answer. */
  readonly error: string | null;
}

/** What it said to several, in their order. */
export interface Answers {
  readonly each: readonly Answer[];
  /** Milliseconds of the run, divided by its pictures. */
  readonly msEach: number;
}

/** What the engine is given: one as a picture, several as a batch. */
export function inputOf(pictures: readonly Pick<Picture, 'blob' | 'name'>[], preprocessing: Preprocessing): RunInput {
  const each = pictures.map(({ blob, name }) => ({ picture: blob, name }));
  const [only, ...more] = each;
  if (only && more.length === 0) return { kind: 'picture', ...only, preprocessing };
  return { kind: 'pictures', pictures: each, preprocessing };
}

/**
 * The answers in a run's probabilities.
 * @param top of the probabilities of one picture.
 */
export function answersOf(
  result: Pick<RunResult, 'probabilities' | 'runMs' | 'problems'>,
  top: (probabilities: Float32Array) => RankedClass | null,
): Answers {
  const { runMs, problems = [null] } = result;
  const probabilities = probabilitiesOf(result);
  const read = problems.filter((problem) => problem === null).length;
  const classes = probabilities.length / read;
  let from = 0;
  const each = problems.map((error) => {
    if (error !== null) return { top: null, error };
    from += classes;
    return { top: top(probabilities.subarray(from - classes, from)), error };
  });
  return { each, msEach: runMs / read };
}

/**
 * Most pictures that may go together. Only WebGPU gains from it: wasm and cpu compute one picture after the other anyway,
 * and WebGL makes all its programs anew for every number of pictures.
 * @param side of the network's input, pixels.
 */
export function mostAtOnce(backend: BackendReport['backend'] | undefined, side: number): number {
  if (backend !== 'webgpu') return 1;
  return Math.max(1, Math.min(MOST, Math.floor((MOST * SIDE ** 2) / side ** 2)));
}

/**
 * How many go together next: as many as the last ones say are done in time, and at most twice as many.
 * @param pictures of the last run, which took `msEach` for each of them.
 */
export function nextAtOnce(pictures: number, msEach: number, most: number): number {
  const inTime = msEach > 0 ? Math.floor(LONGEST / msEach) : most;
  return Math.max(1, Math.min(most, 2 * pictures, inTime));
}

/**
 * Asks about all files together and, where that fails as a whole, one by one. Never rejects. Gives fewer answers than
 * there are files when it is cancelled.
 * @returns besides the answers, why these and later pictures had better not go together; null as long as they can.
 */
export async function answerAll(
  classify: (files: readonly File[]) => Promise<Answers>,
  files: readonly File[],
  cancelled: () => boolean,
): Promise<Answers & { readonly apart: string | null }> {
  try {
    return { ...(await classify(files)), apart: null };
  } catch (error) {
    const { code, message } = problemOf(error);
    if (files.length === 1) return { each: [{ top: null, error: message }], msEach: 0, apart: null };
    const each: Answer[] = [];
    let msEach = 0;
    for (const file of files) {
      if (cancelled()) break;
      const one = await answerAll(classify, [file], cancelled);
      each.push(...one.each);
      msEach = Math.max(msEach, one.msEach);
    }
    // Neither of these is for being many.
    const innocent = code === 'picture' || code === 'cancelled';
    return { each, msEach, apart: innocent ? null : `${files.length} pictures at once failed: ${message}` };
  }
}
