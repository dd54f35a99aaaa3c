import { beforeAll, describe, expect, it } from 'vitest';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { buildPlan } from '../plan/buildPlan';
import { expectPooled } from '../testing/pooled';
import { randomNumbers, randomWeights, referenceOutputs, relativeDifference } from '../testing/reference';
import { openCpu } from './cpu';
import { tensorMemory } from './device';
import { StockExecutor } from './executor';
import type { PassingValue } from '../executor';
import { channelsLast } from '../layout';

beforeAll(openCpu);

const KNOBS = 'growth=3,stem=5,bottleneck=2,classes=4';
const NETWORKS = [
  `densenet@${KNOBS},blocks=2-3-1,size=33`,
  `cspdensenet-standard@${KNOBS},blocks=2-3-1,size=33`,
  `cspdensenet-first@${KNOBS},blocks=2-3-1,size=33`,
  `cspdensenet-last@${KNOBS},blocks=2-3-1,size=33`,
  `cspdensenet-last@${KNOBS},blocks=1-4,size=17,gamma=0`,
  `cspdensenet-first@${KNOBS},blocks=4-1,size=18,gamma=0.875`,
  `cspdensenet-first@${KNOBS},blocks=4-2,size=18,gamma=0.25,definition=listing`,
  `cspdensenet-last@${KNOBS},blocks=3-2,size=18,definition=listing,pool=yes`,
  `cspdensenet-last@${KNOBS},blocks=1-1,size=9,definition=listing,gamma=0`,
  `densenet@${KNOBS},blocks=1-1,size=5`,
  `densenet@${KNOBS},blocks=1,size=1`,
];

/** A network with random weights, and a random input [3,H,W]. */
function exampleOf(text: string) {
  const network = buildNetwork(parseNetwork(text));
  const random = randomNumbers(7);
  const { size } = network.spec;
  const input = Float32Array.from({ length: 3 * size * size }, () => random() * 4 - 2);
  return { network, plan: buildPlan(network), weights: randomWeights(network, 5), input };
}

describe.each(NETWORKS)('%s on cpu', (text) => {
  it('computes what the network computes node by node, at every node that has an output', async () => {
    const { network, plan, weights, input } = exampleOf(text);
    const expected = referenceOutputs(network, weights, input);
    const { executor } = await StockExecutor.create(plan, weights, await openCpu());
    const nodes = [...plan.available.keys()];
    const { logits, activations } = await executor.run(channelsLast(input, 1, 3), 1, { nodes });
    await expectPooled(executor, channelsLast(input, 1, 3), expected);
    executor.dispose();
    expect(activations.map(({ id }) => id)).toEqual(nodes);
    for (const { id, shape, values } of activations) {
      expect(shape, id).toEqual(network.byId.get(id)?.shape);
      expect(relativeDifference(values, expected.get(id) ?? []), id).toBeLessThan(2e-5);
    }
    expect(relativeDifference(logits, expected.get('head/linear') ?? [])).toBeLessThan(2e-5);
  });
});

