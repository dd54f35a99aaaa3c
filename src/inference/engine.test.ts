import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { softmax } from '../weights/calibrate';
import { LocalEngine } from './engine';
import { EngineError } from './protocol';
import type { LoadProgress, LoadRequest, RunInput } from './protocol';
import { safetensorsOf, TINY, TINY_LAST, tinyCard } from './testing/card';
import { openCpu } from './tfjs/cpu';
import { tensorMemory } from './tfjs/device';

const values = Float32Array.from({ length: 3 * 12 * 12 }, (_, i) => Math.sin(i));
const INPUT: RunInput = { kind: 'tensor', values };
const seeded = (network: string, seed = 1): LoadRequest => ({ network, weights: { kind: 'seeded', seed } });
const URL_OF_CARD = 'https://example.test/models/tiny.safetensors';

/** A server that answers each request with the next body, or holds it until `release` is called. */
function serverOf(...bodies: (BodyInit | Response)[]) {
  const asked: string[] = [];
  const answer: typeof fetch = (url) => {
    asked.push(url instanceof Request ? url.url : url.toString());
    const body = bodies[Math.min(asked.length, bodies.length) - 1];
    return Promise.resolve(body instanceof Response ? body : new Response(body ?? null));
  };
  return { fetch: answer, asked };
}

const hanging: typeof fetch = (_, options) =>
  new Promise((_, reject) =>
    options?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
  );

async function failure(work: Promise<unknown>): Promise<EngineError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EngineError)) throw new Error(`expected an EngineError, got ${String(error)}`);
  return error;
}

let engine: LocalEngine;
let before: { tensors: number; bytes: number };
const make = (options: { fetch?: typeof fetch; caches?: Pick<CacheStorage, 'open'> } = {}) =>
  (engine = new LocalEngine({ choice: { backend: 'cpu' }, caches: undefined, ...options }));

beforeAll(openCpu);
beforeEach(() => {
  before = tensorMemory();
  make();
});
afterEach(async () => {
  await engine.dispose();
  const { tensors, bytes } = tensorMemory();
  if (tensors !== before.tensors) throw new Error(`${tensors} tensors, ${bytes} bytes were left behind`);
});

