/** The page's own WebGPU kernels: checked before they are believed, told about, and out of the main thread's way. */
import { expect, test } from '@playwright/test';
import { noteLongTasks } from '../scripts/longTasks';
import { givePictures, open, SUNFLOWER, waitForBoth } from './support';

interface TraceEvent {
  readonly name?: string;
  readonly pid?: number;
  readonly tid?: number;
  /** µs on the processor. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Processor time of the main thread's tasks in a trace, ms. The Long Tasks API tells the time by the clock, which on a
 * software adapter also holds the waits for a core.
 */
function tasksOf(trace: Buffer): readonly number[] {
  const { traceEvents }: { traceEvents: readonly TraceEvent[] } = JSON.parse(trace.toString('utf8'));
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  return traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && mains.some((main) => main.pid === pid && main.tid === tid))
    .map(({ tdur = 0 }) => tdur / 1000);
}

test('trained networks run on kernels that agree with their cards, and the main thread stays free', async ({
  page,
  browser,
}) => {
  await noteLongTasks(page);
  // From the first task of the page on: both networks load and answer a picture, then all four load and run.
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', 'toplevel', '__metadata'] });
  await open(page, '?debug&backend=webgpu');
  await givePictures(page, [SUNFLOWER]);
  for (const slot of ['a', 'b']) await expect(page.getByTestId(`top1-${slot}`)).toContainText('sunflower');
  const reports = await page.evaluate(async () => {
    const { engine, lab } = window.lens;
    const all = [];
    for (const card of lab.store.getState().cards) {
      const url = new URL(`models/${card.file}`, document.baseURI).href;
      const loaded = await engine.load('a', { network: card.network, weights: { kind: 'card', card, url } });
      const values = new Float32Array(3 * card.preprocessing.size ** 2).map((_, i) => Math.sin(i));
      for (let run = 0; run < 3; run++) await engine.run('a', { kind: 'tensor', values });
      const { maxRelativeDifference } = await engine.selfCheck('a');
      all.push({ executor: loaded.executor, verification: loaded.verification, maxRelativeDifference });
    }
    return all;
  });
  const tasks = tasksOf(await browser.stopTracing());
  const long = await page.evaluate(() => window.longTasks);
  const description = `Long Tasks API: ${long.join(', ') || 'none'} ms; processor time, most: ${Math.max(...tasks)} ms`;
  test.info().annotations.push({ type: 'main thread', description });
  expect(reports).toHaveLength(4);
  for (const { executor, verification, maxRelativeDifference } of reports) {
    expect(executor).toBe('kernels');
    expect(verification).toMatchObject({ state: 'verified', against: 'card' });
    expect(maxRelativeDifference).toBeLessThan(1e-4);
  }
  expect(tasks.length).toBeGreaterThan(20);
  expect(Math.max(...tasks)).toBeGreaterThan(0);
  expect(Math.max(...tasks)).toBeLessThanOrEqual(50);
});

test('an untrained network is not yet verified, and then is, by stock kernels', async ({ page }) => {
  await open(page, '?debug&backend=webgpu&a=densenet121&b=off');
  const { before, after } = await page.evaluate(async () => {
    const { engine } = window.lens;
    const network = 'cspdensenet-standard@growth=4,blocks=1-2,stem=6,classes=5,size=37,gamma=0.3';
    const loaded = await engine.load('a', { network, weights: { kind: 'seeded', seed: 3 } });
    return { before: loaded.verification, after: await engine.verify('a') };
  });
  expect(before).toEqual({ state: 'pending' });
  expect(after).toMatchObject({ executor: 'kernels', verification: { state: 'verified', against: 'stock' } });
  await expect(page.getByTestId('executor-a')).toHaveAttribute('data-verification', 'verified');
});

test('the page says what answers a picture, and on wasm nothing of it', async ({ page }) => {
  const tiny = 'cspdensenet-last@growth=16,blocks=4-8-12-8,stem=32,classes=61,size=96';
  await open(page, `?debug&backend=webgpu&a=${tiny}&b=off`);
  await expect(page.getByTestId('executor-a')).toContainText(
    'own WebGPU kernels, checked against the logits in its card',
  );
  await givePictures(page, [SUNFLOWER]);
  await expect(page.getByTestId('top1-a')).toContainText('sunflower');
  // Other kernels, by the menu: the picture is asked again, and nothing is said of ours.
  await page.getByTestId('backend').click();
  const kernels = page.getByLabel('Kernels');
  await expect(kernels).toHaveValue('ours');
  await kernels.selectOption('stock');
  await expect(page.getByTestId('executor-a')).toHaveCount(0);
  await expect(page.getByTestId('top1-a')).toContainText('sunflower');
  await kernels.selectOption('ours');
  await expect(page.getByTestId('executor-a')).toHaveAttribute('data-verification', 'verified');
  await open(page, '?debug&backend=wasm');
  await waitForBoth(page);
  await expect(page.getByTestId('executor-a')).toHaveCount(0);
  await page.getByTestId('backend').click();
  await expect(kernels).toHaveCount(0);
});
