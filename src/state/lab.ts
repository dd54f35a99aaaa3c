/**
 * What happens on the page beyond its link: which weights are loaded, what was run and what came out. It is given the
 * engine and the few functions it needs, so that it can be tested without a worker, tfjs or a browser.
 */
import { createStore } from 'zustand/vanilla';
import type {
  Backend,
  BackendReport,
  Engine,
  KernelChoice,
  RunExtras,
  Slot,
  WeightsSource,
} from '../inference/protocol';
import type { EngineStatus } from '../inference/status';
import type { NetworkSpec } from '../network/spec';
import { formatNetwork } from '../network/text';
import type { ModelCard } from '../weights/card';
import { createActivations, NO_ACTIVATIONS } from './activations';
import { answersOf, inputOf } from './batches';
import { createFolderJobs } from './folderJobs';
import { isShipped } from './knobs';
import { IDLE, preprocessingOf, probabilitiesOf, problemOf, SLOTS } from './labState';
import type { LabState, OpenedWeights, Picture, Problem, SlotStatus } from './labState';
import type { RankedClass } from './ranking';

/** The engine's client, as far as the lab needs it. */
export interface WatchedEngine extends Engine {
  readonly status: () => EngineStatus;
  readonly subscribe: (listener: (status: EngineStatus) => void) => () => void;
  setBackend(backend: Backend): Promise<BackendReport>;
  setKernels(kernels: KernelChoice): Promise<BackendReport>;
  dismissNotice(id: number): void;
}

export interface LabDeps {
  readonly engine: WatchedEngine;
  /** The cards that could be read, and for each that could not, why. Never rejects. */
  readonly loadCards: () => Promise<{ readonly cards: readonly ModelCard[]; readonly faults: readonly string[] }>;
  /** Absolute address of a card's weights. */
  readonly weightsUrl: (card: ModelCard) => string;
  /** Probabilities to classes, best first, and whether the first stands out by the card, where there is one. */
  readonly rank: (
    probabilities: Float32Array,
    card: ModelCard | null,
    classNames: readonly string[] | null,
  ) => { readonly ranked: readonly RankedClass[]; readonly standsOut: boolean };
  readonly now: () => number;
}