describe('loading and running', () => {
  it('tells the backend, and says so of a slot without a network', async () => {
    expect(await engine.backend()).toEqual({
      backend: 'cpu',
      adapter: 'JavaScript',
      software: false,
      threads: 1,
      forced: true,
      rejected: [],
    });
    expect(await failure(engine.run('b', INPUT))).toMatchObject({
      code: 'not-loaded',
      message: 'network B is not loaded',
    });
  });

  it('keeps two networks apart and replaces one without touching the other', async () => {
    await Promise.all([engine.load('a', seeded(TINY)), engine.load('b', seeded(TINY_LAST))]);
    const [a, b] = await Promise.all([engine.run('a', INPUT), engine.run('b', INPUT)]);
    expect([a.network, b.network]).toEqual([TINY, TINY_LAST]);
    expect(a.logits).not.toEqual(b.logits);
    const loaded = await engine.load('a', seeded(TINY, 2));
    expect(loaded).toMatchObject({ slot: 'a', network: TINY, classes: 3, fromCache: false });
    expect((await engine.run('a', INPUT)).logits).not.toEqual(a.logits);
    expect((await engine.run('b', INPUT)).logits).toEqual(b.logits);
    await engine.unload('a');
    expect((await failure(engine.run('a', INPUT))).code).toBe('not-loaded');
  });

  it('gives the same logits with extras as without, and only the extras asked for', async () => {
    await engine.load('a', seeded(TINY));
    const plain = await engine.run('a', INPUT);
    expect(Object.keys(plain)).not.toContain('activations');
    const full = await engine.run('a', INPUT, { activations: 'stages', classActivation: 'top', stageTimes: true });
    expect(full.logits).toEqual(plain.logits);
    expect(full.firstRunMs).toBe(plain.firstRunMs);
    expect(full.activations?.map(({ id }) => id)).toEqual(['stem/pool', 'stage1/pool', 'stage2/merge', 'head/relu']);
    expect(full.stageTimes?.map(({ stage }) => stage)).toEqual(['stem', 'stage1', 'stage2', 'head']);
    expect(full.stageTiming).toEqual({ method: 'waiting', runs: 1, transfers: true });
    expect(full.stageTimesOverheadMs).toEqual(expect.any(Number));
    const top = plain.logits.indexOf(Math.max(...plain.logits));
    expect(full.classActivation?.classIndex).toBe(top);
  });

  it('sums up nodes as their activations are, and says what a folded node is seen as', async () => {
    await engine.load('a', seeded(TINY));
    const nodes = ['stage1/split/part2', 'stage1/dense1/conv2', 'stage1/transition/conv', 'head/norm'];
    const seen = ['stage1/split/part2', 'stage1/dense1/conv2', 'stage1/pool', 'head/relu'];
    const { activations = [] } = await engine.run('a', INPUT, { activations: seen });
    const inspection = await engine.inspect('a', INPUT, { nodes, maps: 'stage1/transition/conv' });
    expect(inspection).toMatchObject({ slot: 'a', network: TINY });
    expect(inspection.nodes.map(({ node, of }) => [node, of])).toEqual(nodes.map((node, i) => [node, seen[i]]));
    for (const [i, { numbers, mean, maps, shape, node }] of inspection.nodes.entries()) {
      const { shape: expected = [1, 1, 1], values: all = new Float32Array() } = activations[i] ?? {};
      expect(shape).toEqual(expected);
      const [channels, height, width] = expected;
      const area = height * width;
      const perChannel = Array.from({ length: channels }, (_, c) => [...all.subarray(c * area, (c + 1) * area)]);
      expect([...numbers.min]).toEqual(perChannel.map((map) => Math.min(...map)));
      expect([...numbers.max]).toEqual(perChannel.map((map) => Math.max(...map)));
      perChannel.forEach((map, c) => {
        expect(numbers.mean[c]).toBeCloseTo(map.reduce((sum, value) => sum + value, 0) / area, 5);
        expect(numbers.zeros[c]).toBeCloseTo(map.filter((value) => value === 0).length / area, 5);
      });
      expect([mean.height, mean.width]).toEqual([height, width]);
      mean.values.forEach((value, p) => {
        const sum = perChannel.reduce((total, map) => total + (map[p] ?? NaN), 0);
        expect(value).toBeCloseTo(sum / channels, 5);
      });
      if (node === 'stage1/transition/conv') expect(maps?.values).toEqual(all);
      else expect(maps).toBeUndefined();
    }
    // A ReLU has zeros to count.
    expect(Math.max(...(inspection.nodes[3]?.numbers.zeros ?? []))).toBeGreaterThan(0);
    const unknown = await failure(engine.inspect('a', INPUT, { nodes: ['stage9/pool'] }));
    expect(unknown.message).toContain('"stage9/pool" is unknown');
    expect((await failure(engine.inspect('b', INPUT, { nodes }))).code).toBe('not-loaded');
  });

  it('gives up an inspection for a run of either network, a newer inspection, and a load', async () => {
    await Promise.all([engine.load('a', seeded(TINY)), engine.load('b', seeded(TINY_LAST))]);
    const request = { nodes: ['head/relu'] };
    const looked = failure(engine.inspect('a', INPUT, request));
    const answered = engine.run('b', INPUT);
    expect((await looked).code).toBe('cancelled');
    expect((await answered).logits).toHaveLength(3);
    const first = failure(engine.inspect('a', INPUT, request));
    const second = engine.inspect('a', INPUT, request);
    const other = engine.inspect('b', INPUT, request);
    expect((await first).code).toBe('cancelled');
    expect((await second).nodes).toHaveLength(1);
    expect((await other).slot).toBe('b');
    const last = failure(engine.inspect('a', INPUT, request));
    await engine.load('a', seeded(TINY, 2));
    expect((await last).code).toBe('cancelled');
  });

  it('runs a batch as its pictures one by one', async () => {
    await engine.load('a', seeded(TINY));
    const other = values.map((value) => value * -0.5);
    const both = new Float32Array(2 * values.length);
    both.set(values);
    both.set(other, values.length);
    const { logits } = await engine.run('a', { kind: 'tensor', values: both, batch: 2 });
    const one = await engine.run('a', INPUT);
    const two = await engine.run('a', { kind: 'tensor', values: other });
    expect([...logits]).toEqual([...one.logits, ...two.logits]);
  });

  it('gives probabilities where they are asked for, by the temperature of the card where there is one', async () => {
    const { card, bytes } = tinyCard();
    const cold = { ...card, calibration: { ...card.calibration, temperature: 0.5 } };
    make({ fetch: serverOf(bytes).fetch });
    await engine.load('a', { network: TINY, weights: { kind: 'card', card: cold, url: URL_OF_CARD } });
    await engine.load('b', seeded(TINY));
    const batch = Float32Array.of(...values, ...values.map((value) => value * -0.5));
    for (const [slot, temperature] of [
      ['a', 0.5],
      ['b', 1],
    ] as const) {
      const run = await engine.run(slot, { kind: 'tensor', values: batch, batch: 2 }, { probabilities: true });
      const each = [run.logits.subarray(0, 3), run.logits.subarray(3)].map((logits) => softmax(logits, temperature));
      expect(run.probabilities).toEqual(Float32Array.of(...each.flatMap((one) => [...one])));
      expect(await engine.run(slot, INPUT)).not.toHaveProperty('probabilities');
    }
  });

  it('says what does not fit', async () => {
    await engine.load('a', seeded(TINY));
    const short = await failure(engine.run('a', { kind: 'tensor', values: values.subarray(1) }));
    expect(short.message).toBe('the input has 431 values, [1, 3, 12, 12] takes 432');
    const node = await failure(engine.run('a', INPUT, { activations: ['stage1/dense1/conv1'] }));
    expect(node.message).toContain('"stage1/dense1/conv1" is folded');
    expect((await failure(engine.load('a', seeded('densenet7')))).message).toContain('depth is "7"');
    // None of this cost the network that was there.
    expect((await engine.run('a', INPUT)).logits).toHaveLength(3);
  });

  it('refuses pictures that are none by name', async () => {
    await engine.load('a', seeded(TINY));
    const preprocessing = { size: 12, resizeShorterSide: 14, mean: [0, 0, 0], std: [1, 1, 1] } as const;
    const picture = new Blob(['no picture at all']);
    const error = await failure(engine.run('a', { kind: 'picture', picture, name: 'cat.jpg', preprocessing }));
    expect(error).toMatchObject({ code: 'picture' });
    expect(error.message).toContain('cat.jpg could not be decoded');
    expect((await engine.memory()).bitmaps).toBe(0);
    const size = await failure(
      engine.run('a', { kind: 'picture', picture, name: 'cat.jpg', preprocessing: { ...preprocessing, size: 14 } }),
    );
    expect(size.message).toContain('14 pixels, the network reads 12');
  });

  it('refuses networks that are too large, with the numbers, before weights are fetched', async () => {
    const server = serverOf('');
    make({ fetch: server.fetch });
    const { card } = tinyCard();
    const huge = 'densenet264@size=1024,growth=256';
    const error = await failure(engine.load('a', { network: huge, weights: { kind: 'card', card, url: URL_OF_CARD } }));
    expect(error.code).toBe('too-large');
    expect(error.message).toMatch(
      /too large for cpu: all weights together takes [\d,.]+ MB, a browser allows 1,610\.6 MB/,
    );
    expect(server.asked).toEqual([]);
  });
});

