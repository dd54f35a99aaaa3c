/** Memory stays the same over many runs and switches; lost devices and workers do not lose the job. */
import { expect, test } from '@playwright/test';
import { givePictures, open, SUNFLOWER, waitForBoth } from './support';

const TINY = ['cspdensenet-last', 'cspdensenet-first', 'cspdensenet-standard', 'densenet'].map(
  (name) => `${name}@growth=4,blocks=1-1,stem=4,classes=3,size=29`,
);

for (const backend of ['wasm', 'webgpu'] as const) {
  test(`memory is constant on ${backend} over 200 runs and 20 switches`, async ({ page }) => {
    await open(page, `?debug&backend=${backend}&a=densenet121&b=off`);
    const { afterRuns, beforeRuns, afterSwitches, beforeSwitches } = await page.evaluate(async (networks) => {
      const { engine } = window.lens;
      const canvas = new OffscreenCanvas(40, 30);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = 'teal';
      context.fillRect(5, 5, 20, 20);
      const picture = await canvas.convertToBlob();
      const preprocessing = { size: 29, resizeShorterSide: 33, mean: [0, 0, 0], std: [1, 1, 1] } as const;
      const run = () => engine.run('a', { kind: 'picture', picture, name: 'teal', preprocessing });
      const load = async (turn: number) => {
        const network = networks[turn % networks.length] ?? '';
        await engine.load('a', { network, weights: { kind: 'seeded', seed: 1 } });
        // On WebGPU a second executor exists until the first is found right.
        await engine.verify('a');
      };
      await load(0);
      // Two rounds of everything first: pools and caches fill once.
      for (let turn = 0; turn < 2 * networks.length; turn++) {
        await load(turn);
        await run();
      }
      await load(0);
      await run();
      const before = await engine.memory();
      for (let turn = 0; turn < 200; turn++) await run();
      const after = await engine.memory();
      for (let turn = 1; turn <= 20; turn++) {
        await load(turn);
        await run();
      }
      return { beforeRuns: before, afterRuns: after, beforeSwitches: before, afterSwitches: await engine.memory() };
    }, TINY);
    expect(afterRuns).toEqual(beforeRuns);
    // 20 switches end on the network they began with.
    expect(afterSwitches.tensors).toBe(beforeSwitches.tensors);
    expect(afterSwitches.bytes).toBe(beforeSwitches.bytes);
    expect(afterSwitches.ownResources).toBe(beforeSwitches.ownResources);
    expect(afterSwitches.bitmaps).toBe(beforeSwitches.bitmaps);
  });
}

test('a lost WebGPU device is replaced and the running job repeated', async ({ page }) => {
  await open(page, '?debug&backend=webgpu&a=densenet121&b=off');
  const { logits, again } = await page.evaluate(async (network) => {
    const { engine } = window.lens;
    await engine.load('a', { network, weights: { kind: 'seeded', seed: 1 } });
    const values = new Float32Array(3 * 29 * 29).map((_, i) => Math.sin(i));
    const first = await engine.run('a', { kind: 'tensor', values });
    const running = engine.run('a', { kind: 'tensor', values });
    await engine.loseDevice();
    const second = await running;
    return { logits: [...first.logits], again: [...second.logits] };
  }, TINY[0] ?? '');
  expect(again).toEqual(logits);
  await expect(page.getByText(/started again/).first()).toBeVisible();
});

test('a killed worker is replaced and the picture gets its answers all the same', async ({ page }) => {
  await open(page);
  await waitForBoth(page);
  const kill = page.evaluate(async () => {
    const { engine } = window.lens;
    await new Promise<void>((resolve) => {
      const stop = engine.subscribe((status) => {
        if (status.slots.a.state !== 'running') return;
        stop();
        resolve();
      });
    });
    await engine.killWorker();
  });
  await givePictures(page, [SUNFLOWER]);
  await kill;
  await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
  await expect(page.getByTestId('top1-b')).toHaveText('sunflower');
  await expect(page.getByText(/started again/).first()).toBeVisible();
});
