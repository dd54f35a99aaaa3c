import { describe, expect, it } from 'vitest';
import { EngineError } from '../inference/protocol';
import { failureOf, StatusBoard } from '../inference/status';
import type { EngineStatus } from '../inference/status';
import type {
  Backend,
  BackendReport,
  Inspection,
  InspectRequest,
  KernelChoice,
  Loaded,
  LoadRequest,
  NodeSummary,
  RunExtras,
  RunInput,
  RunResult,
  Slot,
  Verification,
} from '../inference/protocol';
import { formatNetwork, parseNetwork } from '../network/text';
import type { ModelCard } from '../weights/card';
import { createLab } from './lab';
import type { WatchedEngine } from './lab';
import { DEFAULT_STATE } from './pageState';

const REPORT: BackendReport = {
  backend: 'cpu',
  adapter: 'test',
  software: true,
  threads: 1,
  forced: false,
  rejected: [],
};

const card = (network: string): ModelCard => ({
  format: 1,
  network,
  title: network,
  file: 'x.safetensors',
  bytes: 1,
  sha256: '0'.repeat(64),
  classes: [
    { id: 'cup', name: 'cup' },
    { id: 'hat', name: 'hat' },
  ],
  preprocessing: { size: 96, resizeShorterSide: 110, mean: [0, 0, 0], std: [1, 1, 1] },
  licence: 'CC BY 4.0',
  dataset: { name: 'test', photos: { train: 1, val: 1, test: 1 }, sources: [] },
  recipe: {},
  accuracy: {
    split: 'test',
    overall: { count: 1, top1: 1, interval: [0, 1] },
    top5: 1,
    perSource: [],
    validation: { count: 1, top1: 1, interval: [0, 1] },
  },
  calibration: { temperature: 1, threshold: 0.5, fittedOn: 'val', rule: 'none' },
  selfCheck: { formula: 'i', multiplier: 1, increment: 0, modulus: 2, scale: 1, offset: 0, logits: [0, 0] },
});

const A = formatNetwork(DEFAULT_STATE.a);
const B = formatNetwork(DEFAULT_STATE.b ?? DEFAULT_STATE.a);

/** One channel of one pixel. */
function summary(node: string, maps: boolean): NodeSummary {
  const one = Float32Array.of(1);
  const map = { height: 1, width: 1, values: one };
  const numbers = { min: one, max: one, mean: one, zeros: Float32Array.of(0) };
  return { node, of: node, shape: [1, 1, 1], mean: map, numbers, ...(maps ? { maps: map } : {}) };
}

function nameOf(input: RunInput): string {
  if (input.kind === 'pictures') return input.pictures.map(({ name }) => name).join('+');
  return input.kind === 'picture' ? input.name : 'tensor';
}

const undecodable = (name: string) => `${name} could not be decoded: it is no picture`;

/** The client's engine in a worker's place, on a status board of its own; answers at once unless told to wait or fail. */
class FakeEngine implements WatchedEngine {
  readonly loads: string[] = [];
  readonly runs: string[] = [];
  readonly inspections: string[] = [];
  /** Inspections wait for it, and fail with what it gives. */
  inspectGate: Promise<EngineError | null> | null = null;
  /** Runs wait for it. */
  runGate: Promise<void> | null = null;
  /** What the networks give. */
  readonly probabilities: Record<Slot, readonly number[]> = { a: [0.75, 0.25], b: [0, 0.25] };
  /** Of networks that are loaded from now on. */
  verification: Verification | undefined;
  /** Runs of several pictures fail with it. */
  failBatch: EngineError | null = null;
  /** Of a picture. */
  runMs = 1;
  report = REPORT;
  private giveWay = () => {};
  failLoad: ((request: LoadRequest) => EngineError | null) | null = null;
  /** Loads of these networks wait until released. */
  readonly gates = new Map<string, Promise<void>>();
  private readonly board = new StatusBoard();
  private readonly turns = { a: 0, b: 0 };

  readonly status = () => this.board.current;
  readonly subscribe = (listener: (status: EngineStatus) => void) => this.board.subscribe(listener);
  dismissNotice() {}

