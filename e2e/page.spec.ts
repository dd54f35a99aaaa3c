/** What a new user does: two answers for a picture, a folder, a link, one's own weights. */
import { deflateSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import {
  downloaded,
  givePictures,
  open,
  probability,
  repositoryFile,
  SUNFLOWER,
  waitForBoth,
  waitForState,
} from './support';

test('a picture gets an answer from fusion first and from fusion last', async ({ page }) => {
  await open(page, '?backend=wasm');
  await expect(page.getByTestId('network-a')).toHaveAttribute('data-network', /^cspdensenet-first@/);
  await expect(page.getByTestId('network-b')).toHaveAttribute('data-network', /^cspdensenet-last@/);
  await givePictures(page, [SUNFLOWER]);
  await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
  await expect(page.getByTestId('top1-b')).toHaveText('sunflower');
  for (const slot of ['a', 'b'] as const) {
    const value = await probability(page, slot);
    expect(value).toBeGreaterThan(0.2);
    expect(value).toBeLessThanOrEqual(1);
  }
});

test('WebGPU gives the answers of WebAssembly and fetches no fallback code', async ({ page }) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url()).pathname));
  const probabilities: number[] = [];
  for (const backend of ['webgpu', 'wasm']) {
    requested.length = 0;
    await open(page, `?backend=${backend}&b=off`);
    await waitForState(page, 'a', 'ready');
    await givePictures(page, [SUNFLOWER]);
    await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
    await expect(page.getByTestId('backend')).toHaveAttribute('data-backend', backend);
    probabilities.push(await probability(page, 'a'));
    const fallbacks = requested.filter((path) => /webgl|cpu-|wasm/.test(path));
    expect(fallbacks.length > 0).toBe(backend === 'wasm');
  }
  expect(probabilities[0]).toBeCloseTo(probabilities[1] ?? 0, 4);
});

test('a software adapter stands behind WebAssembly, and the page says why', async ({ page }) => {
  await open(page, '');
  await expect(page.getByTestId('backend')).toHaveAttribute('data-backend', 'wasm');
  await page.getByTestId('backend').click();
  await expect(page.getByText(/WebGPU is not used: .*software/)).toBeVisible();
});

test('flow and cost are there without any weights', async ({ page }) => {
  await page.route('**/*.safetensors', (route) => route.abort());
  await open(page, '?backend=wasm');
  await waitForState(page, 'a', 'failed');
  await expect(page.locator('#flow svg').first()).toBeVisible();
  await expect(page.locator('#cost').getByText('69.67 M').first()).toBeVisible();
});

test('altered, missing and mistyped weights fail with the reason, and can be tried again', async ({ page }) => {
  let fault: 'altered' | 'page' | 'none' = 'altered';
  await page.route('**/cspdensenet-first-everyday61.safetensors', async (route) => {
    const body = readFileSync(repositoryFile('public/models/cspdensenet-first-everyday61.safetensors'));
    const contentType = fault === 'page' ? 'text/html' : 'application/octet-stream';
    if (fault === 'altered') body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
    await route.fulfill({ body: fault === 'page' ? '<!doctype html><p>not here</p>' : body, contentType });
  });
  await open(page);
  await waitForState(page, 'a', 'failed');
  await expect(page.getByTestId('network-a').getByTestId('error')).toContainText(/sha256|altered|differ/i);
  await waitForState(page, 'b', 'ready');
  fault = 'page';
  await page.getByTestId('network-a').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('network-a').getByTestId('error')).toContainText(/page|HTML/i);
  await waitForState(page, 'b', 'ready');
  fault = 'none';
  await page.getByTestId('network-a').getByRole('button', { name: 'Try again' }).click();
  await waitForState(page, 'a', 'ready');
  await expect(page.getByTestId('error')).toHaveCount(0);
});

