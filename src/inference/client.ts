/**
 * The page's engine: the Engine interface on top of a worker that may be lost at any time. Remembers what each slot
 * holds, puts it back into a fresh worker, repeats the job that was lost, and tells the page through a status. No tfjs
 * on this side.
 */
import { CheckLosses } from './checkLosses';
import { connectWorker } from './connection';
import type { Connection } from './connection';
import { cancelled, toEngineError, valueOf } from './failures';
import type { Outcome } from './failures';
import { PictureDesk } from './pictureDesk';
import type {
  Backend,
  BackendReport,
  CheckedEngine,
  ExecutorReport,
  InspectRequest,
  Inspection,
  KernelChoice,
  Loaded,
  LoadProgress,
  LoadRequest,
  MemoryReport,
  RunExtras,
  RunInput,
  RunResult,
  SelfCheck,
  Slot,
} from './protocol';
import { emptySeat, statusOf } from './seat';
import type { Loading, Seat } from './seat';
import { failureOf, StatusBoard } from './status';
import type { EngineStatus } from './status';
import { isLoss, Supervisor } from './supervisor';
import type { Running } from './supervisor';

const SLOTS = ['a', 'b'] as const;
/** Losses after which a job is given up: the second moves it to another backend. */
const MOST_LOSSES = 3;

/** How to make a client. */
export interface ClientOptions extends Partial<KernelChoice> {
  /** What to run on; `auto` by default. */
  readonly backend?: Backend | 'auto';
  /** Replaced by tests. */
  readonly connect?: () => Connection;
}

/** The engine in a worker. */
export class EngineClient implements CheckedEngine {
  private readonly board = new StatusBoard();
  private readonly supervisor: Supervisor;
  private readonly seats: Readonly<Record<Slot, Seat>> = { a: emptySeat(), b: emptySeat() };
  private readonly pictures = new PictureDesk();
  private readonly checkLosses = new CheckLosses();

  constructor({ backend = 'auto', executor, precision, connect = connectWorker }: ClientOptions = {}) {
    const restore = () => void this.restoreAll();
    this.supervisor = new Supervisor(connect, this.board, backend, restore, {
      ...(executor ? { executor } : {}),
      ...(precision ? { precision } : {}),
    });
  }

  /** Backend, slots and notices now; a new object whenever anything changes. */
  readonly status = (): EngineStatus => this.board.current;

  /** Calls `listener` after every change; returns the function that ends it. Fits React's useSyncExternalStore. */
  readonly subscribe = (listener: (status: EngineStatus) => void): (() => void) => this.board.subscribe(listener);

  dismissNotice(id: number): void {
    this.board.dismiss(id);
  }

  async backend(): Promise<BackendReport> {
    return (await this.supervisor.running()).report;
  }

  /** Goes over to another backend and loads both networks again. Resolves when the backend has started. */
  async setBackend(choice: Backend | 'auto'): Promise<BackendReport> {
    this.checkLosses.forget();
    const { report } = await this.supervisor.choose(choice);
    void this.restoreAll();
    return report;
  }

  /** Goes over to other kernels on the same backend, as `setBackend` does. */
  async setKernels(kernels: KernelChoice): Promise<BackendReport> {
    this.checkLosses.forget();
    const { report } = await this.supervisor.chooseKernels(kernels);
    void this.restoreAll();
    return report;
  }

  /**
   * Does a job in the worker; when worker or device are lost meanwhile, again in the next one, and after a second loss
   * on the next best backend.
   * @param repeat false for a job that may itself be why they are lost, and can be done in smaller ones.
   */
  private async withWorker<T>(
    job: (running: Running) => Promise<Outcome<T>>,
    check: () => void = () => undefined,
    repeat = true,
  ): Promise<T> {
    for (let losses = 0; ;) {
      check();
      const running = await this.supervisor.running();
      check();
      try {
        return valueOf(await job(running));
      } catch (error) {
        const failure = toEngineError(error);
        if (!isLoss(failure)) throw failure;
        // Replaced on purpose (another backend was chosen): not the job's fault, and no news.
        const meant = this.supervisor.wasReplaced(running);
        if (!meant) losses++;
        if (losses >= MOST_LOSSES) throw failure;
        if (!meant) this.supervisor.recover(running, failure, losses > 1);
        if (!meant && !repeat) throw failure;
      }
    }
  }

