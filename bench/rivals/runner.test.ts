import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { NOT_AVAILABLE } from './protocol';
import type { Rival, TimedRun } from './protocol';
import type { BenchReport, Machine } from './results';
import type { Entry, RivalName } from './rivals';
import { runBench } from './runner';
import { SLOW_FROM_MS } from './schedule';

const NETWORK = 'cspdensenet-first@growth=4,blocks=2-2,stem=8,classes=5,size=32';
const machine: Machine = { userAgent: 'test', adapter: null, software: false, cores: 2, isolated: true };

/** Both inputs differ in their second number. */
const logitsOf = (values: Float32Array) => Float32Array.of(1, values[1] ?? 0, 3);

const ended: RivalName[] = [];
/** Which rival ran, in order. */
let runs: RivalName[] = [];
const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  ended.length = 0;
  runs = [];
});

/** A rival that lives on this thread. */
function fake(
  name: RivalName,
  run: (values: Float32Array, turn: number) => TimedRun,
  { errors = 0, prepare = () => {} } = {},
): Entry {
  return {
    name,
    title: name,
    gpu: name !== 'ort-wasm',
    variant: 'fake',
    start() {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1, port2);
      let turn = 0;
      const rival: Rival = {
        async prepare() {
          prepare();
          await Promise.resolve();
          return { startMs: 1, settings: 'fake' };
        },
        async run(values) {
          runs.push(name);
          await Promise.resolve();
          return run(values, turn++);
        },
        usage: () =>
          Promise.resolve({ dispatches: 7 * turn, submits: turn, peakBytes: 1000, errors, firstError: 'rejected' }),
        codeSize: () => Promise.resolve({ bytes: 10, gzipBytes: 5 }),
      };
      expose(rival, port2);
      port1.start();
      return {
        postMessage: (message: unknown, transfer: Transferable[] = []) => port1.postMessage(message, transfer),
        addEventListener: port1.addEventListener.bind(port1),
        removeEventListener: port1.removeEventListener.bind(port1),
        terminate: () => ended.push(name),
      };
    },
  };
}

const right = (values: Float32Array, ms: number): TimedRun => ({ logits: logitsOf(values), ms });

function bench(entries: readonly Entry[], signal = new AbortController().signal, asked = entries) {
  return runBench(
    { networks: [NETWORK], rivals: asked.map(({ name }) => name), rounds: { fast: 6, slow: 2 } },
    { cards: [], weightsUrl: () => '', machine, entries, signal, onProgress: () => undefined },
  );
}

