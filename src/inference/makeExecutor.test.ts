/** When kernels are believed and when stock kernels take over, on Dawn for the ones and on cpu for the others. */
import { describe, expect, it } from 'vitest';
import { dawnDevice } from '../../bench/dawn';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import type { ModelCard } from '../weights/card';
import { channelsLast } from './layout';
import { ExecutorMaker } from './makeExecutor';
import { buildPlan } from './plan/buildPlan';
import { randomWeights } from './testing/reference';
import { TINY, tinyCard } from './testing/card';
import { openCpu } from './tfjs/cpu';
import { tensorMemory } from './tfjs/device';
import type { Device } from './tfjs/device';
import { StockExecutor } from './tfjs/executor';

const found = await dawnDevice();
const network = buildNetwork(parseNetwork(TINY));
const plan = buildPlan(network);
const weights = randomWeights(network, 11);
const live = new AbortController().signal;

async function deviceWith(gpu: GPUDevice): Promise<Device> {
  return { ...(await openCpu()), gpu, software: true };
}

describe.skipIf(!found)('kernels or stock, skipped where there is no Vulkan driver', { timeout: 120_000 }, () => {
  const gpu = () => {
    if (!found) throw new Error('no device');
    return found.device;
  };
  /** A GPU whose shaders say something else. */
  const mistaken = (right: string, wrong: string) =>
    new Proxy(gpu(), {
      get: (target, key) =>
        key === 'createShaderModule'
          ? ({ label = '', code = '' }) => target.createShaderModule({ label, code: code.replaceAll(right, wrong) })
          : bound(target, key),
    });
  const make = async (device: Device, card: ModelCard | undefined, given = weights) => {
    const maker = await ExecutorMaker.open(device, { backend: 'webgpu' }, undefined);
    const made = await maker.make(maker.begin(network), plan, given, card, () => undefined, live);
    return { maker, made };
  };

  it('runs kernels that agree with the card', async () => {
    const { made } = await make(await deviceWith(gpu()), tinyCard().card);
    expect(made).toMatchObject({ executor: 'kernels', verification: { state: 'verified', against: 'card' } });
    made.runner.dispose();
  });

  it('goes over to stock kernels where they disagree with the card, and says by how much', async () => {
    const { made } = await make(await deviceWith(mistaken('.x * w', '.x * 1.01 * w')), tinyCard().card);
    expect(made.executor).toBe('stock');
    expect(made.verification).toMatchObject({ state: 'refused' });
    expect(JSON.stringify(made.verification)).toMatch(/differ from the logits in its card by .* %.*0.1 % is allowed/);
    made.runner.dispose();
  });

  it('refuses a network whose card neither kernels agree with, and keeps nothing of it', async () => {
    const { card } = tinyCard();
    const logits = card.selfCheck.logits.map((logit, index) => (index === 0 ? logit * 1.01 : logit));
    const wrong = { ...card, selfCheck: { ...card.selfCheck, logits } };
    const { tensors } = tensorMemory();
    for (const device of [await deviceWith(gpu()), await openCpu()]) {
      await expect(make(device, wrong)).rejects.toMatchObject({
        code: 'weights-corrupt',
        message: expect.stringMatching(/on cpu .* differ from those in its card by .* %.*0.1 % is allowed/),
      });
    }
    expect(tensorMemory().tensors).toBe(tensors);
  });

  it.each([
    ['preprocessing', '& 255u', '& 254u'],
    ['softmax', '/ bitcast<f32>(p.temperature)', ''],
  ])('goes over to stock kernels where the %s gives other numbers than the CPU', async (_, right, wrong) => {
    for (const card of [tinyCard().card, undefined]) {
      const { maker, made } = await make(await deviceWith(mistaken(right, wrong)), card);
      const { executor: stock } = await StockExecutor.create(plan, weights, await openCpu());
      const verification = card ? made.verification : await maker.compare(made.runner, stock, live);
      expect(verification).toMatchObject({ state: 'refused', reason: expect.stringContaining('the CPU’s') });
      stock.dispose();
      made.runner.dispose();
    }
  });

  it('names the limit that a GPU falls short of', async () => {
    const limits: unknown = new Proxy(gpu().limits, {
      get: (target, key) => (key === 'maxBufferSize' ? 100 : Reflect.get(target, key, target)),
    });
    const small = new Proxy(gpu(), { get: (target, key) => (key === 'limits' ? limits : bound(target, key)) });
    const { made } = await make(await deviceWith(small), tinyCard().card);
    expect(made.executor).toBe('stock');
    expect(JSON.stringify(made.verification)).toMatch(
      /a buffer of feature maps takes \d+, the GPU's maxBufferSize is 100/,
    );
    made.runner.dispose();
  });

  it('goes over to stock kernels where a program is refused, with the compiler’s message', async () => {
    const broken = new Proxy(gpu(), {
      get: (target, key) =>
        key === 'createShaderModule'
          ? ({ label = '' }) => target.createShaderModule({ label, code: 'no such language' })
          : bound(target, key),
    });
    const { made } = await make(await deviceWith(broken), tinyCard().card);
    expect(made).toMatchObject({ executor: 'stock', verification: { state: 'refused' } });
    const { logits } = await made.runner.run(new Float32Array(3 * 12 * 12), 1, { nodes: [] });
    expect(logits).toHaveLength(3);
    made.runner.dispose();
  });

  it('goes on in float32 where float16 fails or has no card to be checked with, and says why', async () => {
    // The software device has no float16: its compiler refuses the programs that this one is given.
    const claims = new Proxy(gpu(), {
      get: (target, key) => (key === 'features' ? new Set(['shader-f16']) : bound(target, key)),
    });
    const choice = { backend: 'webgpu', precision: 'float16' } as const;
    const maker = await ExecutorMaker.open(await deviceWith(claims), choice, undefined);
    for (const [card, why] of [
      [tinyCard().card, /float16/],
      [undefined, /takes a trained network/],
    ] as const) {
      const made = await maker.make(maker.begin(network), plan, weights, card, () => undefined, live);
      expect(made).toMatchObject({ executor: 'kernels', precision: 'float32', notHalf: expect.stringMatching(why) });
      made.runner.dispose();
    }
  });

  it('compares an untrained network with stock kernels on the same input', async () => {
    const maker = await ExecutorMaker.open(await deviceWith(gpu()), { backend: 'webgpu' }, undefined);
    const made = await maker.make(maker.begin(network), plan, weights, undefined, () => undefined, live);
    expect(made.verification).toEqual({ state: 'pending' });
    const { executor: same } = await StockExecutor.create(plan, weights, await openCpu());
    expect(await maker.compare(made.runner, same, live)).toMatchObject({ state: 'verified', against: 'stock' });
    const { executor: other } = await StockExecutor.create(plan, randomWeights(network, 12), await openCpu());
    expect(await maker.compare(made.runner, other, live)).toMatchObject({ state: 'refused' });
    const input = channelsLast(new Float32Array(3 * 12 * 12), 1, 3);
    expect((await made.runner.run(input, 1, { nodes: [] })).logits).toHaveLength(3);
    for (const one of [made.runner, same, other]) one.dispose();
  });

  it('asks for stock kernels alone where that was chosen', async () => {
    const maker = await ExecutorMaker.open(
      await deviceWith(gpu()),
      { backend: 'webgpu', executor: 'stock' },
      undefined,
    );
    const made = await maker.make(maker.begin(network), plan, weights, undefined, () => undefined, live);
    expect(made).toMatchObject({ executor: 'stock' });
    expect(made.verification).toBeUndefined();
    made.runner.dispose();
  });
});

/** A property of a device as if it had been read there: its methods know no other `this`. */
function bound(target: GPUDevice, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key, target);
  return typeof value === 'function' ? value.bind(target) : value;
}
