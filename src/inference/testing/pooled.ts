/** For tests: what executors show of convolutions that they pool before a concatenation. */
import { expect } from 'vitest';
import type { NetworkExecutor, PassingValue } from '../executor';
import { channelsFirst } from '../layout';
import type { NetworkInput } from '../networkInput';
import { seenOf } from '../plan/plan';
import { relativeDifference } from './reference';

/**
 * Expects of every such convolution its own channels of the pool, which are the last: x_T stands behind x₀′.
 * @param expected every node's output, [C,H,W].
 */
export async function expectPooled(
  executor: NetworkExecutor,
  input: NetworkInput,
  expected: ReadonlyMap<string, ArrayLike<number>>,
): Promise<void> {
  const { network, pooled } = executor.outputs;
  const joined = network.stages.filter(({ merge, pool }) => merge !== undefined && pool !== undefined);
  expect(pooled.size).toBe(network.spec.fusion === 'last' ? joined.length : 0);
  for (const node of pooled.keys()) {
    const { of, value } = seenOf(executor.outputs, node);
    let channels = 0;
    let values = new Float32Array();
    const see = async (_: string, passing: PassingValue) => {
      [channels] = passing.shape;
      values = Float32Array.from(await passing.read());
    };
    await executor.visit(input, new Set([value]), see, new AbortController().signal);
    expect(channels, node).toBe(network.byId.get(node)?.shape[0]);
    const wanted = Array.from(expected.get(of) ?? []).slice(-values.length);
    expect(relativeDifference(channelsFirst(values, channels), wanted), node).toBeLessThan(2e-5);
  }
}
