/**
 * Keeps one worker running: starts it, replaces it when it dies or loses its device, and moves to the next backend when
 * one keeps being lost. Knows nothing of slots and networks; client.ts puts those back.
 */
import { THREADS_HANG } from './choice';
import type { Choice } from './choice';
import type { Connection } from './connection';
import { outcomeOf, toEngineError, valueOf } from './failures';
import { EngineError } from './protocol';
import type { Backend, BackendReport, KernelChoice, LoadProgress } from './protocol';
import { failureOf } from './status';
import type { StatusBoard } from './status';

/** A started worker. */
export interface Running {
  readonly connection: Connection;
  readonly report: BackendReport;
}

/** Worker starts in a row that may die before they are up. */
const MOST_STARTS = 3;

/** Whether an error means that the worker, and everything in it, is gone. */
export function isLoss({ code }: EngineError): boolean {
  return code === 'device-lost' || code === 'worker-lost';
}

/** An error's message as a part of a sentence. */
const reasonOf = ({ message }: EngineError) => message.replace(/\.\s*$/, '');

/** A start that was overtaken by a later one. */
class Superseded extends Error {}

/** Starts and replaces the worker. */
export class Supervisor {
  private current: Promise<Running> | undefined;
  private connection: Connection | undefined;
  private choice: Choice['backend'];
  private excluded: { backend: Backend; reason: string }[] = [];
  private wasmThreads = true;
  private closed = false;
  private readonly replaced = new WeakSet<Connection>();
  private readonly progress = new Map<number, (progress: LoadProgress) => void>();
  private tokens = 0;

  /**
   * @param onReplaced called when a worker was lost by itself: start the next one and put back what it held.
   */
  constructor(
    private readonly connect: () => Connection,
    private readonly board: StatusBoard,
    choice: Choice['backend'],
    private readonly onReplaced: () => void,
    private kernels: Partial<KernelChoice> = {},
  ) {
    this.choice = choice;
  }

  /** The worker, started if there is none. */
  async running(): Promise<Running> {
    for (;;) {
      if (this.closed) throw new EngineError('cancelled', 'the engine was closed');
      this.current ??= this.start();
      try {
        return await this.current;
      } catch (error) {
        if (!(error instanceof Superseded)) throw error;
      }
    }
  }

  /** Whether a worker was ended on purpose, for another backend or other kernels. */
  wasReplaced(running: Running): boolean {
    return this.replaced.has(running.connection);
  }

  private start(): Promise<Running> {
    this.board.set({ starting: true, backend: null, backendError: null });
    const starting = this.tryToStart();
    starting.then(
      ({ report }) => {
        if (this.current === starting) this.board.set({ starting: false, backend: report });
      },
      (error: unknown) => {
        if (this.current !== starting) return;
        // Forgotten, so that the next call tries again.
        this.current = undefined;
        this.board.set({ starting: false, backendError: failureOf(toEngineError(error)) });
      },
    );
    return starting;
  }

  private async tryToStart(): Promise<Running> {
    for (let attempt = 1; ; attempt++) {
      const connection = this.connect();
      this.connection = connection;
      const choice: Choice = {
        ...this.kernels,
        backend: this.choice,
        exclude: this.excluded,
        wasmThreads: this.wasmThreads,
      };
      const onEvent = (event: Parameters<Connection['onEvent']>[0]) => {
        if (event.kind === 'progress') this.progress.get(event.token)?.(event.progress);
        else if (event.kind === 'lost') this.lost(connection, new EngineError('device-lost', event.reason));
      };
      // The outer one is for a worker that dies meanwhile.
      const outcome = await outcomeOf(connection.api.start(choice, connection.lock, onEvent).then(valueOf));
      if (this.connection !== connection) throw new Superseded('the worker was replaced while it started');
      if (outcome.ok) {
        void connection.gone.then((reason) => this.lost(connection, new EngineError('worker-lost', reason)));
        return { connection, report: outcome.value };
      }
      connection.terminate(outcome.message);
      if (outcome.details.includes(THREADS_HANG) && this.wasmThreads) {
        this.wasmThreads = false;
      } else if (outcome.code === 'backend-unavailable' && this.choice !== 'auto') {
        this.board.notify('fallback', `${outcome.message}. The best that works is used instead.`);
        this.choice = 'auto';
      } else if (outcome.code !== 'worker-lost' || attempt >= MOST_STARTS) {
        throw new EngineError(outcome.code, outcome.message, outcome.details);
      }
    }
  }

  /** A worker or its device is gone, and nobody meant it. */
  private lost(connection: Connection, error: EngineError): void {
    if (this.connection !== connection || this.closed) return;
    this.drop(error.message);
    const what = error.code === 'device-lost' ? 'The GPU or its driver gave up' : 'The worker ended';
    this.board.notify('recovered', `${what} (${reasonOf(error)}). The engine was started again.`);
    this.onReplaced();
  }

  private drop(reason: string): void {
    const { connection } = this;
    this.connection = undefined;
    this.current = undefined;
    connection?.terminate(reason);
  }

  /** Ends the worker on purpose: jobs that it takes with it are repeated and not blamed. */
  private replace(): void {
    if (this.connection) this.replaced.add(this.connection);
    this.drop('backend or kernels are changed');
  }

  /**
   * After a job failed with a loss: makes sure that the next worker is another one.
   * @param again whether the same job was lost before: then the backend is to blame and the next best one takes over.
   */
  recover(running: Running, error: EngineError, again: boolean): void {
    this.lost(running.connection, error);
    const { backend } = running.report;
    if (!again || this.excluded.some((entry) => entry.backend === backend)) return;
    this.excluded.push({ backend, reason: `was lost twice during the same job (${reasonOf(error)})` });
    this.choice = 'auto';
    this.replace();
    this.board.notify('fallback', `${backend} was lost twice during the same job. The next best backend takes over.`);
    this.onReplaced();
  }

  /** Goes over to another backend in a fresh worker. */
  choose(choice: Choice['backend']): Promise<Running> {
    this.choice = choice;
    this.excluded = [];
    this.replace();
    return this.running();
  }

  /** Goes over to other kernels in a fresh worker. */
  chooseKernels(kernels: KernelChoice): Promise<Running> {
    this.kernels = kernels;
    this.replace();
    return this.running();
  }

  /** Routes the progress events of one load; call `end` when it is over. */
  track(listener: (progress: LoadProgress) => void): { token: number; end: () => void } {
    const token = ++this.tokens;
    this.progress.set(token, listener);
    return { token, end: () => this.progress.delete(token) };
  }

  close(): void {
    this.closed = true;
    this.drop('the engine was closed');
  }
}
