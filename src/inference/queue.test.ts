import { describe, expect, it } from 'vitest';
import { Breaker, SerialQueue } from './queue';

/** A promise and its handles. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}
const never = new AbortController().signal;

describe('queue', () => {
  it('runs one job at a time, in order, also after one failed', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const first = gate();
    const a = queue.run(async () => {
      log.push('a begins');
      await first.opened;
      log.push('a ends');
      throw new Error('a failed');
    }, never);
    const b = queue.run(async () => log.push('b'), never);
    first.open();
    await expect(a).rejects.toThrow('a failed');
    await b;
    expect(log).toEqual(['a begins', 'a ends', 'b']);
  });

  it('gives up at once, skips what has not begun, and still lets what has begun end first', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const hold = gate();
    const begun = gate();
    const stop = new AbortController();
    const running = queue.run(async () => {
      begun.open();
      await hold.opened;
      log.push('running ended');
    }, stop.signal);
    const waiting = queue.run(async () => log.push('waiting ran'), stop.signal);
    const after = queue.run(async () => log.push('after ran'), never);
    await begun.opened;
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    await expect(waiting).rejects.toThrow('stopped');
    expect(log).toEqual([]);
    hold.open();
    await after;
    expect(log).toEqual(['running ended', 'after ran']);
  });
});

describe('breaker', () => {
  it('rejects what waits and what comes once it is tripped', async () => {
    const breaker = new Breaker();
    expect(await breaker.guard(Promise.resolve(1))).toBe(1);
    const waiting = breaker.guard(new Promise(() => undefined));
    breaker.trip(new Error('lost'));
    breaker.trip(new Error('again'));
    await expect(waiting).rejects.toThrow('lost');
    await expect(breaker.guard(Promise.resolve(2))).rejects.toThrow('lost');
    expect(breaker.tripped).toBe(true);
  });
});
