/** Comparisons that have to give way, on cpu, with kernels that only pretend. */
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

it('compares nothing, and keeps nothing, of a network that was disposed of while its comparison waited', async () => {
  const device = await openCpu();
  const network = buildNetwork(parseNetwork(TINY));
  const [plan, weights] = [buildPlan(network), randomWeights(network, 1)];
  const maker = await ExecutorMaker.open(device, { backend: 'cpu' }, undefined);
  const queue = new SerialQueue();
  const verifier = new Verifier(queue, async () => ({ device, maker }));
  const before = tensorMemory();
  const { executor } = await StockExecutor.create(plan, weights, device);
  let began = () => {};
  const beginning = new Promise<void>((resolve) => (began = resolve));
  let gone = false;
  const kernels: NetworkExecutor = {
    outputs: executor.outputs,
    run(values, batch, wanted, signal) {
      began();
      if (gone) throw new Error('this network was unloaded');
      return executor.run(values, batch, wanted, signal);
    },
    visit: (...args) => executor.visit(...args),
    timeStages: (...args) => executor.timeStages(...args),
    memory: () => executor.memory(),
    dispose() {
      gone = true;
      executor.dispose();
    },
  };
  const running: Running = {
    executor: kernels,
    report: { executor: 'kernels', precision: 'float32', verification: { state: 'pending' } },
    unverified: { plan, weights },
  };
  const checking = verifier.verify(running, () => !gone);
  const failure = checking.catch((error: unknown) => error);
  await beginning;
  const never = new AbortController().signal;
  const unloading = queue.run(async () => disposeRunning(running), never);
  // The comparison begins again behind the unloading.
  verifier.giveWay();
  await unloading;
  expect(await failure).toMatchObject({ code: 'cancelled' });
  expect(running.report.verification).toEqual({ state: 'pending' });
  expect(tensorMemory()).toEqual(before);
});
