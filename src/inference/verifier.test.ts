/** Comparisons that have to give way or that refuse, on cpu, with kernels that only pretend. */
import { expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import type { NetworkExecutor } from './executor';
import { ExecutorMaker } from './makeExecutor';
import { buildPlan } from './plan/buildPlan';
import { SerialQueue } from './queue';
import { TINY } from './testing/card';
import { randomWeights } from './testing/reference';
import { openCpu } from './tfjs/cpu';
import { tensorMemory } from './tfjs/device';
import { StockExecutor } from './tfjs/executor';
import { disposeRunning, Verifier } from './verifier';
import type { Running } from './verifier';

/** A verifier, and a network whose kernels, stock ones in truth, are not verified yet. */
async function makePending(pretend: (stock: NetworkExecutor) => Partial<NetworkExecutor>) {
  const device = await openCpu();
  const network = buildNetwork(parseNetwork(TINY));
  const [plan, weights] = [buildPlan(network), randomWeights(network, 1)];
  const maker = await ExecutorMaker.open(device, { backend: 'cpu' }, undefined);
  const queue = new SerialQueue();
  const verifier = new Verifier(queue, async () => ({ device, maker }));
  const before = tensorMemory();
  const { executor } = await StockExecutor.create(plan, weights, device);
  const kernels: NetworkExecutor = {
    outputs: executor.outputs,
    run: (...args) => executor.run(...args),
    visit: (...args) => executor.visit(...args),
    timeStages: (...args) => executor.timeStages(...args),
    memory: () => executor.memory(),
    dispose: () => executor.dispose(),
    ...pretend(executor),
  };
  const running: Running = {
    executor: kernels,
    report: { executor: 'kernels', precision: 'float32', verification: { state: 'pending' } },
    firstRunMs: 1,
    unverified: { plan, weights },
  };
  return { queue, verifier, running, before };
}

it('compares nothing, and keeps nothing, of a network that was disposed of while its comparison waited', async () => {
  let began = () => {};
  const beginning = new Promise<void>((resolve) => (began = resolve));
  let gone = false;
  const { queue, verifier, running, before } = await makePending((stock) => ({
    run(...args) {
      began();
      if (gone) throw new Error('this network was unloaded');
      return stock.run(...args);
    },
    dispose() {
      gone = true;
      stock.dispose();
    },
  }));
  const checking = verifier.verify(running, () => !gone);
  const failure = checking.catch((error: unknown) => error);
  await beginning;
  const never = new AbortController().signal;
  // The comparison begins again behind the unloading.
  await verifier.giveWay(() => queue.run(async () => disposeRunning(running), never));
  expect(await failure).toMatchObject({ code: 'cancelled' });
  expect(running.report.verification).toEqual({ state: 'pending' });
  expect(tensorMemory()).toEqual(before);
});

it('begins again only when what it gave way to is done, however long that takes to reach the device', async () => {
  const order: string[] = [];
  let began = () => {};
  const beginning = new Promise<void>((resolve) => (began = resolve));
  const { queue, verifier, running } = await makePending((stock) => ({
    async run(...args) {
      order.push('comparison');
      began();
      return stock.run(...args);
    },
  }));
  const checking = verifier.verify(running, () => true);
  await beginning;
  const never = new AbortController().signal;
  let read = () => {};
  const reading = new Promise<void>((resolve) => (read = resolve));
  const asked = verifier.giveWay(async () => {
    await reading;
    await queue.run(async () => void order.push('picture'), never);
  });
  // Everything that was queued has had its turn before the picture is read.
  await queue.run(async () => void order.push('queue'), never);
  read();
  await asked;
  expect(await checking).toMatchObject({ verification: { state: 'verified' } });
  expect(order).toEqual(['comparison', 'queue', 'picture', 'comparison']);
  disposeRunning(running);
});

it('leaves the first run of kernels that are right, and forgets that of refused ones', async () => {
  const right = await makePending(() => ({}));
  expect(await right.verifier.verify(right.running, () => true)).toMatchObject({
    executor: 'kernels',
    verification: { state: 'verified' },
  });
  expect(right.running.firstRunMs).toBe(1);
  disposeRunning(right.running);
  const wrong = await makePending((stock) => ({
    async run(...args) {
      const done = await stock.run(...args);
      return { ...done, logits: done.logits.map((value) => value + 1) };
    },
  }));
  expect(await wrong.verifier.verify(wrong.running, () => true)).toMatchObject({
    executor: 'stock',
    verification: { state: 'refused' },
  });
  expect(wrong.running.firstRunMs).toBeUndefined();
  disposeRunning(wrong.running);
  expect(tensorMemory()).toEqual(right.before);
});