describe('the benchmark', () => {
  it('times right rivals round by round, slow ones less often, and counts what a run asks of the GPU', async () => {
    const report = await bench([
      fake('kernels', (values, turn) => right(values, 500 + turn)),
      fake('tfjs', (values) => right(values, SLOW_FROM_MS + 1)),
      fake('ort-wasm', (values) => right(values, 600)),
    ]);
    const [result] = report.networks;
    expect(result).toMatchObject({ network: NETWORK, weights: 'seeded', size: 32, reference: 'ort-wasm' });
    expect(result?.rows.map(({ status, times }) => [status, times?.length])).toEqual([
      ['ok', 6],
      ['ok', 2],
      ['ok', 6],
    ]);
    // First runs on both inputs and three of warm-up are not counted.
    expect(result?.rows[0]).toMatchObject({ times: [505, 506, 507, 508, 509, 510], dispatches: 7, submits: 1 });
    expect(result?.rows[0]).toMatchObject({ firstRunMs: 500, peakGpuBytes: 1000, difference: 0 });
    expect(report).not.toHaveProperty('notRun');
    // Interleaved: in the timed rounds nobody runs twice in a row while the others wait.
    const timed = runs.slice(-14).join(' ');
    expect(timed).not.toContain('kernels kernels kernels');
    expect(ended.toSorted()).toEqual(['kernels', 'ort-wasm', 'tfjs']);
  });

  it('times one in full that was slow in no more than its first runs', async () => {
    const ms = [60_000, 36_000, SLOW_FROM_MS + 1, 1500, 600];
    const report = await bench([
      fake('kernels', (values) => right(values, 600)),
      fake('tfjs', (values, turn) => right(values, ms[turn] ?? 600)),
      fake('ort-wasm', (values) => right(values, 600)),
    ]);
    expect(report.networks[0]?.rows[1]?.times).toEqual([600, 600, 600, 600, 600, 600]);
  });

  it('marks a report that was told before the end', async () => {
    const told: BenchReport[] = [];
    const entries = [fake('ort-wasm', (values) => right(values, 600))];
    const other = NETWORK.replace('size=32', 'size=40');
    const whole = await runBench(
      { networks: [NETWORK, other], rivals: ['ort-wasm'], rounds: { fast: 1, slow: 1 } },
      {
        cards: [],
        weightsUrl: () => '',
        machine,
        entries,
        signal: new AbortController().signal,
        onProgress: () => undefined,
        onReport: (soFar) => told.push(soFar),
      },
    );
    expect(told.map(({ notRun }) => notRun)).toEqual([[other], undefined]);
    expect(whole).not.toHaveProperty('notRun');
  });

  it('does not time a rival whose logits are wrong, and says what the GPU said', async () => {
    const garbage = fake('ort-list', () => ({ logits: Float32Array.of(1, 0, 9), ms: 1 }), { errors: 2 });
    const report = await bench([garbage, fake('ort-wasm', (values) => right(values, 600))]);
    const row = report.networks[0]?.rows[0];
    expect(row).toMatchObject({ status: 'wrong', difference: 2 });
    expect(row?.message).toMatch(/differ by 2\.0e\+0 .*2 errors of the GPU, the first: rejected/);
    expect(row).not.toHaveProperty('times');
  });

  it('catches one that answers with the logits of the run before, or goes wrong while it is timed', async () => {
    let last = Float32Array.of(1, 2, 3);
    const stale = fake('ort-best', (values) => {
      const logits = last;
      last = logitsOf(values);
      return { logits, ms: 600 };
    });
    const late = fake('ort', (values, turn) =>
      turn < 7 ? right(values, 600) : { logits: new Float32Array(3), ms: 1 },
    );
    const report = await bench([stale, late, fake('ort-wasm', (values) => right(values, 600))]);
    expect(report.networks[0]?.rows.map(({ status, summary }) => [status, summary === undefined])).toEqual([
      ['wrong', true],
      ['wrong', true],
      ['ok', false],
    ]);
  });

  it('lists one that fails or is not there, and takes another reference where the usual one fails', async () => {
    const fail = (message: string) => () => {
      throw new Error(message);
    };
    const report = await bench([
      fake('kernels', (values) => right(values, 600), { prepare: fail(`${NOT_AVAILABLE}no adapter`) }),
      fake('stock', (values) => right(values, 600)),
      fake('tfjs', fail('out of memory:\n  1 GB\n')),
      fake('ort-wasm', (values) => right(values, 600), { prepare: fail('no wasm') }),
    ]);
    expect(report.networks[0]?.reference).toBe('stock');
    expect(report.networks[0]?.rows.map(({ status, message }) => [status, message])).toEqual([
      ['missing', 'no adapter'],
      ['ok', undefined],
      ['failed', 'out of memory: 1 GB'],
      ['failed', 'no wasm'],
    ]);
  });

  it('compares with the reference without showing it where nobody asked for it', async () => {
    const entries = [fake('kernels', (values) => right(values, 600)), fake('ort-wasm', (values) => right(values, 600))];
    const report = await bench(entries, undefined, entries.slice(0, 1));
    expect(report.networks[0]).toMatchObject({ reference: 'ort-wasm', rows: [{ rival: 'kernels', status: 'ok' }] });
    expect(report.networks[0]?.rows).toHaveLength(1);
  });

  it('ends every worker when it is cancelled', async () => {
    const controller = new AbortController();
    const entries = [
      fake('kernels', (values) => {
        controller.abort();
        return right(values, 600);
      }),
      fake('ort-wasm', (values) => right(values, 600)),
    ];
    await expect(bench(entries, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(new Set(ended)).toEqual(new Set(['kernels', 'ort-wasm']));
  });
});
