/** The same plan and worker that the page uses, against what PyTorch computed, on the backends that need a browser. */
import { expect, test } from '@playwright/test';
import { relativeDifference } from '../src/inference/testing/reference';
import { formatNetwork } from '../src/network/text';
import { FIXTURES, readFixture } from '../src/weights/fixture.testing';
import type { Fixture } from '../src/weights/fixture.testing';
import { open, serveFixtures } from './support';

/** PyTorch's module → the node with the same output; modules that a plan folds into a neighbour are left out. */
function comparedNodes({ network, io }: Fixture): ReadonlyMap<string, string> {
  const nodes = new Map([['pool0', 'stem/pool']]);
  for (const { index, name, merge, block, pool } of network.stages) {
    nodes.set(`denseblock${index}`, merge ?? block);
    if (pool !== undefined && io.has(`activation.transition${index}`)) nodes.set(`transition${index}`, `${name}/pool`);
  }
  return nodes;
}

for (const backend of ['webgpu', 'wasm'] as const) {
  test.describe(`${backend} agrees with PyTorch`, () => {
    for (const name of FIXTURES) {
      test(name, async ({ page }) => {
        const fixture = readFixture(name);
        const nodes = comparedNodes(fixture);
        const input = fixture.io.get('input');
        const logits = fixture.io.get('logits');
        if (!input || !logits) throw new Error(`${name} has no input or logits`);
        await serveFixtures(page);
        await open(page, `?debug&backend=${backend}&a=densenet121&b=off`);
        const result = await page.evaluate(
          async ({ network, file, values, batch, activations }) => {
            const { engine } = window.lens;
            const bytes = await (await fetch(`./fixtures/${file}`)).blob();
            await engine.load('a', { network, weights: { kind: 'file', file: bytes, name: file } });
            const run = await engine.run(
              'a',
              { kind: 'tensor', values: Float32Array.from(values), batch },
              { activations },
            );
            return {
              backend: run.backend,
              logits: [...run.logits],
              activations: (run.activations ?? []).map(({ id, values: output }) => ({ id, values: [...output] })),
            };
          },
          {
            network: formatNetwork(fixture.network.spec),
            file: `${name}.safetensors`,
            values: [...input.values],
            batch: input.shape[0] ?? 1,
            activations: [...nodes.values()],
          },
        );
        expect(result.backend).toBe(backend);
        expect(relativeDifference(result.logits, logits.values)).toBeLessThan(1e-4);
        expect(result.activations).toHaveLength(nodes.size);
        for (const [module, node] of nodes) {
          const ours = result.activations.find((one) => one.id === node)?.values ?? [];
          const theirs = fixture.io.get(`activation.${module}`)?.values ?? new Float32Array();
          expect(ours.length, module).toBeGreaterThan(0);
          expect(relativeDifference(ours, theirs.subarray(0, ours.length)), module).toBeLessThan(1e-4);
        }
      });
    }
  });
}
