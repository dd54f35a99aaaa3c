/** The trained networks give on every backend the logits that PyTorch gave, and threads are really used. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { BACKENDS } from '../src/inference/protocol';
import { readCard } from '../src/weights/card';
import { open, repositoryFile } from './support';

const names: readonly string[] = JSON.parse(readFileSync(repositoryFile('public/models/index.json'), 'utf8'));
const cards = names.map((name) =>
  readCard(JSON.parse(readFileSync(repositoryFile(`public/models/${name}`), 'utf8')), name),
);

test('there are trained networks of all four fusions', () => {
  expect(new Set(cards.map((card) => card.network.split('@')[0]))).toEqual(
    new Set(['cspdensenet-first', 'cspdensenet-last', 'cspdensenet-standard', 'densenet']),
  );
});

for (const backend of BACKENDS) {
  test(`self-checks on ${backend}`, async ({ page }) => {
    await open(page, `?debug&backend=${backend}&b=off`);
    for (const card of cards) {
      const check = await page.evaluate(
        async ({ card: one }) => {
          const { engine } = window.lens;
          const url = new URL(`models/${one.file}`, document.baseURI).href;
          await engine.load('b', { network: one.network, weights: { kind: 'card', card: one, url } });
          const { maxRelativeDifference } = await engine.selfCheck('b');
          return { maxRelativeDifference, backend: (await engine.backend()).backend };
        },
        { card },
      );
      expect(check.backend).toBe(backend);
      expect(check.maxRelativeDifference, card.network).toBeLessThan(1e-4);
    }
  });
}

test('wasm uses two threads in the built site, and its answer is right', async ({ page }) => {
  await open(page, '?debug&backend=wasm&b=off');
  const { isolated, report, difference } = await page.evaluate(async () => {
    const { engine, lab } = window.lens;
    const [card] = lab.store.getState().cards;
    if (!card) throw new Error('there is no card');
    const url = new URL(`models/${card.file}`, document.baseURI).href;
    await engine.load('b', { network: card.network, weights: { kind: 'card', card, url } });
    const { maxRelativeDifference } = await engine.selfCheck('b');
    return { isolated: crossOriginIsolated, report: await engine.backend(), difference: maxRelativeDifference };
  });
  expect(isolated).toBe(true);
  expect(report.threads).toBeGreaterThanOrEqual(2);
  expect(difference).toBeLessThan(1e-4);
});
