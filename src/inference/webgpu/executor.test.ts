/** The kernels against the float64 reference, every node that can be read, on Dawn in Node. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { readCard } from '../../weights/card';
import { fitWeights } from '../../weights/fit';
import { readSafetensors } from '../../weights/safetensors';
import { selfCheckInput } from '../../weights/selfCheck';
import { softmax } from '../../weights/calibrate';
import { fromF16, toF16 } from '../../weights/halfFloats';
import { channelsFirst, channelsLast } from '../layout';
import { TRUSTED_HALF } from '../makeExecutor';
import { valuesOf } from '../networkInput';
import type { Levels } from '../networkInput';
import { fuse } from '../plan/fuse';
import { place } from '../plan/place';
import { dawnDevice, dawnHost } from '../../../bench/dawn';
import { expectPooled } from '../testing/pooled';
import { randomNumbers, randomWeights, referenceOutputs, relativeDifference } from '../testing/reference';
import { compile, KernelExecutor } from './executor';
import type { KernelHost } from './executor';
import type { Tile } from './convolution';
import type { Precision } from './wgsl';
import type { TileTable } from './tiles';

const found = await dawnDevice();
const MODELS = new URL('../../../public/models/', import.meta.url);
const TRAINED = readdirSync(MODELS).filter((file) => file.endsWith('.json') && file !== 'index.json');

const EVEN = 'growth=8,blocks=2-2,stem=8,classes=4,size=21';
const ODD = 'growth=5,blocks=2-1-2,stem=10,classes=7,size=37,gamma=0.3';
const WIDE = 'growth=5,blocks=2-1-2,stem=30,classes=7,size=37,gamma=0.3';
const THIN = 'growth=12,blocks=2-3,stem=4,classes=7,size=33';
const CASES = [
  `densenet@${EVEN}`,
  `densenet@growth=5,blocks=2-1-2,stem=10,classes=7,size=37`,
  ...['standard', 'first', 'last'].flatMap((fusion) => [
    `cspdensenet-${fusion}@${EVEN}`,
    `cspdensenet-${fusion}@${ODD}`,
    `cspdensenet-${fusion}@definition=listing,growth=5,blocks=2-1-2,stem=10,classes=7,size=37`,
  ]),
  `cspdensenet-last@definition=listing,pool=yes,${EVEN}`,
  ...['standard', 'first', 'last'].map((fusion) => `cspdensenet-${fusion}@${WIDE}`),
  // So thin that all feature maps lie in one buffer.
  `densenet@${THIN}`,
  ...['standard', 'first', 'last'].map((fusion) => `cspdensenet-${fusion}@${THIN},gamma=0.3`),
  // 1×1 maps at the end, and stages without dense channels to speak of.
  'cspdensenet-last@growth=4,blocks=1-1-1,stem=6,classes=3,size=13,gamma=0.5',
];

/** Tables that give every family and size the same tile. */
const every = (tile: Tile): TileTable => new Proxy({}, { get: () => tile });
/** Small ones: a software adapter compiles large programs for seconds. */
const SMALL: Tile = { pixels: 3, groups: 1, shares: 1, quads: false, workgroup: 64 };
const OTHERS: readonly Tile[] = [
  { pixels: 2, groups: 2, shares: 4, quads: false, workgroup: 32 },
  { pixels: 1, groups: 1, shares: 64, quads: false, workgroup: 64 },
  { pixels: 2, groups: 1, shares: 1, quads: true, workgroup: 16 },
];
/** Compiling is most of it, and slow on a busy machine. */
const LONG = 120_000;

async function exampleOf(text: string, host: KernelHost) {
  const network = buildNetwork(parseNetwork(text));
  const weights = randomWeights(network, 3);
  const { size } = network.spec;
  const random = randomNumbers(5);
  const input = Float32Array.from({ length: 3 * size * size }, () => random() * 2 - 1);
  const placement = place(fuse(network));
  const { executor } = await KernelExecutor.create(host, compile(host, placement), weights);
  return { network, weights, input, values: channelsLast(input, 1, 3), executor };
}