  private show(slot: Slot): void {
    this.board.slot(slot, statusOf(this.seats[slot]));
  }

  async load(
    slot: Slot,
    request: LoadRequest,
    onProgress: (progress: LoadProgress) => void = () => undefined,
  ): Promise<Loaded> {
    const seat = this.seats[slot];
    let settle = () => {};
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const loading: Loading = { progress: null, settled };
    const { epoch, unloads, network: before } = seat;
    Object.assign(seat, { loading, network: request.network, failure: null });
    this.show(slot);
    const latest = () => seat.loading === loading && seat.epoch === epoch;
    const check = () => {
      if (!latest()) throw cancelled(`loading ${request.network}`);
    };
    try {
      const { loaded, running } = await this.withWorker(async (worker) => {
        const outcome = await this.loadInto(worker, slot, request, (progress) => {
          if (!latest()) return;
          loading.progress = progress;
          this.show(slot);
          onProgress(progress);
        });
        return outcome.ok ? { ok: true, value: { loaded: outcome.value, running: worker } } : outcome;
      }, check);
      if (seat.unloads !== unloads) throw cancelled(`loading ${request.network}`);
      Object.assign(seat, { request, loaded, home: { running, done: Promise.resolve() }, restoring: undefined });
      void this.verifyLater(slot, loaded);
      return loaded;
    } catch (error) {
      const failure = toEngineError(error);
      if (latest()) seat.failure = failureOf(failure);
      else if (seat.loading === loading) seat.network = seat.request?.network ?? before;
      throw failure;
    } finally {
      if (seat.loading === loading) seat.loading = undefined;
      settle();
      this.show(slot);
    }
  }

  private async loadInto(
    running: Running,
    slot: Slot,
    request: LoadRequest,
    onProgress: (progress: LoadProgress) => void,
  ) {
    const { token, end } = this.supervisor.track(onProgress);
    try {
      return await running.connection.api.load(slot, request, token);
    } finally {
      end();
    }
  }

  /** Makes sure that a worker holds what the slot held in an earlier one. Does nothing for an empty slot. */
  private async restore(running: Running, slot: Slot): Promise<void> {
    const seat = this.seats[slot];
    // A load that the page asked for would be cancelled by this one; it brings a network by itself, or fails.
    while (seat.loading && seat.home?.running !== running) await seat.loading.settled;
    const { request, home } = seat;
    if (!request || home?.running === running) {
      await home?.done;
      return;
    }
    const restoring: Loading = { progress: null, settled: Promise.resolve() };
    seat.restoring = restoring;
    const done = this.loadInto(running, slot, request, (progress) => {
      restoring.progress = progress;
      this.show(slot);
    }).then(valueOf);
    seat.home = { running, done };
    this.show(slot);
    try {
      const loaded = await done;
      if (seat.restoring === restoring) {
        seat.loaded = loaded;
        void this.verifyLater(slot, loaded);
      }
    } catch (error) {
      if (seat.home?.done === done) seat.home = undefined;
      const failure = toEngineError(error);
      if (seat.restoring === restoring && !isLoss(failure) && failure.code !== 'cancelled') {
        seat.failure = failureOf(failure);
      }
      throw failure;
    } finally {
      if (seat.restoring === restoring) seat.restoring = undefined;
      this.show(slot);
    }
  }

  /** After the worker was replaced: both slots again, whether or not anyone waits for them. */
  private async restoreAll(): Promise<void> {
    const waiting: Loading = { progress: null, settled: Promise.resolve() };
    for (const slot of SLOTS) {
      if (this.seats[slot].request) this.seats[slot].restoring = waiting;
      this.show(slot);
    }
    for (const slot of SLOTS) {
      const seat = this.seats[slot];
      try {
        await this.restore(await this.supervisor.running(), slot);
      } catch (error) {
        const failure = toEngineError(error);
        // A loss brings the next worker, which comes here again; other failures of a load are shown by `restore`.
        if (seat.restoring === waiting && !isLoss(failure)) seat.failure = failureOf(failure);
      }
      if (seat.restoring === waiting) seat.restoring = undefined;
      this.show(slot);
    }
  }