describe('executor', () => {
  const text = `cspdensenet-first@${KNOBS},blocks=2-2,size=17`;

  it('leaves no tensor behind but its weights, and none when it is disposed', async () => {
    const { plan, weights, input } = exampleOf(text);
    const before = tensorMemory();
    const { executor } = await StockExecutor.create(plan, weights, await openCpu());
    const loaded = tensorMemory();
    expect(loaded.tensors).toBeGreaterThan(before.tensors);
    await executor.run(channelsLast(input, 1, 3), 1, { nodes: ['stem/pool', 'stage1/merge'], classActivation: 'top' });
    await executor.timeStages(channelsLast(input, 1, 3), 1);
    await expect(executor.run(channelsLast(input, 1, 3), 1, { nodes: [], classActivation: 9 })).rejects.toThrow(
      'classes 0 to 3',
    );
    await expect(executor.run(input.subarray(3), 1, { nodes: [] })).rejects.toThrow();
    expect(tensorMemory()).toEqual(loaded);
    executor.dispose();
    expect(tensorMemory()).toEqual(before);
    await expect(executor.run(input, 1, { nodes: [] })).rejects.toThrow('unloaded');
  });

  it('frees what it made when weights are missing', async () => {
    const { plan, weights } = exampleOf(text);
    const before = tensorMemory();
    weights.delete('classifier.bias');
    weights.delete('features.norm5.bias');
    await expect(StockExecutor.create(plan, weights, await openCpu())).rejects.toThrow('features.norm5.bias');
    expect(tensorMemory()).toEqual(before);
  });

  it('gives the class activation map whose mean with the bias is the logit', async () => {
    const { plan, weights, input } = exampleOf(text);
    const { executor } = await StockExecutor.create(plan, weights, await openCpu());
    const run = await executor.run(channelsLast(input, 1, 3), 1, { nodes: [], classActivation: 2 });
    executor.dispose();
    const map = run.classActivation;
    expect(map).toMatchObject({ classIndex: 2, height: 2, width: 2 });
    const mean = (map?.values.reduce((sum, value) => sum + value, 0) ?? NaN) / 4;
    expect(mean + (weights.get('classifier.bias')?.[2] ?? NaN)).toBeCloseTo(run.logits[2] ?? NaN, 5);
  });

  it('shows each value asked for once, in the order of the plan, goes no further, and frees all', async () => {
    const { plan, weights, input } = exampleOf(text);
    const { executor } = await StockExecutor.create(plan, weights, await openCpu());
    const { tensors } = tensorMemory();
    const wanted = ['stage1/merge', 'input', 'stage1/split/part2'];
    const { activations } = await executor.run(channelsLast(input, 1, 3), 1, { nodes: wanted });
    const shown = new Map<string, readonly number[]>();
    const values = channelsLast(input, 1, 3);
    const live = new AbortController();
    const visit = async (id: string, value: PassingValue) => {
      shown.set(id, Array.from(await value.read()));
    };
    await executor.visit(values, new Set(wanted), visit, live.signal);
    expect([...shown.keys()]).toEqual(['input', 'stage1/split/part2', 'stage1/merge']);
    for (const { id, shape, values: expected } of activations) {
      expect(shown.get(id), id).toEqual([...channelsLast(expected, 1, shape[0])]);
    }
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(executor.visit(values, new Set(['head/relu']), visit, stop)).rejects.toThrow('enough');
    expect(shown.has('head/relu')).toBe(false);
    expect(tensorMemory().tensors).toBe(tensors);
    executor.dispose();
    await expect(executor.visit(values, new Set(), visit, live.signal)).rejects.toThrow('unloaded');
  });

  it('times each stage once, in order', async () => {
    const { plan, weights, input } = exampleOf(text);
    const { executor } = await StockExecutor.create(plan, weights, await openCpu());
    const { stageTimes, ms, ...timing } = await executor.timeStages(channelsLast(input, 1, 3), 1);
    executor.dispose();
    expect(stageTimes.map(({ stage }) => stage)).toEqual(['stem', 'stage1', 'stage2', 'head']);
    expect(stageTimes.reduce((sum, entry) => sum + entry.ms, 0)).toBeLessThanOrEqual(ms);
    expect(timing).toEqual({ method: 'waiting', runs: 1, transfers: true });
  });

  it('stops between steps when it is told to', async () => {
    const { plan, weights, input } = exampleOf(text);
    const { executor } = await StockExecutor.create(plan, weights, await openCpu());
    const { tensors } = tensorMemory();
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(executor.run(channelsLast(input, 1, 3), 1, { nodes: [] }, stop)).rejects.toThrow('enough');
    expect(tensorMemory().tensors).toBe(tensors);
    executor.dispose();
  });
});