  async backend() {
    this.board.set({ backend: this.report });
    return this.report;
  }
  async setBackend(backend: Backend) {
    return { ...REPORT, backend, forced: true };
  }
  async setKernels(kernels: KernelChoice) {
    return { ...REPORT, kernels: { ...kernels, float16: true } };
  }
  async load(slot: Slot, request: LoadRequest): Promise<Loaded> {
    const turn = ++this.turns[slot];
    const { network } = request;
    this.loads.push(`${slot} ${network} ${request.weights.kind}`);
    this.board.slot(slot, { state: 'loading', network, error: null });
    await this.gates.get(network);
    if (turn !== this.turns[slot]) throw new EngineError('cancelled', 'replaced');
    const error = this.failLoad?.(request);
    if (error) {
      this.board.slot(slot, { state: 'failed', error: failureOf(error) });
      throw error;
    }
    const times = { fetchMs: 0, buildMs: 0, compileMs: 0 };
    const { verification } = this;
    const report = { executor: 'stock', precision: 'float32', ...(verification ? { verification } : {}) } as const;
    const loaded = { slot, network, classes: 2, ...times, bytes: 1, fromCache: false, ...report };
    this.board.slot(slot, { state: 'ready', loaded });
    return loaded;
  }
  /** What a comparison in the background found. */
  verified(slot: Slot, verification: Verification): void {
    const { loaded } = this.status().slots[slot];
    if (loaded) this.board.slot(slot, { loaded: { ...loaded, verification } });
  }
  async run(slot: Slot, input: RunInput, extras: RunExtras = {}): Promise<RunResult> {
    const name = nameOf(input);
    this.runs.push(`${slot} ${name}`);
    this.giveWay();
    const batch = input.kind === 'pictures' ? input.pictures : null;
    const problems = batch?.map((one) => (one.name.startsWith('bad') ? undecodable(one.name) : null));
    // As the kernels are when the run begins.
    const each = problems?.filter((problem) => problem === null) ?? [null];
    const probabilities = Float32Array.from(each.flatMap(() => this.probabilities[slot]));
    await this.runGate;
    if (batch && this.failBatch) throw this.failBatch;
    if (each.length === 0) throw new EngineError('picture', 'none could be read');
    if (!batch && name.startsWith('bad')) throw new EngineError('picture', undecodable(name));
    return {
      slot,
      network: slot === 'a' ? A : B,
      backend: 'cpu',
      logits: probabilities.map(Math.log),
      ...(extras.probabilities ? { probabilities } : {}),
      ...(problems ? { problems } : {}),
      preprocessMs: 1,
      runMs: this.runMs * each.length,
      firstRunMs: 1,
      crop: null,
      pictureSize: null,
    };
  }
  async inspect(slot: Slot, input: RunInput, request: InspectRequest): Promise<Inspection> {
    const name = nameOf(input);
    this.inspections.push(`${slot} ${name} ${request.nodes.join(',')}${request.maps ? ` maps ${request.maps}` : ''}`);
    const given = new Promise<EngineError>((resolve) => {
      this.giveWay = () => resolve(new EngineError('cancelled', 'a run came'));
    });
    const error = await (this.inspectGate ? Promise.race([this.inspectGate, given]) : null);
    if (error) throw error;
    return { slot, network: '', nodes: request.nodes.map((node) => summary(node, node === request.maps)) };
  }
  async cancel() {}
  async unload(slot: Slot) {
    this.turns[slot]++;
    this.board.clear(slot);
  }
  async memory() {
    return { tensors: 0, bytes: 0, ownResources: 0, bitmaps: 0 };
  }
  async dispose() {}
}

/** A promise that is resolved from outside. */
function makeGate<T = void>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value: T) => resolve(value) };
}

