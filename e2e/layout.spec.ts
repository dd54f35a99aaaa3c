/** The page in both themes and at its narrowest: nothing for axe to find, nothing that makes the page scroll sideways. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { givePictures, open, repositoryFile, SUNFLOWER } from './support';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page);
    await givePictures(page, [SUNFLOWER]);
    await expect(page.getByTestId('top1-a')).toBeVisible();
    await page.getByRole('link', { name: 'Explain' }).click();
    await page.getByRole('button', { name: 'What does Cross Stage Partial mean?' }).click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`);
    expect(found).toEqual([]);
  });
}

for (const width of [390, 768, 1024, 1440, 1920]) {
  test(`nothing is wider than a page of ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await open(page, '?backend=wasm&a=cspdensenet264-last@definition=listing&b=cspdensenet121-first&stage=3');
    await expect(page.locator('#flow svg').first()).toBeVisible();
    await expect(
      page
        .locator('#cost')
        .getByRole('row', { name: /^total/i })
        .first(),
    ).toBeVisible();
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBe(0);
  });
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};

test('the built site works under a sub-path, on any static server', async ({ page }) => {
  const server = createServer((request, response) => {
    const path =
      new URL(request.url ?? '/', 'http://localhost').pathname.replace(/^\/some\/where\//, '') || 'index.html';
    const file = join(repositoryFile('dist'), path);
    if (!request.url?.startsWith('/some/where/') || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  try {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    await page.goto(`http://localhost:${address.port}/some/where/?backend=wasm`);
    await givePictures(page, [SUNFLOWER]);
    await expect(page.getByTestId('top1-a')).toHaveText('sunflower');
    await expect(page.getByTestId('top1-b')).toHaveText('sunflower');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
