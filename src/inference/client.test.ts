import { beforeAll, describe, expect, it } from 'vitest';
import { EngineClient } from './client';
import type { Connection } from './connection';
import { EngineError } from './protocol';
import type { Backend, BackendReport, LoadRequest, RunInput } from './protocol';
import type { WorkerApi } from './rpc';
import type { EngineStatus } from './status';
import { TINY, TINY_LAST } from './testing/card';
import { openCpu } from './tfjs/cpu';
import { makeWorkerApi } from './workerApi';
import type { Choice } from './choice';
import { THREADS_HANG } from './choice';

const INPUT: RunInput = { kind: 'tensor', values: Float32Array.from({ length: 432 }, (_, i) => Math.cos(i)) };
const seeded = (network: string, seed = 1): LoadRequest => ({ network, weights: { kind: 'seeded', seed } });

/** What happens to a worker of the test at a call. */
type Fate = 'dies' | 'loses its device' | undefined;

/** Workers in this thread: real engines on cpu, which claim to run on any backend and can be lost. */
class Workshop {
  readonly choices: Choice[] = [];
  readonly connections: Connection[] = [];
  /** What the next runs meet, and then nothing. */
  runs: Fate[] = [];
  loads: Fate[] = [];
  /** Whether networks are told as not yet verified; comparing them loses the device. */
  pending = false;
  /** Backends that cannot be started, with the details of the error. */
  readonly broken = new Map<Backend, readonly string[]>();

  readonly connect = (): Connection => {
    const inner = makeWorkerApi({ caches: undefined });
    let over: EngineError | undefined;
    let tellGone: (reason: string) => void = () => undefined;
    const gone = new Promise<string>((resolve) => (tellGone = resolve));
    const pending = new Set<(error: EngineError) => void>();
    const end = (reason: string) => {
      if (over) return;
      over = new EngineError('worker-lost', reason);
      for (const reject of pending) reject(over);
      tellGone(reason);
    };
    const call = <T>(send: () => Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        if (over) return reject(over);
        pending.add(reject);
        send().then(resolve, reject);
      });
    const meet = async <T>(fate: Fate, work: () => Promise<T>): Promise<T> => {
      if (fate === 'dies') end('killed by the test');
      if (fate === 'loses its device') await inner.loseDevice();
      return work();
    };
    const start: WorkerApi['start'] = async (choice, lock, onEvent) => {
      this.choices.push(choice);
      const order = (['webgpu', 'webgl', 'wasm', 'cpu'] as const).filter(
        (backend) => !this.broken.has(backend) && !choice.exclude?.some((entry) => entry.backend === backend),
      );
      const backend = choice.backend === 'auto' ? order[0] : choice.backend;
      const details = this.broken.get(backend ?? 'cpu');
      if (backend === undefined || (details && choice.wasmThreads !== false)) {
        return { ok: false, code: 'backend-unavailable', message: `no ${backend} here`, details: details ?? [] };
      }
      const outcome = await inner.start({ backend: 'cpu' }, lock, onEvent);
      if (!outcome.ok) return outcome;
      const report: BackendReport = { ...outcome.value, backend, forced: choice.backend !== 'auto' };
      return { ok: true, value: report };
    };
    const connection: Connection = {
      gone,
      lock: undefined,
      onEvent: () => undefined,
      terminate: end,
      kill: () => end('killed by the test'),
      api: {
        ...inner,
        start: (...args) => call(() => start(...args)),
        load: (...args) =>
          call(async () => {
            const outcome = await meet(this.loads.shift(), () => inner.load(...args));
            const verification = { state: 'pending' } as const;
            return outcome.ok && this.pending ? { ok: true, value: { ...outcome.value, verification } } : outcome;
          }),
        // That of B is never done.
        verify: (slot) =>
          call(() =>
            slot === 'a' ? meet('loses its device', () => inner.verify(slot)) : new Promise(() => undefined),
          ),
        run: (...args) => call(() => meet(this.runs.shift(), () => inner.run(...args))),
        inspect: (...args) => call(() => inner.inspect(...args)),
        selfCheck: (...args) => call(() => inner.selfCheck(...args)),
        cancel: (...args) => call(() => inner.cancel(...args)),
        unload: (...args) => call(() => inner.unload(...args)),
        memory: () => call(() => inner.memory()),
        loseDevice: () => call(() => inner.loseDevice()),
      },
    };
    this.connections.push(connection);
    return connection;
  };
}

const slotStates = ({ slots }: EngineStatus) => [slots.a.state, slots.b.state];

/** Resolves when the status is as wanted. */
function until(client: EngineClient, wanted: (status: EngineStatus) => boolean): Promise<EngineStatus> {
  return new Promise((resolve) => {
    const look = (status: EngineStatus) => {
      if (!wanted(status)) return;
      stop();
      resolve(status);
    };
    let stop: () => void = () => undefined;
    stop = client.subscribe(look);
    look(client.status());
  });
}

async function failure(work: Promise<unknown>): Promise<EngineError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EngineError)) throw new Error(`expected an EngineError, got ${String(error)}`);
  return error;
}