test('files that are no pictures are refused by name, and the last result stays', async ({ page }) => {
  await open(page);
  await waitForBoth(page);
  await givePictures(page, [SUNFLOWER]);
  await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
  const before = await probability(page, 'a');
  const webp = readFileSync(SUNFLOWER);
  const bad = [
    { name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Dear photo') },
    { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
    { name: 'half.webp', mimeType: 'image/webp', buffer: webp.subarray(0, webp.length / 2) },
  ];
  for (const file of bad) {
    await givePictures(page, [file]);
    await expect(page.getByTestId('error')).toContainText(`${file.name} could not be decoded`);
    await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
    expect(await probability(page, 'a')).toBe(before);
  }
  await givePictures(page, [SUNFLOWER]);
  await expect(page.getByTestId('error')).toHaveCount(0);
});

test('a folder with bad files gives a row each, and a CSV', async ({ page }) => {
  await open(page);
  await waitForBoth(page);
  const good = readFileSync(SUNFLOWER);
  const files = Array.from({ length: 40 }, (_, index) =>
    index % 8 === 3
      ? { name: `bad, "${index}".jpg`, mimeType: 'image/jpeg', buffer: Buffer.from('no picture') }
      : { name: `good${index}.webp`, mimeType: 'image/webp', buffer: good },
  );
  await givePictures(page, files);
  await expect(page.getByText('40 of 40 pictures, 5 could not be read')).toBeVisible();
  const lines = (await downloaded(page, 'results-csv')).trim().split('\n');
  expect(lines[0]).toBe('file,a_class,a_probability,b_class,b_probability,error');
  expect(lines).toHaveLength(41);
  expect(lines[1]).toMatch(/^good0\.webp,sunflower,0\.\d+,sunflower,0\.\d+,$/);
  expect(lines[4]).toMatch(/^"bad, ""3""\.jpg",,,,,"?.*could not be decoded/);
});

test('a folder can be cancelled and keeps its finished rows', async ({ page }) => {
  await open(page);
  await waitForBoth(page);
  const good = readFileSync(SUNFLOWER);
  await givePictures(
    page,
    Array.from({ length: 200 }, (_, index) => ({ name: `${index}.webp`, mimeType: 'image/webp', buffer: good })),
  );
  await expect(page.getByRole('region', { name: 'Folder' }).getByText('sunflower').first()).toBeVisible();
  await page.getByRole('region', { name: 'Folder' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/\d+ of 200 pictures, cancelled/)).toBeVisible();
  const rows = (await downloaded(page, 'results-csv')).trim().split('\n').length - 1;
  expect(rows).toBeGreaterThan(0);
  expect(rows).toBeLessThan(200);
});

/** A PNG of one colour, 1 bit a pixel: many pixels in few bytes. */
function largePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** CRC-32 as PNG wants it; Node's own came with version 22. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

test('a picture may have 1 to 100 million pixels, and not more', async ({ page }) => {
  await open(page, '?backend=wasm&b=off');
  await waitForState(page, 'a', 'ready');
  for (const [width, height] of [
    [1, 1],
    [10_000, 10_000],
    [1, 20_000],
  ] as const) {
    const name = `${width}x${height}.png`;
    await givePictures(page, [{ name, mimeType: 'image/png', buffer: largePng(width, height) }]);
    await expect(page.getByRole('img', { name: `The picture ${name}` })).toBeVisible();
    await expect(page.getByText(`${name}; the dashed square`)).toBeVisible();
  }
  await givePictures(page, [{ name: 'huge.png', mimeType: 'image/png', buffer: largePng(10_001, 10_000) }]);
  await expect(page.getByTestId('error')).toContainText(/huge\.png .*100/);
});

test('an SVG is drawn and classified', async ({ page }) => {
  await open(page, '?backend=wasm&b=off');
  await waitForState(page, 'a', 'ready');
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><circle cx="20" cy="15" r="9" fill="gold"/></svg>';
  await givePictures(page, [{ name: 'disc.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) }]);
  await expect(page.getByTestId('top1-a')).not.toBeEmpty();
});

test('parts of a link that make no sense are named, the rest counts', async ({ page }) => {
  await open(page, '?backend=wasm&a=resnet50&b=cspdensenet121-last@gamma=7&stage=2&metric=beauty');
  const message = page.getByTestId('error');
  await expect(message).toContainText('network is "resnet50"');
  await expect(message).toContainText('gamma is 7; allowed is a number from 0 to 0.875');
  await expect(message).toContainText('"beauty" is none of');
  await expect(page.getByTestId('network-a')).toHaveAttribute('data-network', /^cspdensenet-first@/);
  await expect(page.getByRole('radio', { name: 'Stage 2' })).toBeChecked();
});

test('moving γ off the trained network says so and offers the way back; back undoes', async ({ page }) => {
  await open(page);
  await waitForBoth(page);
  await givePictures(page, [SUNFLOWER]);
  await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
  await page.getByRole('slider', { name: 'γ of network A' }).press('ArrowLeft');
  await expect(page).toHaveURL(/a=cspdensenet-first@gamma=0\.495/);
  await waitForState(page, 'a', 'idle');
  await expect(page.getByTestId('network-a')).toContainText('the trained weights no longer fit');
  await expect(page.getByTestId('top1-a')).toHaveCount(0);
  await expect(page.getByTestId('top1-b')).toHaveText('sunflower');
  await page.goBack();
  await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
  await page.goForward();
  await waitForState(page, 'a', 'idle');
  await page.getByTestId('network-a').getByRole('button', { name: 'Back to the trained network' }).click();
  await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
});

test('an untrained network can be timed and predicts nothing', async ({ page }) => {
  await open(page, '?backend=wasm&a=cspdensenet121-first@size=64,classes=10&b=off');
  await page.getByRole('button', { name: 'Run it untrained, for timing' }).click();
  await waitForState(page, 'a', 'ready');
  await givePictures(page, [SUNFLOWER]);
  await expect(page.getByText('Untrained, so no predictions')).toBeVisible();
  await expect(page.getByText(/first run .* on wasm/)).toBeVisible();
  await expect(page.getByTestId('top1-a')).toHaveCount(0);
  await page.getByRole('button', { name: 'Time each stage' }).click();
  await expect(page.getByText('Measured by waiting at the end of every stage')).toBeVisible();
});

test('a file of one’s own runs where it fits; else the page lists what does not', async ({ page }) => {
  const file = repositoryFile('src/inference/fixtures/listing-stand-even.safetensors');
  await open(
    page,
    '?backend=wasm&b=off&a=cspdensenet-standard@definition=listing,growth=8,blocks=2-3-4-2,stem=16,classes=10,size=64',
  );
  const panel = page.getByTestId('network-a');
  await panel.getByLabel('Weights file for network A').setInputFiles(file);
  await waitForState(page, 'a', 'ready');
  await givePictures(page, [SUNFLOWER]);
  await expect(page.getByTestId('top1-a')).toHaveText(/^class \d$/);
  await panel.getByText('Paper', { exact: true }).click();
  await waitForState(page, 'a', 'failed');
  await expect(panel.getByTestId('error')).toContainText('features.denseblock1.transition.norm.weight');
  await page.goBack();
  await waitForState(page, 'a', 'ready');
});

test('B can be switched off, A and B swapped, and a link opens the same page', async ({ page, context }) => {
  await open(page);
  await page.getByRole('button', { name: 'Swap A and B' }).click();
  await expect(page.getByTestId('network-a')).toHaveAttribute('data-network', /^cspdensenet-last@/);
  await page.locator('#flow').getByText('Stage 3', { exact: true }).click();
  await page
    .locator('#cost')
    .getByRole('radio', { name: /darknet/ })
    .check({ force: true });
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByTestId('network-a')).toHaveAttribute('data-network', /^cspdensenet-last@/);
  await expect(other.getByRole('radio', { name: 'Stage 3' })).toBeChecked();
  await expect(other.getByTestId('network-a')).toContainText('FLOPs');
  await page.getByRole('switch', { name: 'Network B is on' }).click({ force: true });
  await expect(page.getByTestId('network-b')).toHaveCount(0);
  await expect(page).toHaveURL(/b=off/);
});

test('the link is copied, and one with a section opens there', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '?backend=wasm&view=cost&stage=2');
  await expect(page.getByRole('heading', { name: 'Cost' })).toBeInViewport();
  await page.getByRole('button', { name: 'Copy a link to exactly this page' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  expect(page.url()).toContain('stage=2');
});

test('a part of the page that cannot be fetched fails alone and can be fetched again', async ({ page }) => {
  await open(page);
  await waitForBoth(page);
  await givePictures(page, [SUNFLOWER]);
  await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
  await page.route('**/StageTimes-*.js', (route) => route.abort());
  await page.getByRole('button', { name: 'Time each stage' }).first().click();
  await expect(page.getByText('This part of the page could not be fetched')).toBeVisible();
  await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
  await page.unroute('**/StageTimes-*.js');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Measured by waiting at the end of every stage')).toBeVisible();
  await expect(page.getByText('This part of the page could not be fetched')).toHaveCount(0);
});

test('a folder given early waits for the networks, and ends when one of them is changed', async ({ page }) => {
  await open(page);
  const good = readFileSync(SUNFLOWER);
  const files = Array.from({ length: 200 }, (_, index) => ({
    name: `${index}.webp`,
    mimeType: 'image/webp',
    buffer: good,
  }));
  await givePictures(page, files);
  const table = page.getByRole('region', { name: 'Folder' });
  await expect(table.getByText('sunflower').first()).toBeVisible();
  await page.getByTestId('network-b').getByText('Plain', { exact: true }).click();
  await expect(table.getByText(/of 200 pictures, ended because network B was changed/)).toBeVisible();
  const lines = (await downloaded(page, 'results-csv')).trim().split('\n').slice(1);
  expect(lines.every((line) => /^\d+\.webp,sunflower,0\.\d+,sunflower,0\.\d+,$/.test(line))).toBe(true);
});

test('a class activation map lies over the picture and goes away again', async ({ page }) => {
  await open(page);
  await waitForBoth(page);
  await givePictures(page, [SUNFLOWER]);
  const sunflowerOf = (slot: string) =>
    page.getByRole('article', { name: `Answer of network ${slot}` }).getByRole('button', { name: /sunflower/ });
  await sunflowerOf('A').click();
  await expect(page.getByText('evidence for sunflower')).toHaveCount(2);
  await page.getByLabel('Show a class for A and B alike').uncheck();
  await sunflowerOf('A').click();
  await expect(page.getByText('evidence for sunflower')).toHaveCount(1);
  await expect(sunflowerOf('B')).toHaveAttribute('aria-pressed', 'true');
});

test('cost can be taken away as CSV and JSON', async ({ page }) => {
  await open(page, '?backend=wasm&a=densenet121&b=cspdensenet121-last');
  const json: unknown = JSON.parse(await downloaded(page, 'cost-json'));
  expect(JSON.stringify(json)).toContain('2834161664');
  const csv = await downloaded(page, 'cost-csv');
  expect(csv).toContain('2834161664');
  expect(csv).toContain('cspdensenet121-last');
});
