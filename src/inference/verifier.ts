/**
 * Compares networks on our kernels with stock ones in the background, one at a time on the device, and gives way to
 * whatever the page asks for. Knows residents, not slots.
 */
import type { ExecutorMaker } from './makeExecutor';
import type { NetworkExecutor } from './executor';
import { cancelled } from './failures';
import type { Plan } from './plan/plan';
import type { Weights } from './plan/planWeights';
import type { ExecutorReport } from './protocol';
import type { SerialQueue } from './queue';
import type { Device } from './tfjs/device';
import { StockExecutor } from './tfjs/executor';

/** What runs in a slot, as far as a comparison may change it. */
export interface Running {
  executor: NetworkExecutor;
  report: ExecutorReport;
  /** Set by the executor's first run. */
  firstRunMs: number | undefined;
  /** What a comparison takes; let go after it. */
  unverified: { readonly plan: Plan; readonly weights: Weights; stock?: StockExecutor } | undefined;
}

/** Frees everything that a slot's network holds on the device, and leaves nothing to compare. */
export function disposeRunning(running: Running): void {
  running.executor.dispose();
  running.unverified?.stock?.dispose();
  running.unverified = undefined;
}

/** Does the comparisons of an engine. */
export class Verifier {
  private turn = new AbortController();
  /** What the page has asked for and does not have yet. */
  private asked = 0;
  private tellFree: () => void = () => undefined;
  private free = Promise.resolve();

  constructor(
    private readonly queue: SerialQueue,
    private readonly started: () => Promise<{ readonly device: Device; readonly maker: ExecutorMaker }>,
  ) {}

  /** Stops what is being compared until `work` is done: it would otherwise be first in the queue again. */
  async giveWay<T>(work: () => Promise<T>): Promise<T> {
    if (this.asked++ === 0) this.free = new Promise((resolve) => (this.tellFree = resolve));
    this.turn.abort(cancelled('checking a network'));
    try {
      return await work();
    } finally {
      if (--this.asked === 0) this.tellFree();
    }
  }

  /**
   * Compares until that is done, or the network is replaced.
   * @param isCurrent whether the network is still in its slot.
   * @throws EngineError `cancelled` where it was replaced; whatever the stock kernels report.
   */
  async verify(running: Running, isCurrent: () => boolean): Promise<ExecutorReport> {
    while (running.unverified && isCurrent()) {
      if (this.asked > 0) {
        await this.free;
        continue;
      }
      // One turn for all: whoever has to give way, all do.
      if (this.turn.signal.aborted) this.turn = new AbortController();
      const { signal } = this.turn;
      try {
        await this.queue.run(() => this.compare(running, signal), signal);
      } catch (error) {
        if (signal.aborted) continue;
        running.unverified?.stock?.dispose();
        delete running.unverified?.stock;
        throw error;
      }
    }
    if (!isCurrent()) throw cancelled('checking a network that was replaced');
    return running.report;
  }

  private async compare(running: Running, signal: AbortSignal): Promise<void> {
    const { unverified } = running;
    if (!unverified) return;
    const { device, maker } = await this.started();
    const { plan, weights } = unverified;
    unverified.stock ??= (await StockExecutor.create(plan, weights, device, undefined, signal)).executor;
    const { stock } = unverified;
    const verification = await maker.compare(running.executor, stock, signal);
    running.unverified = undefined;
    if (verification.state === 'refused') {
      running.executor.dispose();
      running.executor = stock;
      running.firstRunMs = undefined;
      running.report = { executor: 'stock', precision: 'float32', verification };
    } else {
      stock.dispose();
      running.report = { ...running.report, verification };
    }
    device.trim();
  }
}
