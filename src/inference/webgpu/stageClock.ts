/**
 * Times the stages of a run: with timestamps that the GPU writes at the ends of passes where it can, else by waiting.
 * Browsers round timestamps to 0.1 ms, so short runs are repeated and the mean is taken.
 */
import type { StageTimes } from '../executor';

/** What a browser rounds timestamps to, ms. */
const COARSENESS = 0.1;
/** Runs at most. */
const MOST_RUNS = 50;

/** Dispatches `from` to `to` − 1. */
export interface StageRange {
  readonly stage: string;
  readonly from: number;
  readonly to: number;
}

/** What is timed. */
export interface Timed {
  /** Puts the input in place; before every run. */
  begin(): void;
  encode(pass: GPUComputePassEncoder, from: number, to: number): void;
  readonly signal?: AbortSignal;
}

/** The clock of a device; holds a query set between uses. */
export class StageClock {
  private queries: { set: GPUQuerySet; resolve: GPUBuffer; read: GPUBuffer; count: number } | undefined;

  constructor(private readonly gpu: GPUDevice) {}

  /**
   * Times of the stages, ms: the mean of as many runs as make the shortest stage last a hundred ticks, or of fifty.
   * @throws AbortError between runs.
   */
  async time(ranges: readonly StageRange[], timed: Timed): Promise<StageTimes> {
    const sums = await this.once(ranges, timed);
    const shortest = Math.max(COARSENESS / 10, Math.min(...sums));
    const total = sums.reduce((sum, ms) => sum + ms, 0);
    // No more than about a second in all.
    const runs = Math.max(1, Math.min(MOST_RUNS, Math.ceil((100 * COARSENESS) / shortest), Math.floor(1000 / total)));
    for (let run = 1; run < runs; run++) {
      timed.signal?.throwIfAborted();
      (await this.once(ranges, timed)).forEach((ms, index) => (sums[index] = (sums[index] ?? 0) + ms));
    }
    const stageTimes = ranges.map(({ stage }, index) => ({ stage, ms: (sums[index] ?? 0) / runs }));
    const ms = stageTimes.reduce((sum, one) => sum + one.ms, 0);
    return { stageTimes, ms, method: this.method, runs, transfers: false };
  }

  private get method(): StageTimes['method'] {
    return this.gpu.features.has('timestamp-query') ? 'clock' : 'waiting';
  }

  /** Times of one run, ms: of its dispatches alone, without upload and read-back. */
  once(ranges: readonly StageRange[], timed: Timed): Promise<number[]> {
    return this.method === 'clock' ? this.byQueries(ranges, timed) : this.byWaiting(ranges, timed);
  }

  private async byQueries(ranges: readonly StageRange[], timed: Timed): Promise<number[]> {
    const { set, resolve, read } = this.querySet(ranges.length * 2);
    timed.begin();
    const encoder = this.gpu.createCommandEncoder();
    ranges.forEach(({ from, to }, index) => {
      const pass = encoder.beginComputePass({
        timestampWrites: { querySet: set, beginningOfPassWriteIndex: 2 * index, endOfPassWriteIndex: 2 * index + 1 },
      });
      timed.encode(pass, from, to);
      pass.end();
    });
    encoder.resolveQuerySet(set, 0, ranges.length * 2, resolve, 0);
    encoder.copyBufferToBuffer(resolve, 0, read, 0, ranges.length * 16);
    this.gpu.queue.submit([encoder.finish()]);
    await read.mapAsync(GPUMapMode.READ);
    const ticks = new BigUint64Array(read.getMappedRange().slice(0));
    read.unmap();
    return ranges.map((_, index) => Number((ticks[2 * index + 1] ?? 0n) - (ticks[2 * index] ?? 0n)) / 1e6);
  }

  private async byWaiting(ranges: readonly StageRange[], timed: Timed): Promise<number[]> {
    timed.begin();
    await this.gpu.queue.onSubmittedWorkDone();
    const times: number[] = [];
    for (const { from, to } of ranges) {
      const started = performance.now();
      const encoder = this.gpu.createCommandEncoder();
      const pass = encoder.beginComputePass();
      timed.encode(pass, from, to);
      pass.end();
      this.gpu.queue.submit([encoder.finish()]);
      await this.gpu.queue.onSubmittedWorkDone();
      times.push(performance.now() - started);
    }
    return times;
  }

  private querySet(count: number) {
    if (this.queries && this.queries.count >= count) return this.queries;
    this.dispose();
    const size = count * 8;
    this.queries = {
      set: this.gpu.createQuerySet({ type: 'timestamp', count }),
      resolve: this.gpu.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC }),
      read: this.gpu.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ }),
      count,
    };
    return this.queries;
  }

  dispose(): void {
    this.queries?.set.destroy();
    this.queries?.resolve.destroy();
    this.queries?.read.destroy();
    this.queries = undefined;
  }
}
