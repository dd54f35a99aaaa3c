/** The flow: activations of a picture on the parts and channel by channel; drawings and charts to take away. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { givePictures, open, SUNFLOWER, waitForBoth } from './support';

const PAIR = '?backend=wasm&a=cspdensenet121-first&b=cspdensenet121-last';

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
  await expect(page.getByTestId('channel-a')).toContainText('All 96 channels');
  await expect(page.getByTestId('channel-b')).toContainText('All 56 channels');
  const grid = page.getByRole('grid', { name: 'Channels of network A' });
  await grid.getByRole('gridcell').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('channel-a')).toContainText('Channel 1, x₀′·1');
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
  // The file asks for nothing: no font, no stylesheet, no picture.
  other.on('request', (request) => !request.url().startsWith('data:') && asked.push(request.url()));
  await other.goto(`data:image/svg+xml;base64,${svg.content.toString('base64')}`);
  expect(asked).toEqual([]);
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
  expect(svg).toContain('cspdensenet121-first, input 224 × 224, as the CSPNet paper');
  expect(download.suggestedFilename()).toMatch(/^MACs_cspdensenet121-first_cspdensenet121-last_.*\.svg$/);
  // The legend beside the charts: A, B and DenseNet, each its own colour.
  const legend = [...svg.matchAll(/rx="2" fill="([^"]+)"\/>/g)].map((found) => found[1]);
  expect(new Set(legend).size).toBe(3);
});
