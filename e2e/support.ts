/** What the journeys share: opening the page, its debug handle, fixtures and pictures. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { EngineClient } from '../src/inference/client';
import type { Slot, SlotState } from '../src/inference/protocol';
import type { Lab } from '../src/state/lab';

declare global {
  interface Window {
    /** Offered with `?debug`. */
    lens: { readonly engine: EngineClient; readonly lab: Lab };
  }
}

/** A file of the repository. */
export const repositoryFile = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** A rendered sample picture of a sunflower, which both trained networks know. */
export const SUNFLOWER = repositoryFile('public/samples/sunflower.webp');

/** Opens the page and waits until its backend runs. */
export async function open(page: Page, query = '?debug&backend=wasm'): Promise<void> {
  await page.goto(`./${query}`);
  await expect(page.getByTestId('backend')).toHaveAttribute('data-backend', /^(webgpu|webgl|wasm|cpu)$/);
}

export async function waitForState(page: Page, slot: Slot, state: SlotState): Promise<void> {
  await expect(page.getByTestId(`state-${slot}`)).toHaveAttribute('data-state', state);
}

/** Waits until both trained networks are loaded. */
export async function waitForBoth(page: Page): Promise<void> {
  await waitForState(page, 'a', 'ready');
  await waitForState(page, 'b', 'ready');
}

/** Gives the page pictures, as the file dialog would. */
export async function givePictures(
  page: Page,
  files: readonly (string | { name: string; mimeType: string; buffer: Buffer })[],
): Promise<void> {
  const payload = files.map((file) =>
    typeof file === 'string'
      ? { name: file.split('/').at(-1) ?? file, mimeType: '', buffer: readFileSync(file) }
      : file,
  );
  await page.getByTestId('picture-input').setInputFiles(payload);
}

/** The probability that a slot shows for its best class. */
export async function probability(page: Page, slot: Slot): Promise<number> {
  return Number(await page.getByTestId(`top1-${slot}`).getAttribute('data-probability'));
}

/** Serves a fixture's bytes at `./fixtures/<name>`, for code that runs in the page. */
export async function serveFixtures(page: Page): Promise<void> {
  await page.route('**/fixtures/*', async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    await route.fulfill({
      body: readFileSync(repositoryFile(`src/inference/fixtures/${name}`)),
      contentType: 'application/octet-stream',
      headers: { 'Cross-Origin-Resource-Policy': 'same-origin' },
    });
  });
}

/** The text of a file that a click downloads. */
export async function downloaded(page: Page, testId: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testId).click()]);
  return readFileSync(await download.path(), 'utf8');
}
