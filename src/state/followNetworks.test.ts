import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatNetwork, parseNetwork } from '../network/text';
import type { NetworkSpec } from '../network/spec';
import { AT_REST_MS, followNetworks } from './followNetworks';

/** A page with two networks, and a log of what the lab was told. */
function set() {
  let state: { a: NetworkSpec | null; b: NetworkSpec | null } = { a: parseNetwork('densenet121'), b: null };
  const listeners = new Set<() => void>();
  const log: string[] = [];
  const page = {
    getState: () => ({ state }),
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const stop = followNetworks(page, (slot, spec) => log.push(`${slot} ${spec ? formatNetwork(spec) : 'off'}`));
  const change = (fields: Partial<typeof state>) => {
    state = { ...state, ...fields };
    for (const listener of listeners) listener();
  };
  return { log, stop, change, listeners };
}

const gamma = (value: number) => parseNetwork(`cspdensenet121-first@gamma=${value}`);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('followNetworks', () => {
  it('tells both at the start, and a change out of stillness at once', () => {
    const { log, change } = set();
    expect(log).toEqual(['a densenet121', 'b off']);
    change({ b: gamma(0.25) });
    expect(log.slice(2)).toEqual(['b cspdensenet121-first@gamma=0.25']);
    vi.runAllTimers();
    expect(log).toHaveLength(3);
  });

  it('tells of a drag its first network and its last, not the ones between', () => {
    const { log, change } = set();
    for (const value of [0.1, 0.2, 0.3, 0.4]) {
      change({ a: gamma(value) });
      vi.advanceTimersByTime(AT_REST_MS / 2);
    }
    expect(log.slice(2)).toEqual(['a cspdensenet121-first@gamma=0.1']);
    vi.advanceTimersByTime(AT_REST_MS);
    expect(log.slice(3)).toEqual(['a cspdensenet121-first@gamma=0.4']);
  });

  it('tells of each network of changes that are far apart, and of nothing else that changes', () => {
    const { log, change } = set();
    change({ a: gamma(0.1) });
    vi.advanceTimersByTime(AT_REST_MS + 1);
    change({});
    change({ a: gamma(0.2) });
    expect(log.slice(2)).toEqual(['a cspdensenet121-first@gamma=0.1', 'a cspdensenet121-first@gamma=0.2']);
  });

  it('tells nothing once it is stopped', () => {
    const { log, change, stop, listeners } = set();
    change({ a: gamma(0.1) });
    change({ a: gamma(0.2) });
    stop();
    expect(listeners.size).toBe(0);
    vi.runAllTimers();
    expect(log.slice(2)).toEqual(['a cspdensenet121-first@gamma=0.1']);
  });
});