describe('cancelling', () => {
  it('a newer load replaces one under way', async () => {
    make({ fetch: hanging });
    const { card } = tinyCard();
    const first = failure(engine.load('a', { network: TINY, weights: { kind: 'card', card, url: URL_OF_CARD } }));
    const second = engine.load('a', seeded(TINY_LAST));
    expect((await first).code).toBe('cancelled');
    await second;
    expect((await engine.run('a', INPUT)).network).toBe(TINY_LAST);
  });

  it('gives up loads and runs of its slot and leaves what is loaded', async () => {
    await engine.load('a', seeded(TINY));
    await engine.load('b', seeded(TINY));
    const runs = [1, 2, 3].map(() => failure(engine.run('a', INPUT)));
    const other = engine.run('b', INPUT);
    await engine.cancel('a');
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect((await other).logits).toEqual((await engine.run('a', INPUT)).logits);
  });

  it('keeps the old network when a load fails or is given up', async () => {
    await engine.load('a', seeded(TINY));
    const { logits } = await engine.run('a', INPUT);
    const file = new Blob(['rubbish']);
    await failure(engine.load('a', { network: TINY_LAST, weights: { kind: 'file', file, name: 'x.safetensors' } }));
    const load = failure(engine.load('a', seeded(TINY_LAST)));
    await engine.cancel('a');
    expect((await load).code).toBe('cancelled');
    expect((await engine.run('a', INPUT)).logits).toEqual(logits);
  });
});

