import { BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-cpu';
import { backend, memory, registerKernel, setBackend, tensor, unregisterKernel } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { channelsLast } from '../layout';
import { buildPlan } from '../plan/buildPlan';
import type { PlanOp } from '../plan/plan';
import { randomNumbers, randomWeights, referenceOutputs, relativeDifference } from '../testing/reference';
import { openCpu } from './cpu';
import { StockExecutor } from './executor';
import { firstValue, runStep } from './kernels';
import { rowProgram } from './rowProgram';
import { serveWasmKernels, wasmKernels } from './wasmKernels';

/** How often each of our kernels ran, so that no test passes on tfjs's own. */
const ran = vi.fn<(name: string) => void>();

beforeAll(async () => {
  setWasmPaths('node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  await setBackend('wasm');
  const wasm = backend();
  if (!(wasm instanceof BackendWasm)) throw new Error('the wasm backend did not start');
  serveWasmKernels(wasm);
  for (const kernel of wasmKernels) {
    unregisterKernel(kernel.kernelName, 'wasm');
    const kernelFunc: typeof kernel.kernelFunc = (call) => {
      ran(kernel.kernelName);
      return kernel.kernelFunc(call);
    };
    registerKernel({ ...kernel, kernelFunc });
  }
});

interface Values {
  readonly shape: number[];
  readonly values: Float32Array;
}

function randomValues(shape: number[], seed: number): Values {
  const random = randomNumbers(seed);
  const length = shape.reduce((product, extent) => product * extent, 1);
  return { shape, values: Float32Array.from({ length }, () => random() * 4 - 2) };
}

/** Result of a step on a backend, its inputs' values afterwards, and what it left behind. */
async function runOn(name: 'wasm' | 'cpu', run: (inputs: readonly Tensor[]) => Tensor, values: readonly Values[]) {
  await setBackend(name);
  const { numTensors } = memory();
  const inputs = values.map((each) => tensor(each.values, each.shape));
  const made = run(inputs);
  const result = {
    shape: made.shape,
    values: [...made.dataSync()],
    inputs: inputs.map((each) => [...each.dataSync()]),
  };
  for (const each of [made, ...inputs]) each.dispose();
  expect(memory().numTensors).toBe(numTensors);
  return result;
}

/** The same on both backends, and which of our kernels ran. */
async function runOnBoth(run: (inputs: readonly Tensor[]) => Tensor, values: readonly Values[]) {
  ran.mockClear();
  const own = await runOn('wasm', run, values);
  return { own, kernels: ran.mock.calls.flat(), expected: await runOn('cpu', run, values) };
}

const stepOf = (op: PlanOp) => (inputs: readonly Tensor[]) => runStep(op, inputs, undefined);

describe('concat on wasm', () => {
  const PARTS = [
    [1, 1],
    [3, 5],
    [4, 4],
    [7, 32],
    [64, 32],
    [33, 2],
    [2, 9, 1],
    [5, 0, 6],
  ];
  it.each(PARTS.map((widths) => [widths]))('of %j channels is tfjs’s on cpu', async (widths) => {
    for (const [batch, height, width] of [
      [1, 1, 1],
      [2, 3, 5],
      [1, 7, 7],
    ] as const) {
      const values = widths.map((channels, at) => randomValues([batch, height, width, channels], at + 1));
      const { own, kernels, expected } = await runOnBoth(stepOf({ kind: 'concat' }), values);
      expect(kernels).toEqual(['Concat']);
      expect(own).toEqual(expected);
    }
  });

  it('moves every bit pattern as it is', async () => {
    const odd = Float32Array.from([NaN, -0, Infinity, 1e-45, -Infinity]);
    const part = { shape: [1, 1, 1, 5], values: odd };
    await setBackend('wasm');
    const inputs = [part, part].map((each) => tensor(each.values, each.shape));
    const made = stepOf({ kind: 'concat' })(inputs);
    expect([...made.dataSync()]).toEqual([...odd, ...odd]);
    for (const each of [made, ...inputs]) each.dispose();
  });

  it('says which shapes do not fit', async () => {
    await setBackend('wasm');
    const [concat] = wasmKernels;
    const shapes = [
      [1, 2, 3, 4],
      [1, 3, 2, 4],
    ];
    const inputs = shapes.map((shape) => tensor(randomValues(shape, 1).values, shape));
    const named = Object.fromEntries(inputs.map((each, at) => [at, each]));
    expect(() => concat?.kernelFunc({ inputs: named, backend: backend(), attrs: { axis: 3 } })).toThrow(
      '[1,3,2,4] cannot be joined to [1,2,3,4]',
    );
    expect(() => concat?.kernelFunc({ inputs: named, backend: backend(), attrs: { axis: 2 } })).toThrow('axis 3 only');
    expect(() => concat?.kernelFunc({ inputs: named, backend: {}, attrs: { axis: 3 } })).toThrow('not prepared');
    for (const each of inputs) each.dispose();
  });
});

describe('slice on wasm', () => {
  it.each([
    [8, 0, 4],
    [8, 4, 8],
    [7, 3, 7],
    [7, 0, 1],
    [7, 2, 3],
    [5, 0, 5],
    [64, 31, 64],
    [1, 0, 1],
  ])('of %i channels from %i to %i is tfjs’s on cpu', async (channels, from, to) => {
    for (const place of [
      [1, 1, 1],
      [2, 3, 5],
    ]) {
      const values = [randomValues([...place, channels], 3)];
      const { own, kernels, expected } = await runOnBoth(stepOf({ kind: 'slice', from, to }), values);
      expect(kernels).toEqual(['Slice']);
      expect(own).toEqual(expected);
    }
  });

  it('takes the first value', async () => {
    const first = ([x]: readonly Tensor[]) => {
      if (!x) throw new Error('no input');
      return firstValue(x);
    };
    for (const shape of [
      [2, 3, 5, 7],
      [1, 9],
    ]) {
      const { own, kernels, expected } = await runOnBoth(first, [randomValues(shape, 4)]);
      expect(kernels).toEqual(['Slice']);
      expect(own).toEqual(expected);
    }
  });

  it('refuses what it would cut wrongly', async () => {
    const values = randomValues([1, 3, 3, 4], 5);
    await expect(runOn('wasm', stepOf({ kind: 'slice', from: 2, to: 5 }), [values])).rejects.toThrow(
      'not [1,3,3,3] at [0,0,0,2] out of [1,3,3,4]',
    );
  });
});

describe('scale and ReLU on wasm', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 31, 64, 65])('of %i channels is tfjs’s on cpu', async (channels) => {
    const run = ([x, filter, bias]: readonly Tensor[]) => {
      if (!x || !filter || !bias) throw new Error('no input');
      return runStep({ kind: 'scaleRelu' }, [x], { filter, bias });
    };
    for (const place of [
      [1, 1, 1],
      [2, 3, 5],
    ]) {
      const values = [
        randomValues([...place, channels], 1),
        randomValues([1, 1, channels, 1], 2),
        randomValues([channels], 3),
      ];
      ran.mockClear();
      const own = await runOn('wasm', run, values);
      expect(ran.mock.calls).toEqual([['FusedDepthwiseConv2D']]);
      // Plain JavaScript adds in float64.
      const [x, filter, bias] = values.map((each) => each.values);
      const expected = x?.map((value, at) => {
        const channel = at % channels;
        return Math.max(Math.fround(Math.fround(value * (filter?.[channel] ?? NaN)) + (bias?.[channel] ?? NaN)), 0);
      });
      expect(own.shape).toEqual([...place, channels]);
      expect(own.values).toEqual([...(expected ?? [])]);
      const cpu = await runOn('cpu', run, values);
      expect(relativeDifference(own.values, cpu.values)).toBeLessThan(1e-6);
    }
  });

  it('refuses another convolution', async () => {
    const values = [randomValues([1, 2, 2, 4], 1), randomValues([1, 1, 3, 1], 2), randomValues([4], 3)];
    const run = ([x, filter, bias]: readonly Tensor[]) => {
      if (!x || !filter || !bias) throw new Error('no input');
      return runStep({ kind: 'scaleRelu' }, [x], { filter, bias });
    };
    await expect(runOn('wasm', run, values)).rejects.toThrow('not [1,2,2,4] by [1,1,3,1] and [4]');
  });
});

