/** One rival at work: its worker, its answers with a time limit, and what has become of it. */
import { wrap } from 'comlink';
import { relativeDifference } from '../../src/weights/selfCheck';
import { NOT_AVAILABLE } from './protocol';
import type { CodeSize, Job, Ready, Rival } from './protocol';
import type { Row, Status } from './results';
import type { Entry, RivalWorker } from './rivals';
import { quartiles } from '../statistics';

/** Longest wait for one answer, ms. */
const LIMIT = 1_200_000;
/** Longest wait for what is only told besides, ms: a report is not held up by it. */
const ASIDE_LIMIT = 60_000;

/** Runs one rival on one network, and remembers how that went. */
export class RivalSeat {
  private readonly worker: RivalWorker;
  private readonly api;
  /** Rejects when the worker is gone: its answers never come then. */
  private readonly broken: Promise<never>;
  private break: (error: Error) => void = () => undefined;
  private status: Status = 'ok';
  private message: string | undefined;
  private ready: Ready | undefined;
  private difference = 0;
  private firstRunMs: number | undefined;
  private counts: Pick<Row, 'dispatches' | 'submits' | 'peakGpuBytes'> = {};
  /** Milliseconds of the runs of warm-up; kept by the runner. */
  readonly warmUpTimes: number[] = [];
  /** Milliseconds of the timed runs; kept by the runner. */
  readonly times: number[] = [];

  constructor(readonly entry: Entry) {
    this.worker = entry.start();
    this.api = wrap<Rival>(this.worker);
    this.broken = new Promise((_, reject) => {
      this.break = reject;
    });
    this.worker.addEventListener('error', (event) => {
      const message = 'message' in event && typeof event.message === 'string' ? event.message : '';
      this.break(new Error(message === '' ? 'the worker could not be loaded' : `the worker failed: ${message}`));
    });
    this.broken.catch(() => undefined);
  }

  get alive(): boolean {
    return this.status === 'ok';
  }

  /** Milliseconds of the last run. */
  lastMs = 0;

  private async answer<T>(work: Promise<T>, limit = LIMIT): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${limit / 1000} s`)), limit);
    });
    try {
      return await Promise.race([work, this.broken, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.status = message.startsWith(NOT_AVAILABLE) ? 'missing' : 'failed';
    // A compiler's has many lines; a list or a table takes one.
    this.message = message.replace(NOT_AVAILABLE, '').trim().replaceAll(/\s+/g, ' ');
  }

  async prepare(job: Omit<Job, 'variant'>): Promise<void> {
    try {
      this.ready = await this.answer(this.api.prepare({ ...job, variant: this.entry.variant }));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Runs once. Undefined, and not alive any more, where that fails. */
  async run(input: Float32Array): Promise<Float32Array | undefined> {
    try {
      const before = await this.answer(this.api.usage());
      const { logits, ms } = await this.answer(this.api.run(input));
      const after = await this.answer(this.api.usage());
      this.lastMs = ms;
      this.firstRunMs ??= ms;
      this.counts = this.entry.gpu
        ? {
            dispatches: after.dispatches - before.dispatches,
            submits: after.submits - before.submits,
            peakGpuBytes: after.peakBytes,
          }
        : {};
      if (after.errors > 0) this.message = `${after.errors} errors of the GPU, the first: ${after.firstError}`;
      return logits;
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** Compares a run's logits with the reference's; one that is further off than the tolerance is out. */
  compare(logits: Float32Array, expected: Float32Array, tolerance: number): void {
    this.difference = Math.max(this.difference, relativeDifference(logits, expected));
    if (this.difference <= tolerance) return;
    this.status = 'wrong';
    const off = `its logits differ by ${this.difference.toExponential(1)} of the largest`;
    this.message = this.message === undefined ? off : `${off}; ${this.message}`;
  }

  async codeSize(): Promise<CodeSize | undefined> {
    return this.answer(this.api.codeSize(), ASIDE_LIMIT).catch(() => undefined);
  }

  row(): Row {
    const { entry, status, message, ready, difference, firstRunMs, counts, times } = this;
    const ran = firstRunMs !== undefined;
    return {
      rival: entry.name,
      title: entry.title,
      status,
      ...(message === undefined ? {} : { message }),
      ...(ready ? { settings: ready.settings, startMs: ready.startMs } : {}),
      ...(ran ? { difference, firstRunMs, ...counts } : {}),
      ...(status === 'ok' && times.length > 0 ? { times, summary: quartiles(times) } : {}),
    };
  }

  end(): void {
    this.worker.terminate();
    this.break(new Error('the benchmark was ended'));
  }
}