async function settled() {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

async function makeLab(cards: readonly ModelCard[] = [card(A), card(B)]) {
  const engine = new FakeEngine();
  const lab = createLab({
    engine,
    loadCards: async () => ({ cards, faults: [] }),
    weightsUrl: (one) => `https://example.org/${one.file}`,
    rank: (probabilities, one) => {
      const names = one?.classes ?? [];
      const ranked = [...probabilities]
        .map((probability, index) => ({
          index,
          id: names[index]?.id ?? `${index}`,
          name: names[index]?.name ?? '',
          probability,
        }))
        .toSorted((p, q) => q.probability - p.probability);
      return { ranked, standsOut: true };
    },
    now: () => 0,
  });
  lab.show('a', DEFAULT_STATE.a);
  lab.show('b', DEFAULT_STATE.b);
  await lab.start();
  await settled();
  return { lab, engine, slot: (name: Slot) => lab.store.getState().slots[name] };
}

const blob = new Blob(['x']);
const file = (name: string) => new File(['x'], name);

describe('the lab', () => {
  it('loads the trained weights of both networks once the cards are known', async () => {
    const { engine, slot } = await makeLab();
    expect(engine.loads).toEqual([`a ${A} card`, `b ${B} card`]);
    expect(slot('a').state).toBe('ready');
    expect(slot('b').weights).toBe('card');
  });

  it('gives an answer of each network for a picture', async () => {
    const { lab, slot } = await makeLab();
    await lab.classify(blob, 'cup.jpg');
    expect(slot('a').result?.ranked[0]?.id).toBe('cup');
    expect(slot('b').result?.ranked[0]?.id).toBe('hat');
  });

  it('runs a picture given early as soon as a network is loaded', async () => {
    const { lab, engine, slot } = await makeLab();
    const gate = makeGate();
    engine.gates.set('densenet121', gate.promise);
    lab.show('a', parseNetwork('densenet121'));
    lab.useSeeded('a');
    await lab.classify(blob, 'cup.jpg');
    expect(slot('a').result).toBeNull();
    expect(slot('b').result).not.toBeNull();
    gate.resolve();
    await settled();
    expect(slot('a').result).not.toBeNull();
  });

  it('keeps the last result and picture when the next one cannot be decoded', async () => {
    const { lab, slot } = await makeLab();
    await lab.classify(blob, 'cup.jpg');
    const before = slot('a').result;
    await lab.classify(blob, 'bad.jpg');
    expect(slot('a').result).toBe(before);
    expect(lab.store.getState().picture?.name).toBe('cup.jpg');
    expect(lab.store.getState().pictureProblem?.message).toContain('bad.jpg could not be decoded');
    await lab.classify(blob, 'hat.jpg');
    expect(lab.store.getState().pictureProblem).toBeNull();
  });

  it('never predicts with an untrained network', async () => {
    const { lab, slot } = await makeLab();
    lab.show('a', parseNetwork('densenet121'));
    await settled();
    expect(slot('a')).toMatchObject({ state: 'idle', weights: 'none', card: null });
    lab.useSeeded('a');
    await settled();
    await lab.classify(blob, 'cup.jpg');
    expect(slot('a').result?.ranked).toEqual([]);
    expect(slot('a').result?.run.runMs).toBe(1);
  });

  it('drops a load that a newer one has replaced', async () => {
    const { lab, engine, slot } = await makeLab();
    const gate = makeGate();
    engine.gates.set(A, gate.promise);
    void lab.retry('a');
    lab.show('a', DEFAULT_STATE.b);
    await settled();
    expect(slot('a')).toMatchObject({ state: 'ready', network: B });
    gate.resolve();
    await settled();
    expect(engine.status().slots.a.loaded?.network).toBe(B);
  });

  it('shows why a load failed, lets it be tried again, and leaves the other network alone', async () => {
    const { lab, engine, slot } = await makeLab();
    engine.failLoad = (request) =>
      request.network === A ? new EngineError('weights-mismatch', 'the weights do not fit', ['missing: x [1]']) : null;
    void lab.retry('a');
    await settled();
    expect(slot('a')).toMatchObject({
      state: 'failed',
      problem: { code: 'weights-mismatch', details: ['missing: x [1]'] },
    });
    expect(slot('b').state).toBe('ready');
    engine.failLoad = null;
    void lab.retry('a');
    await settled();
    expect(slot('a')).toMatchObject({ state: 'ready', problem: null });
  });

  it('classifies a folder, one row each, bad files included', async () => {
    const { lab } = await makeLab();
    await lab.classifyFolder([file('one.jpg'), file('bad.jpg'), file('two.jpg')]);
    const job = lab.store.getState().folder;
    expect(job?.state).toBe('done');
    expect(job?.rows.map((row) => [row.file, row.a?.id ?? null, row.b?.id ?? null, row.error])).toEqual([
      ['one.jpg', 'cup', 'hat', null],
      ['bad.jpg', null, null, 'bad.jpg could not be decoded: it is no picture'],
      ['two.jpg', 'cup', 'hat', null],
    ]);
  });

  it('stops a folder within one picture and keeps its finished rows', async () => {
    const { lab, engine } = await makeLab();
    const stop = lab.store.subscribe(({ folder }) => {
      if (folder?.rows.length === 2) lab.cancelFolder();
    });
    await lab.classifyFolder(['1.jpg', '2.jpg', '3.jpg', '4.jpg'].map(file));
    stop();
    const job = lab.store.getState().folder;
    expect(job?.state).toBe('cancelled');
    expect(job?.rows.map((row) => row.file)).toEqual(['1.jpg', '2.jpg']);
    expect(engine.runs).not.toContain('a 4.jpg');
  });

  it('ends a folder when a network is changed, without a row that mixes two', async () => {
    const { lab } = await makeLab();
    const stop = lab.store.subscribe(({ folder }) => {
      if (folder?.rows.length === 2) lab.show('b', DEFAULT_STATE.a);
    });
    await lab.classifyFolder(['1.jpg', '2.jpg', '3.jpg', '4.jpg'].map(file));
    stop();
    const job = lab.store.getState().folder;
    expect(job).toMatchObject({ state: 'cancelled', stopped: 'network B was changed', networks: { a: A, b: B } });
    expect(job?.rows.map((row) => row.file)).toEqual(['1.jpg', '2.jpg']);
  });

  it('lets a folder wait for networks that are still loading', async () => {
    const { lab, engine } = await makeLab();
    const gate = makeGate();
    engine.gates.set(A, gate.promise);
    void lab.retry('a');
    const done = lab.classifyFolder([file('1.jpg')]);
    await settled();
    expect(lab.store.getState().folder?.state).toBe('waiting');
    gate.resolve();
    await done;
    expect(lab.store.getState().folder?.rows[0]).toMatchObject({ a: { id: 'cup' }, b: { id: 'hat' } });
  });

  it('lets a folder wait for the model cards too', async () => {
    const engine = new FakeEngine();
    const gate = makeGate();
    const lab = createLab({
      engine,
      loadCards: async () => {
        await gate.promise;
        return { cards: [card(A), card(B)], faults: [] };
      },
      weightsUrl: () => '',
      rank: () => ({ ranked: [{ index: 0, id: 'cup', name: 'cup', probability: 1 }], standsOut: true }),
      now: () => 0,
    });
    lab.show('a', DEFAULT_STATE.a);
    lab.show('b', DEFAULT_STATE.b);
    void lab.start();
    const done = lab.classifyFolder([file('1.jpg')]);
    await settled();
    expect(lab.store.getState().folder?.state).toBe('waiting');
    gate.resolve();
    await done;
    expect(lab.store.getState().folder?.rows[0]).toMatchObject({ a: { id: 'cup' }, b: { id: 'cup' } });
  });

  it('never lets an untrained network answer a folder', async () => {
    const { lab } = await makeLab();
    lab.show('a', parseNetwork('densenet121'));
    lab.useSeeded('a');
    await settled();
    await lab.classifyFolder([file('1.jpg')]);
    const job = lab.store.getState().folder;
    expect(job?.networks).toEqual({ a: null, b: B });
    expect(job?.rows[0]?.a).toBeNull();
  });

  it('closes a folder that is running for good', async () => {
    const { lab } = await makeLab();
    const stop = lab.store.subscribe(({ folder }) => {
      if (folder?.rows.length === 1) lab.closeFolder();
    });
    await lab.classifyFolder(['1.jpg', '2.jpg', '3.jpg'].map(file));
    stop();
    expect(lab.store.getState().folder).toBeNull();
  });

  it('goes back to the last readable picture when later ones cannot be read, and runs it', async () => {
    const { lab, slot } = await makeLab();
    await lab.classify(blob, 'cup.jpg');
    await Promise.all(['hat.jpg', 'bad.jpg', 'bad2.jpg'].map((name) => lab.classify(blob, name)));
    await settled();
    const { picture, pictureProblem } = lab.store.getState();
    expect(picture?.name).toBe('hat.jpg');
    expect(pictureProblem?.message).toContain('bad2.jpg');
    expect(slot('a').result?.pictureId).toBe(picture?.id);
    expect(slot('b').result?.pictureId).toBe(picture?.id);
  });

  it('answers with nothing when opened weights fail to load, though the engine still has those before', async () => {
    const { lab, engine, slot } = await makeLab();
    engine.failLoad = ({ weights }) => (weights.kind === 'file' ? new EngineError('weights-mismatch', 'no fit') : null);
    lab.openWeights('a', { file: blob, name: 'mine.safetensors', classNames: null });
    await settled();
    await lab.classify(blob, 'cup.jpg');
    expect(slot('a')).toMatchObject({ state: 'failed', result: null });
    expect(slot('b').result).not.toBeNull();
    await lab.classifyFolder([file('1.jpg')]);
    expect(lab.store.getState().folder?.networks).toEqual({ a: null, b: B });
    lab.forgetWeights('a');
    await settled();
    expect(slot('a').state).toBe('ready');
  });

  it('swaps opened weights and loads both, also where both networks are the same', async () => {
    const { lab, engine, slot } = await makeLab();
    lab.show('b', DEFAULT_STATE.a);
    const mine = { file: blob, name: 'mine.safetensors', classNames: null };
    lab.openWeights('a', mine);
    await settled();
    engine.loads.length = 0;
    lab.swap();
    await settled();
    expect(engine.loads).toEqual([`a ${A} card`, `b ${A} file`]);
    expect(slot('a').opened).toBeNull();
    expect(slot('b').opened).toBe(mine);
  });

  it('shows a cancelled load as not loaded, whatever the engine still has', async () => {
    const { lab, engine, slot } = await makeLab();
    const gate = makeGate();
    engine.gates.set('densenet121', gate.promise);
    lab.show('a', parseNetwork('densenet121'));
    lab.useSeeded('a');
    await settled();
    lab.cancelLoad('a');
    gate.resolve();
    await settled();
    expect(slot('a')).toMatchObject({ state: 'idle', weights: 'seeded' });
    await lab.retry('a');
    expect(slot('a').state).toBe('ready');
  });

  it('fails the trained networks whose cards cannot be read, and reads them again on a retry', async () => {
    const engine = new FakeEngine();
    let there = false;
    const lab = createLab({
      engine,
      loadCards: async () =>
        there ? { cards: [card(A), card(B)], faults: [] } : { cards: [card(B)], faults: ['A: 404'] },
      weightsUrl: () => '',
      rank: () => ({ ranked: [], standsOut: false }),
      now: () => 0,
    });
    lab.show('a', DEFAULT_STATE.a);
    lab.show('b', DEFAULT_STATE.b);
    await lab.start();
    await settled();
    expect(lab.store.getState().slots.a).toMatchObject({ state: 'failed', problem: { details: ['A: 404'] } });
    expect(lab.store.getState().slots.b.state).toBe('ready');
    there = true;
    await lab.retry('a');
    expect(lab.store.getState().slots.a).toMatchObject({ state: 'ready', problem: null });
  });
});

it('reads the cards again where weights were not what their card says', async () => {
  const engine = new FakeEngine();
  let read = 0;
  const lab = createLab({
    engine,
    loadCards: async () => ({ cards: [{ ...card(A), title: `read ${++read}` }, card(B)], faults: [] }),
    weightsUrl: () => '',
    rank: () => ({ ranked: [], standsOut: false }),
    now: () => 0,
  });
  lab.show('a', DEFAULT_STATE.a);
  engine.failLoad = () => new EngineError('weights-corrupt', 'the logits differ');
  await lab.start();
  await settled();
  expect(lab.store.getState().slots.a).toMatchObject({ state: 'failed', problem: { code: 'weights-corrupt' } });
  engine.failLoad = null;
  await lab.retry('a');
  expect(lab.store.getState().slots.a).toMatchObject({ state: 'ready', problem: null, card: { title: 'read 2' } });
});

describe('a folder in batches', () => {
  /** A lab on WebGPU, the only backend that takes several pictures at once. */
  async function makeFast() {
    const made = await makeLab();
    made.engine.report = { ...REPORT, backend: 'webgpu' };
    await made.engine.backend();
    return made;
  }
  const files = (count: number, bad: readonly number[] = []) =>
    Array.from({ length: count }, (_, i) => file(`${bad.includes(i) ? 'bad' : ''}${i}`));
  const runsOf = (engine: FakeEngine, slot: Slot) =>
    engine.runs.filter((run) => run.startsWith(slot)).map((run) => run.slice(2).split('+'));

  it('runs twice as many each time, up to eight, and gives the rows that single runs give', async () => {
    const [single, batched] = [await makeLab(), await makeFast()];
    const given = files(20, [3, 5, 9]);
    for (const { lab } of [single, batched]) await lab.classifyFolder(given);
    expect(runsOf(single.engine, 'a').every(({ length }) => length === 1)).toBe(true);
    expect(runsOf(batched.engine, 'a').map(({ length }) => length)).toEqual([1, 2, 4, 8, 5]);
    // What A could not read, B is not asked for.
    expect(runsOf(batched.engine, 'b')).toEqual([
      ['0'],
      ['1', '2'],
      ['4', '6'],
      ['7', '8', '10', '11', '12', '13', '14'],
      ['15', '16', '17', '18', '19'],
    ]);
    const [one, other] = [single, batched].map(({ lab }) => lab.store.getState().folder);
    expect(other?.rows).toEqual(one?.rows);
    expect(other).toMatchObject({ state: 'done', apart: null });
    expect(other?.rows[9]).toMatchObject({ a: null, b: null, error: undecodable('bad9') });
    expect(other?.rows[10]).toMatchObject({ file: '10', a: { id: 'cup' }, b: { id: 'hat' }, error: null });
  });

  it('runs fewer where they take long, and few enough that nobody waits long', async () => {
    const { lab, engine } = await makeFast();
    engine.runMs = 80;
    await lab.classifyFolder(files(9));
    expect(runsOf(engine, 'a').map(({ length }) => length)).toEqual([1, 2, 3, 3]);
    engine.runs.length = 0;
    engine.runMs = 400;
    await lab.classifyFolder(files(3));
    expect(runsOf(engine, 'a').map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  it('loses no answer when a batch fails: one by one from there on, and says why', async () => {
    const { lab, engine } = await makeFast();
    engine.failBatch = new EngineError('too-large', 'the GPU ran out of memory');
    await lab.classifyFolder(files(5, [2]));
    expect(runsOf(engine, 'a')).toEqual([['0'], ['1', 'bad2'], ['1'], ['bad2'], ['3'], ['4']]);
    const job = lab.store.getState().folder;
    expect(job).toMatchObject({ state: 'done', apart: '2 pictures at once failed: the GPU ran out of memory' });
    expect(job?.rows.map(({ a, b, error }) => a?.id === 'cup' && b?.id === 'hat' && error === null)).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
  });

  it('does not go apart for a batch without a readable picture, or one that was cancelled', async () => {
    const { lab, engine } = await makeFast();
    await lab.classifyFolder(files(7, [1, 2]));
    expect(lab.store.getState().folder).toMatchObject({ state: 'done', apart: null });
    expect(runsOf(engine, 'a').map(({ length }) => length)).toEqual([1, 2, 1, 1, 4]);
    engine.failBatch = new EngineError('cancelled', 'given up');
    await lab.classifyFolder(files(3));
    expect(lab.store.getState().folder?.rows.every(({ error }) => error === null)).toBe(true);
    expect(lab.store.getState().folder?.apart).toBeNull();
  });

  it('is cancelled between two batches, and fills its table as they end', async () => {
    const { lab, engine } = await makeFast();
    const seen: number[] = [];
    const stop = lab.store.subscribe(({ folder }) => {
      if (folder && folder.rows.length !== seen.at(-1)) seen.push(folder.rows.length);
      if (folder?.rows.length === 7) lab.cancelFolder();
    });
    await lab.classifyFolder(files(30));
    stop();
    expect(seen).toEqual([0, 1, 3, 7]);
    expect(lab.store.getState().folder?.state).toBe('cancelled');
    expect(runsOf(engine, 'b')).toHaveLength(3);
  });

  it('has at most one batch waiting, so that a picture of the user goes next', async () => {
    const { lab, engine } = await makeFast();
    const done = lab.classifyFolder(files(20));
    const stop = lab.store.subscribe(({ folder }) => {
      if (folder?.rows.length !== 3) return;
      stop();
      void lab.classify(blob, 'mine');
    });
    await done;
    expect(engine.runs.slice(4, 7)).toEqual(['a mine', 'b mine', 'a 3+4+5+6']);
  });
});

describe('an answer of kernels that are not verified yet', () => {
  const REFUSED = { state: 'refused', reason: 'they differ' } as const;

  /** A lab with a network of each slot pending. */
  async function makePending() {
    const made = await makeLab();
    made.engine.verification = { state: 'pending' };
    await Promise.all([made.lab.retry('a'), made.lab.retry('b')]);
    await settled();
    return made;
  }

  /** A's kernels are refused; what takes their place says "hat". */
  function refuse(engine: FakeEngine) {
    engine.probabilities.a = [0, 0.25];
    engine.verified('a', REFUSED);
  }

  it('is dropped when they are refused, with all that was read, and the picture is run again', async () => {
    const { lab, engine, slot } = await makePending();
    lab.lookAt('a', { network: A, nodes: ['stage1/pool'], open: null });
    await lab.classify(blob, 'cup.jpg');
    await settled();
    const { a, b } = { a: slot('a').result, b: slot('b').result };
    expect(a?.ranked[0]?.id).toBe('cup');
    expect(engine.inspections).toHaveLength(1);
    engine.runs.length = 0;
    const gate = makeGate();
    engine.runGate = gate.promise;
    refuse(engine);
    expect(slot('a').result).toBeNull();
    expect(lab.store.getState().activations.a).toMatchObject({ state: 'none', summaries: new Map() });
    expect(slot('b').result).toBe(b);
    gate.resolve();
    await settled();
    expect(engine.runs).toEqual(['a cup.jpg']);
    expect(slot('a').result?.ranked[0]?.id).toBe('hat');
    expect(engine.inspections).toEqual(['a cup.jpg stage1/pool', 'a cup.jpg stage1/pool']);
    expect(lab.store.getState().activations.a.state).toBe('ready');
  });

  it('stays when they are verified, and is not asked for again where they were refused already', async () => {
    const { lab, engine, slot } = await makePending();
    await lab.classify(blob, 'cup.jpg');
    const before = slot('a').result;
    engine.verified('a', { state: 'verified', against: 'stock', difference: 1e-6 });
    engine.verified('b', REFUSED);
    await settled();
    expect(slot('a').result).toBe(before);
    engine.runs.length = 0;
    // Refused already: its answers are those of the kernels that took their place.
    engine.verified('b', { ...REFUSED, reason: 'still' });
    await settled();
    expect(engine.runs).toEqual([]);
  });

  it('is not shown where it comes after they were refused', async () => {
    const { lab, engine, slot } = await makePending();
    const gate = makeGate();
    engine.runGate = gate.promise;
    const done = lab.classify(blob, 'cup.jpg');
    engine.runGate = new Promise(() => {});
    refuse(engine);
    gate.resolve();
    await done;
    expect(slot('a').result).toBeNull();
    expect(slot('b').result).not.toBeNull();
    expect(engine.runs.filter((one) => one.startsWith('a'))).toEqual(['a cup.jpg', 'a cup.jpg']);
  });

  it('leaves a load that is under way alone', async () => {
    const { lab, engine, slot } = await makePending();
    await lab.classify(blob, 'cup.jpg');
    const gate = makeGate();
    engine.gates.set(A, gate.promise);
    const done = lab.retry('a');
    refuse(engine);
    await settled();
    expect(slot('a')).toMatchObject({ state: 'loading', result: null });
    gate.resolve();
    await done;
    expect(slot('a')).toMatchObject({ state: 'ready', result: { ranked: [{ id: 'hat' }, { id: 'cup' }] } });
  });

  it('keeps why a picture was gone back from', async () => {
    const { lab, engine } = await makePending();
    await lab.classify(blob, 'cup.jpg');
    await lab.classify(blob, 'bad.jpg');
    await settled();
    refuse(engine);
    await settled();
    expect(lab.store.getState().pictureProblem?.message).toContain('bad.jpg');
  });

  it('goes out of the table of a folder, and the page says so', async () => {
    const { lab, engine } = await makePending();
    await lab.classifyFolder([file('1.jpg'), file('2.jpg')]);
    refuse(engine);
    const { folder, notices } = lab.store.getState();
    expect(folder?.networks).toEqual({ a: null, b: B });
    expect(folder?.rows.map(({ a, b }) => [a, b?.id])).toEqual([
      [null, 'hat'],
      [null, 'hat'],
    ]);
    expect(notices.at(-1)).toContain('Network A’s answers to the folder were taken back');
    engine.verified('b', REFUSED);
    expect(lab.store.getState().folder).toBeNull();
  });

  it('stays in the table of a folder where it was another network’s', async () => {
    const { lab, engine } = await makePending();
    await lab.classifyFolder([file('1.jpg')]);
    const before = lab.store.getState().folder;
    lab.show('a', DEFAULT_STATE.b);
    await settled();
    refuse(engine);
    expect(lab.store.getState().folder).toBe(before);
    expect(before?.rows[0]?.a?.id).toBe('cup');
  });

  it('ends a folder that is being classified, whose table keeps only the other network', async () => {
    const { lab, engine } = await makePending();
    const stop = lab.store.subscribe(({ folder }) => {
      if (folder?.rows.length !== 2 || folder.state !== 'running') return;
      stop();
      refuse(engine);
    });
    await lab.classifyFolder(['1.jpg', '2.jpg', '3.jpg', '4.jpg'].map(file));
    const { folder } = lab.store.getState();
    expect(folder).toMatchObject({ state: 'cancelled', stopped: 'network A was changed', networks: { a: null, b: B } });
    expect(folder?.rows.map((row) => [row.file, row.a, row.b?.id])).toEqual([
      ['1.jpg', null, 'hat'],
      ['2.jpg', null, 'hat'],
    ]);
  });
});

describe('activations', () => {
  const look = (nodes: readonly string[], open: string | null = null, network = A) => ({ network, nodes, open });
  type Made = Awaited<ReturnType<typeof makeLab>>;
  const found = ({ lab }: Made, slot: Slot = 'a') => lab.store.getState().activations[slot];
  const nodesOf = (made: Made) => [...found(made).summaries.keys()];

  it('are read after both answers, for what the page shows, and only what is missing', async () => {
    const made = await makeLab();
    const { lab, engine } = made;
    lab.lookAt('a', look(['stage1/merge', 'stage1/pool']));
    expect(engine.inspections).toEqual([]);
    const gate = makeGate();
    engine.runGate = gate.promise;
    const done = lab.classify(blob, 'cup.jpg');
    await settled();
    expect(engine.runs).toHaveLength(2);
    expect(engine.inspections).toEqual([]);
    gate.resolve();
    await done;
    await settled();
    expect(engine.inspections).toEqual(['a cup.jpg stage1/merge,stage1/pool']);
    expect(found(made)).toMatchObject({ state: 'ready', problem: null });
    expect(nodesOf(made)).toEqual(['stage1/merge', 'stage1/pool']);
    lab.lookAt('a', look(['stage1/pool', 'stage2/pool']));
    await settled();
    expect(engine.inspections.slice(1)).toEqual(['a cup.jpg stage2/pool']);
    // The same picture's answer again, with a map over it, takes nothing away.
    await lab.runAgain('a', { classActivation: 0 });
    await settled();
    expect(nodesOf(made)).toEqual(['stage1/merge', 'stage1/pool', 'stage2/pool']);
    expect(engine.inspections).toHaveLength(2);
  });

  it('are never those of an earlier picture', async () => {
    const made = await makeLab();
    const { lab, engine } = made;
    lab.lookAt('a', look(['stage1/pool']));
    await lab.classify(blob, 'cup.jpg');
    await settled();
    const late = makeGate<EngineError | null>();
    engine.inspectGate = late.promise;
    lab.lookAt('a', look(['stage1/pool', 'stage2/pool']));
    await settled();
    expect(found(made).state).toBe('reading');
    const gate = makeGate();
    engine.runGate = gate.promise;
    const done = lab.classify(blob, 'hat.jpg');
    expect(found(made)).toMatchObject({ state: 'none' });
    expect(nodesOf(made)).toEqual([]);
    engine.inspectGate = null;
    late.resolve(null);
    await settled();
    expect(nodesOf(made)).toEqual([]);
    gate.resolve();
    await done;
    await settled();
    expect(engine.inspections.at(-1)).toBe('a hat.jpg stage1/pool,stage2/pool');
    expect(nodesOf(made)).toEqual(['stage1/pool', 'stage2/pool']);
  });

  it('give way to a run, and are asked for again when it is over', async () => {
    const made = await makeLab();
    const { lab, engine } = made;
    lab.lookAt('a', look(['stage1/pool']));
    engine.inspectGate = new Promise(() => {});
    await lab.classify(blob, 'cup.jpg');
    await settled();
    expect(engine.inspections).toHaveLength(1);
    engine.inspectGate = null;
    await lab.runAgain('b', { classActivation: 1 });
    await settled();
    expect(engine.inspections).toEqual(['a cup.jpg stage1/pool', 'a cup.jpg stage1/pool']);
    expect(found(made).state).toBe('ready');
  });

  it('wait for a folder to end', async () => {
    const made = await makeLab();
    const { lab, engine } = made;
    await lab.classify(blob, 'cup.jpg');
    const gate = makeGate();
    engine.runGate = gate.promise;
    const done = lab.classifyFolder([file('1.jpg'), file('2.jpg')]);
    lab.lookAt('a', look(['stage1/pool']));
    await settled();
    expect(engine.inspections).toEqual([]);
    gate.resolve();
    await done;
    await settled();
    expect(engine.inspections).toEqual(['a cup.jpg stage1/pool']);
  });

  it('go with the network, and are not asked of one that the page no longer shows', async () => {
    const made = await makeLab();
    const { lab, engine, slot } = made;
    lab.lookAt('a', look(['stage1/pool']));
    await lab.classify(blob, 'cup.jpg');
    await settled();
    // The drawing knows of the next network first.
    lab.lookAt('a', look(['stage9/pool'], null, 'densenet121'));
    await settled();
    expect(engine.inspections).toHaveLength(1);
    lab.show('a', parseNetwork('densenet121'));
    expect(found(made).state).toBe('none');
    expect(nodesOf(made)).toEqual([]);
    lab.useSeeded('a');
    await settled();
    expect(slot('a').result?.ranked).toEqual([]);
    expect(engine.inspections.at(-1)).toBe('a cup.jpg stage9/pool');
    await lab.retry('a');
    await settled();
    expect(found(made).state).toBe('ready');
  });

  it('say why they failed, do not try by themselves again, and do when asked', async () => {
    const made = await makeLab();
    const { lab, engine } = made;
    engine.inspectGate = Promise.resolve(new EngineError('internal', 'out of memory'));
    lab.lookAt('a', look(['stage1/pool']));
    await lab.classify(blob, 'cup.jpg');
    await settled();
    expect(found(made)).toMatchObject({ state: 'failed', problem: { message: 'out of memory' } });
    lab.dismissNotice('anything');
    await lab.runAgain('b', {});
    await settled();
    expect(engine.inspections).toHaveLength(1);
    engine.inspectGate = null;
    lab.retryActivations('a');
    await settled();
    expect(found(made)).toMatchObject({ state: 'ready', problem: null });
    expect(nodesOf(made)).toEqual(['stage1/pool']);
  });

  it('hold the channels of the node that is open and of the two before it', async () => {
    const made = await makeLab();
    const { lab, engine } = made;
    await lab.classify(blob, 'cup.jpg');
    const nodes = ['1', '2', '3', '4'].map((stage) => `stage${stage}/merge`);
    for (const node of nodes) {
      lab.lookAt('a', look(nodes, node));
      await settled();
    }
    expect(engine.inspections).toEqual([
      'a cup.jpg stage1/merge,stage2/merge,stage3/merge,stage4/merge maps stage1/merge',
      'a cup.jpg stage2/merge maps stage2/merge',
      'a cup.jpg stage3/merge maps stage3/merge',
      'a cup.jpg stage4/merge maps stage4/merge',
    ]);
    const open = [...found(made).summaries.values()].filter(({ maps }) => maps).map(({ node }) => node);
    expect(open.toSorted()).toEqual(nodes.slice(1));
    lab.lookAt('a', look(nodes, 'stage2/merge'));
    await settled();
    expect(engine.inspections).toHaveLength(4);
  });
});
