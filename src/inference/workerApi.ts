/** The worker's side of rpc.ts around an engine. Runs in the worker, and in tests without one. */
import { EngineError } from './protocol';
import { LocalEngine } from './engine';
import type { EngineOptions } from './engine';
import { outcomeOf } from './failures';
import type { WorkerApi } from './rpc';

/** Holds a lock until the worker ends, however it ends. Resolves when it has it. */
function holdForLife(lock: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = () => {
      resolve();
      return new Promise<never>(() => undefined);
    };
    navigator.locks.request(lock, held).catch(reject);
  });
}

/**
 * Makes the worker's side.
 * @param options of the engines that `start` makes, but for what `start` is told.
 */
export function makeWorkerApi(options: Pick<EngineOptions, 'fetch' | 'caches'> = {}): WorkerApi {
  let engine: LocalEngine | undefined;
  let tell: Parameters<WorkerApi['start']>[2] = () => undefined;
  const started = () => {
    if (!engine) throw new EngineError('internal', 'the worker was not started');
    return engine;
  };
  // Everything through here, so that even a call before the start is answered, not lost.
  const answer = <T>(call: (engine: LocalEngine) => Promise<T>) =>
    outcomeOf(Promise.resolve().then(() => call(started())));
  return {
    async start(choice, lock, onEvent) {
      if (lock !== undefined) await holdForLife(lock);
      onEvent({ kind: 'alive' });
      tell = onEvent;
      engine = new LocalEngine({ ...options, choice, onLost: (reason) => onEvent({ kind: 'lost', reason }) });
      return answer((it) => it.backend());
    },
    load: (slot, request, token) =>
      answer((it) => it.load(slot, request, (progress) => tell({ kind: 'progress', token, progress }))),
    run: (slot, input, extras) => answer((it) => it.run(slot, input, extras)),
    inspect: (slot, input, request) => answer((it) => it.inspect(slot, input, request)),
    selfCheck: (slot) => answer((it) => it.selfCheck(slot)),
    verify: (slot) => answer((it) => it.verify(slot)),
    cancel: (slot) => answer((it) => it.cancel(slot)),
    unload: (slot) => answer((it) => it.unload(slot)),
    memory: () => answer((it) => it.memory()),
    loseDevice: () => answer((it) => it.loseDevice()),
  };
}