describe('the row program', () => {
  it('works in the shared memory of threads, and writes nothing but its rows', () => {
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
    const own = new WebAssembly.Memory({ initial: 1 });
    for (const memory of [shared, own]) {
      const bytes = new Float32Array(memory.buffer);
      bytes.set(Float32Array.from({ length: 64 }, (_, at) => at + 1));
      const expected = [...bytes];
      rowProgram(memory).copyRows(4, 1024, 3, 20, 24, 36);
      for (let row = 0; row < 3; row++) {
        for (let at = 0; at < 5; at++) expected[256 + 9 * row + at] = 2 + 6 * row + at;
      }
      expect([...bytes]).toEqual(expected);
    }
  });
});

describe.each([
  'densenet@growth=3,stem=5,bottleneck=2,classes=4,blocks=2-3-1,size=33',
  'cspdensenet-standard@growth=3,stem=5,bottleneck=2,classes=4,blocks=2-3-1,size=33',
  'cspdensenet-last@growth=3,stem=5,bottleneck=2,classes=4,blocks=3-2,size=18,definition=listing,pool=yes',
  'cspdensenet-first@growth=3,stem=5,bottleneck=2,classes=4,blocks=4-1,size=18,gamma=0.875',
])('%s on wasm', (text) => {
  it('computes what the network computes, for each picture of a batch', async () => {
    const network = buildNetwork(parseNetwork(text));
    const weights = randomWeights(network, 5);
    const { size, classes } = network.spec;
    const pictures = [1, 2].map((seed) => randomValues([3, size, size], seed).values);
    // The executor works on whatever backend is current; the device only tells it how.
    const device = await openCpu();
    await setBackend('wasm');
    ran.mockClear();
    const { executor } = await StockExecutor.create(buildPlan(network), weights, device);
    const both = Float32Array.from(pictures.flatMap((picture) => [...picture]));
    const { logits } = await executor.run(channelsLast(both, 2, 3), 2, { nodes: [] });
    executor.dispose();
    expect(new Set(ran.mock.calls.flat())).toContain('Concat');
    for (const [at, picture] of pictures.entries()) {
      const expected = referenceOutputs(network, weights, picture).get('head/linear') ?? [];
      const found = logits.slice(at * classes, (at + 1) * classes);
      expect(relativeDifference(found, expected)).toBeLessThan(2e-5);
    }
  });
});