beforeAll(openCpu);

describe('client', () => {
  it('goes through the states of a slot', async () => {
    const client = new EngineClient(new Workshop());
    const seen: string[] = [];
    client.subscribe(({ slots }) => {
      if (seen.at(-1) !== slots.a.state) seen.push(slots.a.state);
    });
    expect(slotStates(client.status())).toEqual(['idle', 'idle']);
    await client.load('a', seeded(TINY));
    await client.run('a', INPUT);
    const bad = failure(
      client.load('a', { network: TINY, weights: { kind: 'file', file: new Blob(['']), name: 'w' } }),
    );
    expect((await bad).code).toBe('weights-corrupt');
    expect(client.status().slots.a).toMatchObject({
      state: 'failed',
      error: { code: 'weights-corrupt' },
      loaded: { network: TINY },
    });
    await client.load('a', seeded(TINY_LAST));
    await client.unload('a');
    expect(seen).toEqual([
      'loading',
      'compiling',
      'ready',
      'running',
      'ready',
      'loading',
      'failed',
      'loading',
      'compiling',
      'ready',
      'idle',
    ]);
    await client.dispose();
  });

  it('hands errors over with code and details', async () => {
    const client = new EngineClient(new Workshop());
    expect(await failure(client.run('b', INPUT))).toMatchObject({
      code: 'not-loaded',
      message: 'network B is not loaded',
    });
    await client.dispose();
    expect((await failure(client.run('b', INPUT))).code).toBe('cancelled');
  });

  it.each(['dies', 'loses its device'] as const)(
    'repeats a run whose worker %s, with both networks back',
    async (fate) => {
      const workshop = new Workshop();
      const client = new EngineClient(workshop);
      await client.load('a', seeded(TINY));
      await client.load('b', seeded(TINY_LAST));
      const before = await client.run('a', INPUT);
      workshop.runs = [fate];
      expect((await client.run('a', INPUT)).logits).toEqual(before.logits);
      expect(workshop.connections).toHaveLength(2);
      const status = await until(client, (now) => slotStates(now).every((state) => state === 'ready'));
      expect(status.notices).toMatchObject([{ kind: 'recovered' }]);
      expect((await client.run('b', INPUT)).network).toBe(TINY_LAST);
      await client.dispose();
    },
  );

  it('repeats a load whose worker dies', async () => {
    const workshop = new Workshop();
    const client = new EngineClient(workshop);
    await client.load('b', seeded(TINY_LAST));
    workshop.loads = ['dies'];
    await client.load('a', seeded(TINY));
    await until(client, (now) => slotStates(now).every((state) => state === 'ready'));
    expect((await client.run('b', INPUT)).network).toBe(TINY_LAST);
    await client.dispose();
  });

  it('recovers from a death that nobody waited for', async () => {
    const workshop = new Workshop();
    const client = new EngineClient(workshop);
    await client.load('a', seeded(TINY));
    await client.killWorker();
    await until(client, ({ notices }) => notices.length === 1);
    await until(client, ({ slots, backend }) => backend !== null && slots.a.state === 'ready');
    expect(workshop.connections).toHaveLength(2);
    await client.dispose();
  });

  it('moves to the next backend when the same job is lost twice, and gives up after that', async () => {
    const workshop = new Workshop();
    const client = new EngineClient(workshop);
    await client.load('a', seeded(TINY));
    expect(client.status().backend?.backend).toBe('webgpu');
    workshop.runs = ['loses its device', 'loses its device'];
    await client.run('a', INPUT);
    expect((await client.backend()).backend).toBe('webgl');
    expect(client.status().notices.map(({ kind }) => kind)).toEqual(['recovered', 'recovered', 'fallback']);
    expect(workshop.choices.at(-1)?.exclude).toMatchObject([{ backend: 'webgpu' }]);
    workshop.runs = ['dies', 'dies', 'dies'];
    expect((await failure(client.run('a', INPUT))).code).toBe('worker-lost');
    await client.dispose();
  });

  it('keeps the backend where the device is lost again and again while kernels are compared, and says so', async () => {
    const workshop = new Workshop();
    workshop.pending = true;
    const client = new EngineClient(workshop);
    await Promise.all([client.load('a', seeded(TINY)), client.load('b', seeded(TINY_LAST))]);
    const { slots, notices } = await until(client, ({ slots: { a } }) => a.loaded?.verification?.state === 'unchecked');
    expect(slots.a.loaded?.verification).toMatchObject({ reason: expect.stringContaining('lost') });
    expect(client.status().backend?.backend).toBe('webgpu');
    expect(workshop.connections).toHaveLength(3);
    expect(notices.map(({ kind }) => kind)).toEqual(['recovered', 'recovered']);
    expect((await client.run('a', INPUT)).logits).toHaveLength(3);
    await until(client, ({ slots: { b } }) => b.state === 'ready');
    // It only waited its turn.
    expect(client.status().slots.b.loaded?.verification).toEqual({ state: 'pending' });
    await client.dispose();
  });

  it('does not repeat a batch that the device was lost with: its pictures are asked for one by one', async () => {
    const workshop = new Workshop();
    const client = new EngineClient(workshop);
    await client.load('a', seeded(TINY));
    workshop.runs = ['loses its device'];
    const preprocessing = { size: 12, resizeShorterSide: 14, mean: [0, 0, 0], std: [1, 1, 1] } as const;
    const pictures = ['1', '2'].map((name) => ({ picture: new Blob([name]), name }));
    const lost = await failure(client.run('a', { kind: 'pictures', pictures, preprocessing }));
    expect(lost.code).toMatch(/^(device|worker)-lost$/);
    expect((await client.run('a', INPUT)).logits).toHaveLength(3);
    expect(client.status().backend?.backend).toBe('webgpu');
    expect(workshop.connections).toHaveLength(2);
    expect(client.status().notices.map(({ kind }) => kind)).toEqual(['recovered']);
    await client.dispose();
  });

  it('changes backends with the networks and the run under way', async () => {
    const workshop = new Workshop();
    const client = new EngineClient({ connect: workshop.connect, backend: 'wasm' });
    await client.load('a', seeded(TINY));
    expect(client.status().backend).toMatchObject({ backend: 'wasm', forced: true });
    const run = client.run('a', INPUT);
    expect(await client.setBackend('cpu')).toMatchObject({ backend: 'cpu', forced: true });
    expect((await run).logits).toHaveLength(3);
    expect(client.status().notices).toEqual([]);
    expect((await client.run('a', INPUT)).logits).toEqual((await run).logits);
    await client.dispose();
  });

  it('changes kernels with the networks and the run under way', async () => {
    const workshop = new Workshop();
    const client = new EngineClient({ connect: workshop.connect, backend: 'webgpu', executor: 'stock' });
    await client.load('a', seeded(TINY));
    const run = client.run('a', INPUT);
    await client.setKernels({ executor: 'kernels', precision: 'float16' });
    expect((await run).logits).toHaveLength(3);
    expect(workshop.choices).toMatchObject([
      { backend: 'webgpu', executor: 'stock' },
      { backend: 'webgpu', executor: 'kernels', precision: 'float16' },
    ]);
    expect(client.status().notices).toEqual([]);
    await client.dispose();
  });

  it('uses the best there is where the one asked for cannot be had, and says so', async () => {
    const workshop = new Workshop();
    workshop.broken.set('webgpu', []);
    const client = new EngineClient({ connect: workshop.connect, backend: 'webgpu' });
    expect(await client.backend()).toMatchObject({ backend: 'webgl', forced: false });
    expect(client.status().notices).toMatchObject([
      { kind: 'fallback', text: expect.stringContaining('no webgpu here') },
    ]);
    await client.dispose();
  });

  it('starts wasm without threads after its threads hung', async () => {
    const workshop = new Workshop();
    workshop.broken.set('wasm', [THREADS_HANG]);
    const client = new EngineClient({ connect: workshop.connect, backend: 'wasm' });
    expect((await client.backend()).backend).toBe('wasm');
    expect(workshop.choices.map(({ wasmThreads }) => wasmThreads)).toEqual([true, false]);
    await client.dispose();
  });

  it('tells when no backend works, and tries again when asked', async () => {
    const workshop = new Workshop();
    for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu'] as const) workshop.broken.set(backend, []);
    const client = new EngineClient(workshop);
    expect((await failure(client.load('a', seeded(TINY)))).code).toBe('backend-unavailable');
    expect(client.status()).toMatchObject({
      starting: false,
      backend: null,
      backendError: { code: 'backend-unavailable' },
    });
    expect(client.status().slots.a.state).toBe('failed');
    workshop.broken.clear();
    await client.load('a', seeded(TINY));
    expect(client.status().slots.a.state).toBe('ready');
    await client.dispose();
  });

  it('looks into a network without calling that running', async () => {
    const client = new EngineClient(new Workshop());
    await client.load('a', seeded(TINY));
    const states: string[] = [];
    const stop = client.subscribe(({ slots }) => states.push(slots.a.state));
    const { network, nodes } = await client.inspect('a', INPUT, { nodes: ['stage1/pool'] });
    stop();
    expect(network).toBe(TINY);
    expect(nodes.map(({ of }) => of)).toEqual(['stage1/pool']);
    expect(states).not.toContain('running');
    const given = failure(client.inspect('a', INPUT, { nodes: ['stage1/pool'] }));
    await client.cancel('a');
    expect((await given).code).toBe('cancelled');
    await client.dispose();
  });

  it('cancels, and does not repeat what was cancelled', async () => {
    const workshop = new Workshop();
    const client = new EngineClient(workshop);
    await client.load('a', seeded(TINY));
    const runs = [1, 2, 3].map(() => failure(client.run('a', INPUT)));
    await client.cancel('a');
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    const load = failure(client.load('a', seeded(TINY_LAST)));
    const newer = client.load('a', seeded(TINY, 3));
    expect((await load).code).toBe('cancelled');
    await newer;
    expect(client.status().slots.a).toMatchObject({ state: 'ready', network: TINY, loaded: { network: TINY } });
    await client.dispose();
  });
});