/** Makes the lab; one per page. */
export function createLab(deps: LabDeps) {
  const { engine } = deps;
  const store = createStore<LabState>(() => ({
    slots: { a: IDLE, b: IDLE },
    activations: { a: NO_ACTIVATIONS, b: NO_ACTIVATIONS },
    engine: engine.status(),
    cards: [],
    picture: null,
    pictureProblem: null,
    notices: [],
    folder: null,
  }));
  /** The newest load of each slot; an older one that ends later changes nothing. */
  const generation = { a: 0, b: 0 };
  const specs: { a: NetworkSpec | null; b: NetworkSpec | null } = { a: null, b: null };
  /** The newest load of each slot; resolves when it has ended, however. */
  const loading = { a: Promise.resolve(), b: Promise.resolve() };
  /** The latest pictures that are not known to be unreadable, newest last: what to go back to from one that is. */
  let given: readonly Picture[] = [];
  /** The load that each slot's weights came with. */
  const loadedTurn: { a: number | null; b: number | null } = { a: null, b: null };
  let pictures = 0;
  /** Runs begun, and how many of them are not over. */
  const runs = { begun: 0, open: 0 };
  /** False until the cards are read: before that nothing is known about weights. */
  let started = false;
  let tellStarted = () => {};
  /** Resolves when the cards are read and the first loads have begun. */
  const begun = new Promise<void>((resolve) => {
    tellStarted = resolve;
  });
  /** Why some trained networks are unknown. */
  let cardFault: Problem | null = null;

  const slotOf = (slot: Slot) => store.getState().slots[slot];
  const setSlot = (slot: Slot, fields: Partial<SlotStatus>) =>
    store.setState(({ slots }) => ({ slots: { ...slots, [slot]: { ...slots[slot], ...fields } } }));
  const notice = (text: string) =>
    store.setState(({ notices }) => ({ notices: [...notices.filter((one) => one !== text), text].slice(-4) }));

  /** The network of a slot whose kernels were found wrong after it ran on them; null where there is none. */
  function refused(slot: Slot, before: EngineStatus, now: EngineStatus): string | null {
    const [known, found] = [before.slots[slot].loaded, now.slots[slot].loaded];
    const was = known?.verification?.state === 'pending' && found?.verification?.state === 'refused';
    return was && known.network === found.network ? known.network : null;
  }

  engine.subscribe((status) => {
    const known = store.getState().engine;
    store.setState({ engine: status });
    for (const slot of SLOTS) {
      const { state: now, progress, error } = status.slots[slot];
      const before = slotOf(slot);
      // Nothing was asked of the engine where a card is missing: to the page that is a failure all the same.
      const missing = now === 'idle' && cardFault !== null && before.problem === cardFault;
      // While the next network loads, the engine keeps the one before ready; the page does not show that one any more.
      const earlier = (now === 'ready' || now === 'running') && !isLoaded(slot);
      const state = missing ? 'failed' : earlier ? before.state : now;
      if (before.state === state && before.progress === progress && error === null) continue;
      setSlot(slot, { state, progress, ...(error && error.code !== 'cancelled' ? { problem: error } : {}) });
    }
    for (const slot of SLOTS) {
      const network = refused(slot, known, status);
      if (network !== null) answerAgain(slot, network);
    }
  });

  /** Whether the engine has in a slot the network and the weights that the page shows there, not those before them. */
  const isLoaded = (slot: Slot) => loadedTurn[slot] === generation[slot];

  /** Starts over, where the engine loads the networks again; then asks them once more. */
  async function startOver(chosen: Promise<BackendReport>): Promise<void> {
    // Why it fails is in the engine's status.
    await chosen.catch(() => undefined);
    await Promise.all(SLOTS.map((slot) => run(slot)));
  }

  /** Takes back what a slot's network said on kernels that were refused since, and asks it again on others. */
  function answerAgain(slot: Slot, network: string): void {
    // What is under way on the refused kernels belongs to an earlier turn from now on.
    if (isLoaded(slot)) loadedTurn[slot] = ++generation[slot];
    setSlot(slot, { result: null });
    takeBack(slot, network);
    // A picture that was gone back to is answered again; why it was stays.
    void run(slot, {}, store.getState().pictureProblem);
  }

  const cardFor = (network: string) => store.getState().cards.find((card) => card.network === network) ?? null;

  async function readCards(): Promise<void> {
    const { cards, faults } = await deps.loadCards();
    cardFault = faults.length
      ? {
          code: 'weights-unavailable',
          message: 'the model cards of the trained networks could not be read',
          details: faults,
        }
      : null;
    store.setState({ cards });
    for (const slot of SLOTS) setSlot(slot, { card: cardFor(slotOf(slot).network) });
  }

  function source(slot: Slot): WeightsSource | null {
    const { opened, card, seeded } = slotOf(slot);
    if (opened) return { kind: 'file', file: opened.file, name: opened.name };
    if (card) return { kind: 'card', card, url: deps.weightsUrl(card) };
    return seeded ? { kind: 'seeded', seed: 1 } : null;
  }

  function load(slot: Slot): Promise<void> {
    const done = loadNow(slot);
    // A picture that waits for the load is run by it, so the load itself is over first.
    loading[slot] = done.then((loaded) => void loaded);
    return done.then((loaded) => (loaded ? run(slot) : undefined));
  }

  /** Returns whether the slot is loaded with what the page shows. */
  async function loadNow(slot: Slot): Promise<boolean> {
    const turn = ++generation[slot];
    const weights = source(slot);
    const { network } = slotOf(slot);
    setSlot(slot, { weights: weights?.kind ?? 'none', problem: null });
    if (!weights || network === '') {
      setSlot(slot, { result: null });
      await engine.unload(slot).catch(() => undefined);
      if (turn === generation[slot] && specs[slot] && cardFault && isShipped(specs[slot])) {
        setSlot(slot, { state: 'failed', problem: cardFault });
      }
      return false;
    }
    try {
      await engine.load(slot, { network, weights });
      if (turn !== generation[slot]) return false;
      loadedTurn[slot] = turn;
      setSlot(slot, { state: engine.status().slots[slot].state, progress: null });
      return true;
    } catch (error) {
      const problem = problemOf(error);
      if (turn === generation[slot] && problem.code !== 'cancelled') setSlot(slot, { problem });
      return false;
    }
  }

  const preprocessing = (slot: Slot) => preprocessingOf(slotOf(slot), specs[slot]);

  /** What a slot's network says with these probabilities; an untrained one says nothing. */
  function answer({ weights, opened, card }: SlotStatus, probabilities: Float32Array): ReturnType<LabDeps['rank']> {
    if (weights === 'seeded') return { ranked: [], standsOut: false };
    return deps.rank(probabilities, opened ? null : card, opened?.classNames ?? null);
  }

  /** Runs the present picture on a slot, where both are there. */
  async function run(slot: Slot, extras?: RunExtras, keep: Problem | null = null): Promise<void> {
    const { picture } = store.getState();
    const asked = slotOf(slot);
    if (!picture || !isLoaded(slot)) return;
    const turn = generation[slot];
    runs.begun++;
    runs.open++;
    try {
      const input = inputOf([picture], preprocessing(slot));
      const result = await engine.run(slot, input, { ...extras, probabilities: true });
      if (turn !== generation[slot] || picture !== store.getState().picture) return;
      const said = answer(asked, probabilitiesOf(result));
      setSlot(slot, { problem: null, result: { run: result, ...said, pictureId: picture.id } });
      // The answer for a picture that was gone back to does not take away why.
      if (store.getState().pictureProblem !== keep) store.setState({ pictureProblem: null });
    } catch (error) {
      if (turn !== generation[slot]) return;
      const problem = problemOf(error);
      if (problem.code === 'picture') {
        forgetPicture(picture, problem);
      } else if (problem.code !== 'cancelled') setSlot(slot, { problem });
    } finally {
      runs.open--;
      activations.syncActivations();
    }
  }

  /** Goes back from a picture that cannot be read to the one before, which may still wait for its answers. */
  function forgetPicture(picture: Picture, problem: Problem): void {
    given = given.filter((one) => one !== picture);
    if (picture !== store.getState().picture) return;
    const before = given.at(-1) ?? null;
    store.setState({ pictureProblem: problem, picture: before });
    for (const slot of SLOTS) if (before && slotOf(slot).result?.pictureId !== before.id) void run(slot, {}, problem);
  }

  const activations = createActivations({
    inspect(slot, request) {
      const { picture } = store.getState();
      if (!picture) throw new Error('there is no picture to look at');
      return engine.inspect(slot, inputOf([picture], preprocessing(slot)), request);
    },
    key(slot) {
      const { picture } = store.getState();
      const { result } = slotOf(slot);
      const answered = picture !== null && result?.pictureId === picture.id && isLoaded(slot);
      return answered ? `${generation[slot]} ${picture.id}` : null;
    },
    busy() {
      const folder = store.getState().folder?.state;
      return runs.open > 0 || folder === 'running' || folder === 'waiting';
    },
    network: (slot) => slotOf(slot).network,
    runs: () => runs.begun,
    update: (slot, found) => store.setState((state) => ({ activations: { ...state.activations, [slot]: found } })),
  });
  store.subscribe((now, before) => {
    const same = now.slots === before.slots && now.picture === before.picture && now.folder === before.folder;
    if (!same) activations.syncActivations();
  });

  const { takeBack, ...folders } = createFolderJobs({
    update: (folder) => store.setState({ folder }),
    notice,
    loading: () => begun.then(() => Promise.all(SLOTS.map((slot) => loading[slot]))),
    turn: (slot) => generation[slot],
    answerer(slot) {
      const asked = slotOf(slot);
      if (!isLoaded(slot) || asked.weights === 'seeded') return null;
      return {
        network: asked.network,
        side: preprocessing(slot).size,
        classify: async (files) => {
          const pictures = files.map((file) => ({ blob: file, name: file.name }));
          const input = inputOf(pictures, preprocessing(slot));
          const result = await engine.run(slot, input, { probabilities: true });
          return answersOf(result, (probabilities) => answer(asked, probabilities).ranked[0] ?? null);
        },
      };
    },
    backend: () => store.getState().engine.backend,
    now: deps.now,
  });

  return {
    store,

    /** Reads the model cards, then loads what the page shows. */
    async start(): Promise<void> {
      await readCards();
      started = true;
      for (const slot of SLOTS) void load(slot);
      tellStarted();
      // Starts the backend even where nothing is loaded; why it fails is in the engine's status.
      await engine.backend().catch(() => undefined);
    },

    /** Tells the lab which network the page shows in a slot; loads its weights where there are some. */
    show(slot: Slot, spec: NetworkSpec | null): void {
      const network = spec ? formatNetwork(spec) : '';
      specs[slot] = spec;
      if (network === slotOf(slot).network) return;
      // Opened weights stay with the slot, so that a knob turned and turned back costs nothing.
      setSlot(slot, { network, card: cardFor(network), result: null, seeded: false, problem: null });
      if (started) void load(slot);
    },

    /** Exchanges A and B with all that belongs to them; the page's state exchanges their specs as well. */
    swap(): void {
      const { a, b } = store.getState().slots;
      [specs.a, specs.b] = [specs.b, specs.a];
      const moved = ({ network, card, opened, seeded }: SlotStatus) => ({
        network,
        card,
        opened,
        seeded,
        result: null,
      });
      setSlot('a', moved(b));
      setSlot('b', moved(a));
      for (const slot of SLOTS) void load(slot);
    },

    /** Opens a user's weights for a slot. */
    openWeights(slot: Slot, opened: OpenedWeights): void {
      setSlot(slot, { opened, result: null });
      void load(slot);
    },

    /** Goes back from a user's weights to what the network has by itself. */
    forgetWeights(slot: Slot): void {
      setSlot(slot, { opened: null, result: null });
      void load(slot);
    },

    /** Runs a network without weights on seeded ones: times and activations, no predictions. */
    useSeeded(slot: Slot): void {
      setSlot(slot, { seeded: true });
      void load(slot);
    },

    async retry(slot: Slot): Promise<void> {
      const fault = cardFault;
      // Weights that are not what their card says: the card may be what is wrong.
      if (fault || slotOf(slot).problem?.code === 'weights-corrupt') await readCards();
      if (fault) {
        // The other slot may have failed for the same reason.
        for (const other of SLOTS) if (other !== slot && slotOf(other).problem === fault) void load(other);
      }
      await load(slot);
    },

    cancelLoad(slot: Slot): void {
      generation[slot]++;
      setSlot(slot, { state: 'idle', progress: null });
      void engine.cancel(slot).catch(() => undefined);
    },

    /** Classifies one picture with every loaded network, and with those still loading as soon as they are. */
    async classify(blob: Blob, name: string): Promise<void> {
      const picture = { id: ++pictures, blob, name };
      given = [...given, picture].slice(-8);
      store.setState({ picture, pictureProblem: null });
      await Promise.all(SLOTS.map((slot) => run(slot)));
    },

    /** Gives up the slot's run; one that is on the device already ends unseen. */
    cancelRun(slot: Slot): void {
      void engine.cancel(slot).catch(() => undefined);
    },

    /** Runs the present picture again with extras: a class activation map, stage times. */
    runAgain(slot: Slot, extras: RunExtras): Promise<void> {
      return run(slot, extras);
    },

    ...folders,
    ...activations,

    setBackend: (backend: Backend) => startOver(engine.setBackend(backend)),
    setKernels: (kernels: KernelChoice) => startOver(engine.setKernels(kernels)),

    notice,
    dismissNotice(text: string): void {
      store.setState(({ notices }) => ({ notices: notices.filter((one) => one !== text) }));
    },

    dismissEngineNotice(id: number): void {
      engine.dismissNotice(id);
    },
  };
}

export type Lab = ReturnType<typeof createLab>;
