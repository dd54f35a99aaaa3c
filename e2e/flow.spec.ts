/** The flow: stepping through a stage, the gradients of one weight, activations of a picture, drawings to take away. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { givePictures, open, SUNFLOWER, waitForBoth } from './support';

const PAIR = '?backend=wasm&a=cspdensenet121-first&b=cspdensenet121-last';
const bar = (page: Page) => page.getByTestId('forward-bar');
const words = (page: Page) => page.getByTestId('forward-words');

/** Ribbons of a drawing that are drawn at full strength. */
const strong = (page: Page, slot: 'a' | 'b') =>
  page
    .getByTestId(`flow-${slot}`)
    .locator('path')
    .evaluateAll((paths) => paths.filter((path) => Number(getComputedStyle(path).opacity) === 1).length);

test('a stage is stepped through, both drawings by the same role', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, PAIR);
  const whole = await strong(page, 'a');
  const forward = bar(page).getByRole('button', { name: 'One step forward' });
  await forward.click();
  await expect(words(page)).toContainText('Step 1 of');
  await expect.poll(() => strong(page, 'a')).toBeLessThan(whole);
  await expect(page).toHaveURL(/step=1/);
  // Until the third dense layer: it reads x₀″ and the two before it, in A and in B.
  await expect(async () => {
    await forward.click();
    await expect(words(page)).toContainText(/· .*H₃|x₃/, { timeout: 200 });
  }).toPass();
  await expect(words(page)).toContainText('96');
  const slider = bar(page).getByRole('slider', { name: 'Step' });
  await expect(slider).toHaveAttribute('aria-valuetext', /A: .*96.*B: .*96/);
  await slider.press('End');
  await expect(words(page)).toContainText(/Step (\d+) of \1/);
  await bar(page).getByRole('button', { name: 'To rest: the whole drawing' }).click();
  await expect.poll(() => strong(page, 'a')).toBe(whole);
});

test('playing goes to the end by itself, and is one step of history', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, `${PAIR}&stage=all`);
  const before = page.url();
  await bar(page).getByLabel('Speed').selectOption('2');
  await bar(page).getByRole('button', { name: 'Play' }).click();
  await expect(words(page)).toContainText(/Step (\d+) of \1\b/);
  await expect(bar(page).getByRole('button', { name: 'Play' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(before);
});

test('a weight chosen in the gradient view shows the set of its equation, in A and in B', async ({ page }) => {
  await open(page, PAIR);
  const flow = page.locator('#flow');
  await flow.getByText('← Gradient').click();
  const choose = (name: string) => flow.getByRole('radio', { name, exact: true }).check({ force: true });
  const set = (slot: 'a' | 'b') => page.getByTestId(`weight-set-${slot}`).getByRole('math');
  await choose('w₃');
  for (const slot of ['a', 'b'] as const) await expect(set(slot)).toHaveText('w₃′ = f(w₃, { g₀″, g₁, g₂ })');
  await expect(page).toHaveURL(/weight=w3/);
  await choose('w_T');
  await expect(set('b')).toHaveText(/^wT′ = f\(wT, \{ g₀″, g₁,.* g₆ \}\)$/);
  // Fusion first has no transition of its own on the dense side: the page says so and shows no empty set.
  await expect(page.getByTestId('weight-set-a').getByRole('math')).toHaveCount(0);
  await expect(page.getByTestId('weight-set-a')).toContainText('A');
  await expect(page.getByTestId('gradient-panel')).toContainText('This is counting, not a measurement.');
  // The counts of facts for 6 layers: DenseNet 28 terms, 7 distinct; first 29 and 8; last 28 and 7.
  const row = (name: string) =>
    page.getByTestId('gradient-panel').getByRole('row', { name: new RegExp(`^${name}\\b`) });
  await expect(row('A')).toContainText(/29.*8/);
  await expect(row('B')).toContainText(/28.*7/);
  await expect(row('DenseNet')).toContainText(/28.*7.*21/);
});

test('activations of the picture sit on the parts, and a part opens into its channels', async ({ page }) => {
  await open(page, '?backend=wasm&debug');
  await waitForBoth(page);
  await givePictures(page, [SUNFLOWER]);
  await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
  await page.locator('#flow').scrollIntoViewIfNeeded();
  for (const slot of ['a', 'b'] as const) {
    await expect(page.getByTestId(`flow-${slot}`).locator('image').first()).toBeVisible();
  }
  await page.goto(`${page.url()}&select=stage1/merge&maps=on`);
  await waitForBoth(page);
  await givePictures(page, [SUNFLOWER]);
  await page.locator('#flow').scrollIntoViewIfNeeded();
  const channels = page.getByTestId('channels');
  await expect(channels).toContainText('96');
  await expect(channels).toContainText('56');
  const [, maps] = [await channels.getByRole('gridcell').count(), channels.getByRole('gridcell')];
  await expect(maps.first()).toBeVisible();
});

test('the drawing is saved as SVG and opens by itself; as PNG at twice its size', async ({ page, context }) => {
  await open(page, PAIR);
  const saved = async (choice: string) => {
    await page.getByRole('button', { name: 'Save the drawing' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: choice, exact: true }).click(),
    ]);
    return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
  };
  const svg = await saved('Both: SVG');
  expect(svg.name).toBe('flow_stage1_cspdensenet121-first_cspdensenet121-last.svg');
  const other = await context.newPage();
  const asked: string[] = [];
  other.on('request', (request) => asked.push(request.url()));
  const address = `data:image/svg+xml;base64,${svg.content.toString('base64')}`;
  await other.goto(address);
  expect(asked).toEqual([address]);
  const drawn = await other.evaluate(() => ({
    width: document.documentElement.getBoundingClientRect().width,
    texts: [...document.querySelectorAll('text')].map((text) => text.textContent),
    paths: document.querySelectorAll('path').length,
    errors: document.querySelectorAll('parsererror').length,
  }));
  expect(drawn.errors).toBe(0);
  expect(drawn.paths).toBeGreaterThan(40);
  for (const text of ['A  cspdensenet121-first', 'B  cspdensenet121-last', 'concat 256 × 56²', 'concat 144 × 56²']) {
    expect(drawn.texts).toContain(text);
  }
  const png = await saved('Both: PNG, 2×');
  expect(png.content.subarray(1, 4).toString()).toBe('PNG');
  expect(png.content.readUInt32BE(16)).toBe(Math.round(2 * drawn.width));
});

test('a chart is saved with its colours, names and conventions', async ({ page }) => {
  await open(page, PAIR);
  await page.getByRole('button', { name: 'Save the chart MACs' }).first().click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'SVG', exact: true }).click(),
  ]);
  const svg = readFileSync(await download.path(), 'utf8');
  expect(svg).not.toMatch(/var\(|light-dark|class=/);
  expect(svg).toContain('cspdensenet121-first');
  expect(svg).toMatch(/fill="rgb\(47, 72, 191\)"/);
});
