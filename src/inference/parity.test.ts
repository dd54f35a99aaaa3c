import { describe, expect, it } from 'vitest';
import { formatNetwork } from '../network/text';
import { fixtureBytes, FIXTURES, readFixture } from '../weights/fixture.testing';
import type { Fixture } from '../weights/fixture.testing';
import { relativeDifference } from '../weights/selfCheck';
import { LocalEngine } from './engine';

/** Largest difference from PyTorch, relative to the largest value. */
const TOLERANCE = 1e-4;

/** PyTorch's modules whose outputs the plan has, and the nodes that they are. */
function nodesOf({ network, io }: Fixture): { module: string; node: string }[] {
  const nodes = [{ module: 'pool0', node: 'stem/pool' }];
  for (const { index, block, merge, denseTransition, pool } of network.stages) {
    nodes.push({ module: `denseblock${index}`, node: merge ?? denseTransition ?? block });
    if (pool !== undefined) nodes.push({ module: `transition${index}`, node: pool });
  }
  return nodes.filter(({ module }) => io.has(`activation.${module}`));
}

describe.each(FIXTURES)('%s', (name) => {
  it('agrees with PyTorch in logits, pool0, dense blocks and transitions', async () => {
    const fixture = readFixture(name);
    const { network, io } = fixture;
    const tensor = (key: string) => {
      const found = io.get(key);
      if (!found) throw new Error(`${name} has no ${key}`);
      return found;
    };
    const engine = new LocalEngine({ choice: { backend: 'cpu' } });
    const file = new Blob([fixtureBytes(`${name}.safetensors`)]);
    await engine.load('a', { network: formatNetwork(network.spec), weights: { kind: 'file', file, name } });
    const input = tensor('input');
    const batch = input.shape[0] ?? 0;
    const nodes = nodesOf(fixture);
    expect(nodes.length).toBeGreaterThanOrEqual(network.spec.fusion === 'last' ? 5 : 8);
    const result = await engine.run(
      'a',
      { kind: 'tensor', values: input.values, batch },
      { activations: nodes.map(({ node }) => node) },
    );
    await engine.dispose();
    expect(relativeDifference(result.logits, tensor('logits').values)).toBeLessThan(TOLERANCE);
    expect(result.activations).toHaveLength(nodes.length);
    for (const [i, { module, node }] of nodes.entries()) {
      const expected = tensor(`activation.${module}`);
      const activation = result.activations?.[i];
      expect(activation?.id).toBe(node);
      expect(activation?.shape).toEqual(expected.shape.slice(1));
      const first = expected.values.subarray(0, expected.values.length / batch);
      expect(relativeDifference(activation?.values ?? [], first), module).toBeLessThan(TOLERANCE);
    }
  });
});
