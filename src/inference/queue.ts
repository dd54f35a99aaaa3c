/**
 * One thing at a time, in order, and waiting that can be given up. The device runs one job at a time; whoever waits for
 * a job may stop waiting (cancelled, device lost) while the job itself still ends before the next begins.
 */

/** Runs jobs one after another. */
export class SerialQueue {
  private tail: Promise<unknown> = Promise.resolve();

  /**
   * Runs `job` after all earlier ones, whatever became of them.
   * @throws the signal's reason, at once, when it is aborted: a job that has not begun is skipped, one that has goes on.
   */
  run<T>(job: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const turn = this.tail.then(() => {
      signal.throwIfAborted();
      return job();
    });
    this.tail = turn.catch(() => undefined);
    return untilAborted(turn, signal);
  }
}

/** Waits for `work`, or rejects with the signal's reason as soon as it is aborted. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    // A listener left behind would pile up on a signal that outlives many jobs.
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Waits for `work`, which goes on in any case, so many ms. @throws what it rejects with, or `error` when it is late. */
export async function timeout<T>(work: Promise<T>, ms: number, error: Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Signals that whatever waits for something must give up, with one error for all. */
export class Breaker {
  private error: Error | undefined;
  private readonly waiting = new Set<(error: Error) => void>();

  get tripped(): boolean {
    return this.error !== undefined;
  }

  /** Rejects everything that waits, now and from now on. */
  trip(error: Error): void {
    if (this.error) return;
    this.error = error;
    for (const reject of this.waiting) reject(error);
    this.waiting.clear();
  }

  /** Waits for `work`, or rejects when the breaker is tripped. */
  guard<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.error) reject(this.error);
      this.waiting.add(reject);
      work.then(resolve, reject).finally(() => this.waiting.delete(reject));
    });
  }
}
