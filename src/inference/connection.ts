/**
 * One worker as the client sees it: its calls, its events, and its death, however it comes. A worker that crashes or is
 * terminated says nothing; it holds a Web Lock as long as it lives, so the lock becoming free is the news.
 */
import { proxy, wrap } from 'comlink';
import { EngineError } from './protocol';
import type { WorkerApi, WorkerEvent } from './rpc';

/** A worker, or what stands for one in tests. */
export interface Connection {
  /** Calls reject with EngineError `worker-lost` when the worker is gone. */
  readonly api: WorkerApi;
  onEvent: (event: WorkerEvent) => void;
  /** Resolves with the reason when the worker is gone, `terminate` included. Never rejects. */
  readonly gone: Promise<string>;
  /** Web Lock to pass to `start`; undefined where the browser has none. */
  readonly lock: string | undefined;
  /** Ends the worker on purpose. */
  terminate(reason: string): void;
  /** Ends the worker without telling anyone, as a crash would; for tests. */
  kill(): void;
}

/** Longest wait for a worker's first words, ms: its script may come over a slow line. */
const START_TIMEOUT = 60_000;

let locks = 0;

/** Starts a worker. */
export function connectWorker(): Connection {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'cspnet-lens-engine' });
  const remote = wrap<WorkerApi>(worker);
  const lock = 'locks' in navigator ? `cspnet-lens-worker-${crypto.randomUUID()}-${++locks}` : undefined;
  const watching = new AbortController();
  const pending = new Set<(error: EngineError) => void>();
  let over: EngineError | undefined;
  let tellGone: (reason: string) => void = () => undefined;
  const gone = new Promise<string>((resolve) => {
    tellGone = resolve;
  });

  function end(reason: string): void {
    if (over) return;
    over = new EngineError('worker-lost', reason);
    watching.abort();
    worker.terminate();
    for (const reject of pending) reject(over);
    pending.clear();
    tellGone(reason);
  }

  /** Comlink's promise never settles when the worker is gone. */
  function call<T>(send: () => Promise<T>): Promise<T> {
    if (over) return Promise.reject(over);
    return new Promise((resolve, reject) => {
      pending.add(reject);
      send()
        .then(resolve, (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))))
        .finally(() => pending.delete(reject));
    });
  }

  worker.addEventListener('error', (event) => {
    // Without a message it is the script itself that did not load, e.g. for want of a COEP header on it.
    end(event.message ? `the worker failed: ${event.message}` : 'the worker script could not be loaded');
  });
  worker.addEventListener('messageerror', () => end('a message of the worker could not be read'));

  const connection: Connection = {
    gone,
    lock,
    onEvent: () => undefined,
    terminate: end,
    kill() {
      worker.terminate();
      if (lock === undefined) end('the worker was killed');
    },
    api: {
      async start(choice, name, onEvent) {
        connection.onEvent = onEvent;
        // Until it holds its lock nothing else tells that it is gone.
        const late = setTimeout(() => end(`the worker did not start within ${START_TIMEOUT / 1000} s`), START_TIMEOUT);
        const watch = () => {
          clearTimeout(late);
          if (name === undefined) return;
          const free = () => end('the worker ended unexpectedly');
          navigator.locks.request(name, { signal: watching.signal }, free).catch(() => undefined);
        };
        const events = proxy((event: WorkerEvent) => (event.kind === 'alive' ? watch() : connection.onEvent(event)));
        return call(async () => remote.start(choice, name, events)).finally(() => clearTimeout(late));
      },
      load: (slot, request, token) => call(async () => remote.load(slot, request, token)),
      run: (slot, input, extras) => call(async () => remote.run(slot, input, extras)),
      inspect: (slot, input, request) => call(async () => remote.inspect(slot, input, request)),
      selfCheck: (slot) => call(async () => remote.selfCheck(slot)),
      verify: (slot) => call(async () => remote.verify(slot)),
      cancel: (slot) => call(async () => remote.cancel(slot)),
      unload: (slot) => call(async () => remote.unload(slot)),
      memory: () => call(async () => remote.memory()),
      loseDevice: () => call(async () => remote.loseDevice()),
    },
  };
  return connection;
}