describe('weights of a card', () => {
  const request = (): LoadRequest => ({
    network: TINY,
    weights: { kind: 'card', card: tinyCard().card, url: URL_OF_CARD },
  });

  it('load with progress and pass the self-check', async () => {
    make({ fetch: serverOf(tinyCard().bytes).fetch });
    const progress: LoadProgress[] = [];
    const loaded = await engine.load('a', request(), (entry) => progress.push(entry));
    const { bytes } = tinyCard().card;
    expect(loaded.bytes).toBe(bytes);
    expect(progress[0]).toEqual({ phase: 'fetch', done: 0, total: bytes });
    expect(progress).toContainEqual({ phase: 'fetch', done: bytes, total: bytes });
    expect(progress.at(-1)?.phase).toBe('build');
    const check = await engine.selfCheck('a');
    expect(check.maxRelativeDifference).toBeLessThan(1e-5);
    await engine.load('a', seeded(TINY));
    expect((await failure(engine.selfCheck('a'))).message).toBe('network A has no card with a self-check');
  });

  it.each([
    ['missing', new Response('', { status: 404, statusText: 'Not Found' }), 'weights-unavailable', '404 Not Found'],
    [
      'a page',
      new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
      'weights-unavailable',
      'page',
    ],
    ['truncated', tinyCard().bytes.slice(0, 1000), 'weights-corrupt', 'got 1,000 of'],
    ['altered', tinyCard().bytes.map((byte, i) => (i === 3000 ? byte ^ 1 : byte)), 'weights-corrupt', 'SHA-256'],
    ['too long', new Uint8Array(1e6), 'weights-corrupt', 'longer'],
  ])('that are %s fail by that name', async (_, body, code, words) => {
    make({ fetch: serverOf(body).fetch });
    const error = await failure(engine.load('a', request()));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(error.message).toContain('tiny.safetensors');
  });

  it('say that the server cannot be reached', async () => {
    make({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
    const error = await failure(engine.load('a', request()));
    expect(error).toMatchObject({ code: 'weights-unavailable', details: [URL_OF_CARD] });
  });

  it('come from the cache the second time, and again from the server when the cache was altered', async () => {
    const server = serverOf(tinyCard().bytes, tinyCard().bytes);
    const caches = memoryCaches();
    make({ fetch: server.fetch, caches });
    expect((await engine.load('a', request())).fromCache).toBe(false);
    expect((await engine.load('a', request())).fromCache).toBe(true);
    expect(server.asked).toHaveLength(1);
    const [key = ''] = caches.entries.keys();
    expect(key).toBe(`${URL_OF_CARD}?sha256=${tinyCard().card.sha256}`);
    caches.entries.set(key, new Uint8Array(5));
    expect((await engine.load('a', request())).fromCache).toBe(false);
    expect(server.asked).toHaveLength(2);
  });

  it('are fetched again after they gave other logits than the card, and the network before them stays', async () => {
    const server = serverOf(tinyCard().bytes, tinyCard().bytes);
    const caches = memoryCaches();
    make({ fetch: server.fetch, caches });
    await engine.load('a', seeded(TINY));
    const { card } = tinyCard();
    const logits = card.selfCheck.logits.map((logit) => 1.01 * logit);
    const wrong = { ...card, selfCheck: { ...card.selfCheck, logits } };
    const error = await failure(
      engine.load('a', { network: TINY, weights: { kind: 'card', card: wrong, url: URL_OF_CARD } }),
    );
    expect(error).toMatchObject({ code: 'weights-corrupt', message: expect.stringContaining('0.1 % is allowed') });
    expect(caches.entries.size).toBe(0);
    expect((await engine.run('a', INPUT)).logits).toHaveLength(3);
    expect((await engine.load('a', request())).fromCache).toBe(false);
    expect(server.asked).toHaveLength(2);
  });

  it('load without a cache that fails or is full', async () => {
    const broken = { open: () => Promise.reject(new DOMException('denied', 'SecurityError')) };
    make({ fetch: serverOf(tinyCard().bytes).fetch, caches: broken });
    expect((await engine.load('a', request())).fromCache).toBe(false);
    const full = memoryCaches();
    full.full = true;
    await engine.dispose();
    make({ fetch: serverOf(tinyCard().bytes).fetch, caches: full });
    expect((await engine.load('a', request())).fromCache).toBe(false);
  });
});

describe('a file of weights', () => {
  it('that does not fit is refused with a line for every tensor', async () => {
    const { bytes } = tinyCard();
    const load = engine.load('a', {
      network: TINY_LAST,
      weights: { kind: 'file', file: new Blob([bytes]), name: 'my.safetensors' },
    });
    const error = await failure(load);
    expect(error.code).toBe('weights-mismatch');
    expect(error.details).toContainEqual(
      expect.stringMatching(/^features\.denseblock1\.transition\.conv\.weight .*missing/),
    );
    expect(error.details.length).toBeGreaterThan(5);
  });

  it('that is none, or holds numbers that are none, is refused with the reason', async () => {
    const text = engine.load('a', {
      network: TINY,
      weights: { kind: 'file', file: new Blob(['hello']), name: 'my.safetensors' },
    });
    expect(await failure(text)).toMatchObject({ code: 'weights-corrupt' });
    const weights = new Map([['classifier.bias', new Float32Array([1, NaN, 2])]]);
    const file = new Blob([safetensorsOf(TINY, weights)]);
    const nan = await failure(
      engine.load('a', { network: TINY, weights: { kind: 'file', file, name: 'my.safetensors' } }),
    );
    expect(['weights-mismatch', 'weights-corrupt']).toContain(nan.code);
  });
});

describe('memory', () => {
  it('is constant over 200 runs and over 20 switches', async () => {
    await engine.load('a', seeded(TINY));
    await engine.load('b', seeded(TINY_LAST));
    const loaded = await engine.memory();
    expect(loaded).toMatchObject({ ownResources: 0, bitmaps: 0 });
    for (let i = 0; i < 200; i++) {
      await engine.run(
        i % 2 ? 'a' : 'b',
        INPUT,
        i % 10 ? {} : { activations: 'stages', classActivation: 1, stageTimes: true },
      );
    }
    expect(await engine.memory()).toEqual(loaded);
    for (let i = 0; i < 20; i++) await engine.load('a', seeded(i % 2 ? TINY : TINY_LAST, i));
    expect(await engine.memory()).toEqual(loaded);
  });
});

describe('a lost device', () => {
  it('fails what waits and what comes, and is told once', async () => {
    const reasons: string[] = [];
    engine = new LocalEngine({ choice: { backend: 'cpu' }, onLost: (reason) => reasons.push(reason) });
    await engine.load('a', seeded(TINY));
    const waiting = failure(engine.run('a', INPUT));
    await engine.loseDevice();
    expect((await waiting).code).toBe('device-lost');
    expect((await failure(engine.run('a', INPUT))).code).toBe('device-lost');
    expect((await failure(engine.load('b', seeded(TINY)))).code).toBe('device-lost');
    expect(reasons).toHaveLength(1);
  });
});

/** A CacheStorage in memory. */
function memoryCaches() {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const cache = {
    match: (key: string) => {
      const bytes = entries.get(key);
      return Promise.resolve(bytes && new Response(bytes));
    },
    put: async (key: string, response: Response) => {
      if (storage.full) throw new DOMException('full', 'QuotaExceededError');
      entries.set(key, new Uint8Array(await response.arrayBuffer()));
    },
    delete: (key: string) => Promise.resolve(entries.delete(key)),
  };
  const storage = { entries, full: false, open: () => Promise.resolve(cache as Partial<Cache> as Cache) };
  return storage;
}
