/** The benchmark's page: chosen by the link, run, stopped, and its result taken along. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const TINY = 'cspdensenet-last@growth=4,blocks=1-2,stem=6,classes=5,size=37';

test('runs the engines that the link names and copies a table in which all agree', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`./?bench&networks=${TINY}&rivals=kernels,wasm,ort-wasm&rounds=2`);
  await page.getByRole('button', { name: 'Run the benchmark' }).click();
  const rows = page.getByTestId('bench-result').locator('tr[data-status]');
  await expect(rows).toHaveCount(3);
  for (const row of await rows.all()) await expect(row).toHaveAttribute('data-status', 'ok');
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/\| CSPNet Lens, WebGPU kernels \| [\d.,]+ \| [\d.,]+ to [\d.,]+ \| 2 \| 1\.00 \|/);
  expect(text).not.toContain('partial');
  expect(text).toMatch(/\| onnxruntime-web wasm \| [\d.,]+ \|/);
});

test('keeps what was finished when the rest is cancelled, marked as partial, and the focus on the button', async ({
  page,
}) => {
  await page.goto(`./?bench&networks=${TINY},cspdensenet121-first@size=96&rivals=wasm&rounds=200`);
  const run = page.getByRole('button', { name: 'Run the benchmark' });
  await run.click();
  await expect(page.getByTestId('bench-result')).toHaveCount(1);
  const cancel = page.getByRole('button', { name: 'Cancel' });
  await expect(cancel).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(run).toBeFocused();
  await expect(page.getByTestId('bench-partial')).toContainText('Not run: cspdensenet121-first@size=96');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save JSON' }).click(),
  ]);
  const report: unknown = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(report).toMatchObject({
    networks: [{ network: expect.stringContaining('cspdensenet-last'), rows: [{ status: 'ok' }] }],
    notRun: ['cspdensenet121-first@size=96'],
  });
});

test('says what it left out of the link, and takes no number of rounds that cannot be', async ({ page }) => {
  await page.goto('./?bench&rivals=nope&networks=densenet999,densenet121');
  const left = page.getByRole('status').filter({ hasText: 'Left out' });
  await expect(left).toContainText('rivals: “nope”: no engine; there are kernels');
  await expect(left).toContainText('networks: “densenet999”');
  await expect(page.getByRole('checkbox', { name: 'CSPNet Lens, WebGPU kernels' })).toBeChecked();
  const run = page.getByRole('button', { name: 'Run the benchmark' });
  await expect(run).toBeEnabled();
  const rounds = page.getByRole('textbox', { name: 'Rounds' });
  for (const wrong of ['', '0', '500']) {
    await rounds.fill(wrong);
    await expect(rounds).toHaveAccessibleDescription('Give a whole number from 1 to 200.');
    await expect(rounds).toHaveValue(wrong);
    await expect(run).toBeDisabled();
  }
  await rounds.fill('6');
  await expect(rounds).toHaveAccessibleDescription('2 for engines that take over 3 s a run');
  await expect(run).toBeEnabled();
});