describe.skipIf(!found)('kernels on Dawn, skipped where there is no Vulkan driver', { timeout: LONG }, () => {
  let host: KernelHost;
  const hostWith = (tile: Tile, precision: Precision = 'float32') => {
    if (!found) throw new Error('no device');
    return dawnHost(found.device, precision, { table: every(tile) });
  };
  beforeAll(() => {
    host = hostWith(SMALL);
  });

  it.each(CASES)('%s: every output is the reference’s', async (text) => {
    const { network, weights, input, values, executor } = await exampleOf(text, host);
    const expected = referenceOutputs(network, weights, input);
    const nodes = [...executor.outputs.available.keys()];
    const { logits, activations } = await executor.run(values, 1, { nodes });
    expect(relativeDifference(logits, expected.get('head/linear') ?? [])).toBeLessThan(2e-5);
    expect(activations.map(({ id }) => id)).toEqual(nodes);
    for (const { id, shape, values: given } of activations) {
      expect(shape, id).toEqual(network.byId.get(id)?.shape);
      expect(relativeDifference(given, expected.get(id) ?? []), id).toBeLessThan(2e-5);
    }
    await expectPooled(executor, values, expected);
    executor.dispose();
  });

  it.each(OTHERS.map((tile) => ({ tile })))('gives the same with tile $tile', async ({ tile }) => {
    const { network, weights, input, values, executor } = await exampleOf(
      `cspdensenet-standard@${ODD}`,
      hostWith(tile),
    );
    const expected = referenceOutputs(network, weights, input).get('head/linear') ?? [];
    const { logits } = await executor.run(values, 1, { nodes: [] });
    executor.dispose();
    expect(relativeDifference(logits, expected)).toBeLessThan(2e-5);
  });

  it.each([
    ['a buffer for each feature map', `cspdensenet-last@${WIDE}`, false],
    ['one for all', `cspdensenet-last@${THIN},gamma=0.3`, true],
  ])('runs a batch as it runs each picture, and one picture after it, with %s', async (_, text, together) => {
    const { network, input, values, executor } = await exampleOf(text, host);
    expect(executor.placement.together).toBe(together);
    const other = input.map((value) => -value);
    const { classes } = network.spec;
    const one = (await executor.run(values, 1, { nodes: [] })).logits;
    const two = (await executor.run(channelsLast(other, 1, 3), 1, { nodes: [] })).logits;
    const both = await executor.run(channelsLast(Float32Array.of(...input, ...other), 2, 3), 2, { nodes: [] });
    expect(both.logits.subarray(0, classes)).toEqual(one);
    expect(both.logits.subarray(classes)).toEqual(two);
    expect((await executor.run(values, 1, { nodes: [] })).logits).toEqual(one);
    executor.dispose();
  });

  it.each([`cspdensenet-last@${ODD}`, `cspdensenet-last@${THIN},gamma=0.3`])(
    '%s takes levels as it takes the values that they become, alone and in a batch',
    async (text) => {
      const { network, executor } = await exampleOf(text, host);
      const { size, classes } = network.spec;
      const picture = (step: number): Levels => ({
        levels: Uint8ClampedArray.from({ length: 3 * size ** 2 }, (_, i) => (step * i) % 256),
        mean: [0.485, 0.456, 0.406],
        std: [0.229, 0.224, 0.225],
      });
      const [one, two] = [picture(89), picture(151)];
      const given = await executor.run(one, 1, { nodes: ['input', 'stem/pool'] });
      const expected = await executor.run(valuesOf(one), 1, { nodes: ['input', 'stem/pool'] });
      expect(given.logits).toEqual(expected.logits);
      // To the last bit, by a table.
      expect(given.activations).toEqual(expected.activations);
      const both = { ...one, levels: Uint8ClampedArray.of(...one.levels, ...two.levels) };
      const { logits } = await executor.run(both, 2, { nodes: [] });
      expect(logits.subarray(0, classes)).toEqual(given.logits);
      expect(logits.subarray(classes)).toEqual((await executor.run(two, 1, { nodes: [] })).logits);
      // Values after levels are not preprocessed, and the other way round.
      expect((await executor.run(valuesOf(one), 1, { nodes: [] })).logits).toEqual(given.logits);
      expect((await executor.timeStages(one, 1)).stageTimes.map(({ stage }) => stage)).toContain('stem');
      executor.dispose();
    },
  );

  it.each([2, 7, 64, 150])('gives the probabilities of %i classes, of every picture of a batch', async (classes) => {
    const text = `densenet@growth=4,blocks=1-1,stem=4,classes=${classes},size=12`;
    const { input, executor } = await exampleOf(text, host);
    const values = channelsLast(Float32Array.of(...input, ...input.map((value) => 9 * value)), 2, 3);
    for (const temperature of [1, 0.25]) {
      const { logits, probabilities } = await executor.run(values, 2, { nodes: [], temperature });
      const [one, two] = [logits.subarray(0, classes), logits.subarray(classes)];
      const expected = Float32Array.of(...softmax(one, temperature), ...softmax(two, temperature));
      expect(relativeDifference(probabilities ?? [], expected)).toBeLessThan(2e-6);
    }
    expect(await executor.run(values, 2, { nodes: [] })).not.toHaveProperty('probabilities');
    executor.dispose();
  });

  it('rounds values of levels, but not probabilities, where float16 is emulated', async () => {
    const { network, executor } = await exampleOf(`cspdensenet-first@${EVEN}`, hostWith(SMALL, 'rounded'));
    const levels = Uint8ClampedArray.from({ length: 3 * network.spec.size ** 2 }, (_, i) => (89 * i) % 256);
    const input: Levels = { levels, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
    const {
      logits,
      probabilities = [],
      activations,
    } = await executor.run(input, 1, { nodes: ['input'], temperature: 2 });
    executor.dispose();
    const [values = new Float32Array()] = activations.map((one) => one.values);
    expect(values).toEqual(fromF16(toF16(channelsFirst(valuesOf(input), 3))));
    expect(relativeDifference(probabilities, softmax(logits, 2))).toBeLessThan(2e-6);
  });

  it('keeps to one submit, and to the dispatches that were asked for', async () => {
    const { network, values, executor } = await exampleOf(`cspdensenet-first@${EVEN}`, host);
    const dispatched = vi.spyOn(globalThis.GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    const submitted = vi.spyOn(host.store.gpu.queue, 'submit');
    const count = async (work: Promise<unknown>) => {
      dispatched.mockClear();
      submitted.mockClear();
      await work;
      return [dispatched.mock.calls.length, submitted.mock.calls.length];
    };
    const steps = executor.placement.steps.length;
    const levels = {
      levels: new Uint8ClampedArray(3 * network.spec.size ** 2),
      mean: [0, 0, 0],
      std: [1, 1, 1],
    } as const;
    expect(await count(executor.run(values, 1, { nodes: [] }))).toEqual([steps, 1]);
    expect(await count(executor.run(levels, 1, { nodes: [] }))).toEqual([steps + 1, 1]);
    expect(await count(executor.run(levels, 1, { nodes: [], temperature: 1 }))).toEqual([steps + 2, 1]);
    dispatched.mockRestore();
    submitted.mockRestore();
    executor.dispose();
  });

  it('refuses a batch that does not fit, names the limit, and goes on with what does', async () => {
    const { input, values, executor } = await exampleOf(`cspdensenet-last@${ODD}`, host);
    const { logits } = await executor.run(values, 1, { nodes: [] });
    const { bytes } = executor.memory();
    await expect(executor.run(new Float32Array(), 10_000_000, { nodes: [] })).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/a batch takes 10000000, the GPU's maxComputeWorkgroupsPerDimension/),
    });
    expect((await executor.run(values, 1, { nodes: [] })).logits).toEqual(logits);
    const three = channelsLast(Float32Array.of(...input, ...input, ...input), 3, 3);
    await executor.run(three, 3, { nodes: [] });
    expect(executor.memory().bytes).toBeGreaterThan(bytes);
    expect((await executor.run(values, 1, { nodes: [] })).logits).toEqual(logits);
    expect(executor.memory().bytes).toBe(bytes);
    executor.dispose();
  });

  it('makes its buffers anew after the device refused them', async () => {
    let refused = false;
    const failing: KernelHost = {
      ...host,
      async checked(work) {
        const value = await host.checked(work);
        if (!refused) return value;
        refused = false;
        throw new Error('out of memory');
      },
    };
    const { input, values, executor } = await exampleOf(`cspdensenet-last@${ODD}`, failing);
    const { logits } = await executor.run(values, 1, { nodes: [] });
    const two = channelsLast(Float32Array.of(...input, ...input), 2, 3);
    refused = true;
    await expect(executor.run(two, 2, { nodes: [] })).rejects.toThrow('out of memory');
    const made = vi.spyOn(host.store.gpu, 'createBuffer');
    await executor.run(two, 2, { nodes: [] });
    expect(made).toHaveBeenCalled();
    made.mockRestore();
    expect((await executor.run(values, 1, { nodes: [] })).logits).toEqual(logits);
    executor.dispose();
  });

  it('gives the class activation map whose mean with the bias is the logit, and refuses unknown classes', async () => {
    const { weights, values, executor } = await exampleOf(`cspdensenet-first@${EVEN}`, host);
    const { logits, classActivation } = await executor.run(values, 1, { nodes: [], classActivation: 2 });
    const map = classActivation?.values ?? new Float32Array();
    const mean = map.reduce((sum, value) => sum + value, 0) / map.length;
    expect(mean + (weights.get('classifier.bias')?.[2] ?? NaN)).toBeCloseTo(logits[2] ?? NaN, 4);
    await expect(executor.run(values, 1, { nodes: [], classActivation: 9 })).rejects.toThrow('classes 0 to 3');
    executor.dispose();
  });

  it('shows values in the order of the plan, times every stage, and stops when told to', async () => {
    const { values, executor } = await exampleOf(`cspdensenet-standard@${EVEN}`, host);
    const shown: string[] = [];
    const live = new AbortController();
    const wanted = new Set(['stage1/merge', 'input', 'stage1/dense1/conv2']);
    await executor.visit(values, wanted, async (id) => void shown.push(id), live.signal);
    expect(shown).toEqual(['input', 'stage1/dense1/conv2', 'stage1/merge']);
    const { stageTimes, ms } = await executor.timeStages(values, 1);
    expect(stageTimes.map(({ stage }) => stage)).toEqual(['stem', 'stage1', 'stage2', 'head']);
    expect(ms).toBeGreaterThan(0);
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(executor.visit(values, wanted, async () => undefined, stop)).rejects.toThrow('enough');
    executor.dispose();
    await expect(executor.run(values, 1, { nodes: [] })).rejects.toThrow('unloaded');
  });

  it('holds the same buffers however often it runs, and none when it is disposed', async () => {
    const { values, executor } = await exampleOf(`densenet@${EVEN}`, host);
    const before = executor.memory();
    expect(before.buffers).toBeGreaterThan(0);
    for (let run = 0; run < 5; run++) await executor.run(values, 1, { nodes: ['stem/pool'], classActivation: 'top' });
    expect(executor.memory()).toEqual(before);
    executor.dispose();
    expect(executor.memory()).toEqual({ buffers: 0, bytes: 0 });
  });

  it('names the parameter that is missing, and leaves nothing behind', async () => {
    const network = buildNetwork(parseNetwork(`densenet@${EVEN}`));
    const weights = randomWeights(network, 3);
    weights.delete('features.norm5.bias');
    const compiling = compile(host, place(fuse(network)));
    await expect(KernelExecutor.create(host, compiling, weights)).rejects.toThrow('features.norm5.bias');
  });

  it.each(TRAINED)('float16 would keep %s within what is allowed of its card, and its answer', async (file) => {
    const card = readCard(JSON.parse(readFileSync(new URL(file, MODELS), 'utf8')), file);
    const network = buildNetwork(parseNetwork(card.network));
    const fit = fitWeights(network, readSafetensors(readFileSync(new URL(card.file, MODELS))));
    if (!fit.ok) throw new Error(`${card.file} does not fit`);
    const rounding = hostWith(SMALL, 'rounded');
    const { executor } = await KernelExecutor.create(rounding, compile(rounding, place(fuse(network))), fit.weights);
    const { logits } = await executor.run(channelsLast(selfCheckInput(card), 1, 3), 1, { nodes: [] });
    executor.dispose();
    const expected = card.selfCheck.logits;
    expect(relativeDifference(logits, expected)).toBeLessThan(TRUSTED_HALF);
    expect(logits.indexOf(Math.max(...logits))).toBe(expected.indexOf(Math.max(...expected)));
  });

  it('rounds to float16 where that is emulated: near the reference, and not the same', async () => {
    const { network, weights, input, values, executor } = await exampleOf(
      `cspdensenet-first@${EVEN}`,
      hostWith(SMALL, 'rounded'),
    );
    const expected = referenceOutputs(network, weights, input).get('head/linear') ?? [];
    const { logits } = await executor.run(values, 1, { nodes: [] });
    executor.dispose();
    const difference = relativeDifference(logits, expected);
    expect(difference).toBeGreaterThan(1e-5);
    expect(difference).toBeLessThan(1e-2);
  });
});