  async run(slot: Slot, input: RunInput, extras: RunExtras = {}): Promise<RunResult> {
    const seat = this.seats[slot];
    const { epoch } = seat;
    const check = () => {
      if (seat.epoch !== epoch) throw cancelled(`network ${slot.toUpperCase()}'s run`);
    };
    seat.runs++;
    this.show(slot);
    try {
      const sendable = await this.pictures.sendable(input);
      return await this.withWorker(
        async (running) => {
          await this.restore(running, slot);
          check();
          return running.connection.api.run(slot, sendable, extras);
        },
        check,
        input.kind !== 'pictures',
      );
    } finally {
      seat.runs--;
      this.show(slot);
    }
  }

  async inspect(slot: Slot, input: RunInput, request: InspectRequest): Promise<Inspection> {
    const { epoch } = this.seats[slot];
    const check = () => {
      if (this.seats[slot].epoch !== epoch) throw cancelled(`looking into network ${slot.toUpperCase()}`);
    };
    const sendable = await this.pictures.sendable(input);
    return this.withWorker(async (running) => {
      await this.restore(running, slot);
      check();
      return running.connection.api.inspect(slot, sendable, request);
    }, check);
  }

  selfCheck(slot: Slot): Promise<SelfCheck> {
    return this.withWorker(async (running) => {
      await this.restore(running, slot);
      return running.connection.api.selfCheck(slot);
    });
  }

  /** Not again where the device is lost: nobody waits for it, and it may itself be why. */
  verify(slot: Slot): Promise<ExecutorReport> {
    const job = async (running: Running) => {
      await this.restore(running, slot);
      return running.connection.api.verify(slot);
    };
    return this.withWorker(job, undefined, false);
  }

  /** Has a network's kernels compared in the background, and shows what comes of it. */
  private async verifyLater(slot: Slot, loaded: Loaded): Promise<void> {
    if (loaded.verification?.state !== 'pending') return;
    const seat = this.seats[slot];
    const { request } = seat;
    if (!request) return;
    const giveUp = (why: string) => {
      seat.loaded = { ...(seat.loaded ?? loaded), verification: { state: 'unchecked', reason: why } };
      this.show(slot);
    };
    if (this.checkLosses.isHopeless(request)) return giveUp('the engine was lost each time that it was tried');
    this.checkLosses.begin(request);
    try {
      const report = await this.verify(slot);
      const { verification } = report;
      const current = seat.loaded === loaded;
      if (current) seat.loaded = { ...loaded, ...report };
      if (current && verification?.state === 'refused')
        this.board.notify(
          'fallback',
          `Network ${slot.toUpperCase()}: ${verification.reason}. It runs on tfjs’s kernels now.`,
        );
    } catch (error) {
      // Replaced, unloaded or lost meanwhile: whoever comes next is checked in turn. Else it stays unverified, and says so.
      const failure = toEngineError(error);
      if (isLoss(failure)) this.checkLosses.lost(request);
      else if (seat.loaded === loaded && failure.code !== 'cancelled') giveUp(failure.message);
    }
    this.checkLosses.end(request);
    this.show(slot);
  }

  async cancel(slot: Slot): Promise<void> {
    this.seats[slot].epoch++;
    // Not begun for this: without a worker there is nothing to cancel.
    if (this.board.current.backend) await this.withWorker((running) => running.connection.api.cancel(slot));
  }

  async unload(slot: Slot): Promise<void> {
    const seat = this.seats[slot];
    const { epoch, unloads, runs } = seat;
    Object.assign(seat, emptySeat(), { epoch: epoch + 1, unloads: unloads + 1, runs });
    this.show(slot);
    if (this.board.current.backend) await this.withWorker((running) => running.connection.api.unload(slot));
  }

  memory(): Promise<MemoryReport> {
    return this.withWorker((running) => running.connection.api.memory());
  }

  async loseDevice(): Promise<void> {
    const running = await this.supervisor.running();
    // The worker may be replaced before it can answer.
    await running.connection.api.loseDevice().catch(() => undefined);
  }

  /** Ends the worker as a crash would; for tests. */
  async killWorker(): Promise<void> {
    (await this.supervisor.running()).connection.kill();
  }

  async dispose(): Promise<void> {
    this.supervisor.close();
    await Promise.resolve();
  }
}
