/** How long the built site takes from being opened, and from a click on a sample, to both networks' answers. */
import type { Browser, Page } from 'playwright';
import { noteLongTasks } from '../scripts/longTasks';

/** A fresh page with nothing in its cache, its long tasks noted down in `window.longTasks`. */
export async function openFresh(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await noteLongTasks(page);
  await page.goto(url);
  return page;
}

/** Milliseconds on a fresh page from opening it, and from a click on a sample, until both answers are there. */
export async function firstPrediction(
  browser: Browser,
  url: string,
): Promise<{ readonly fromOpen: number; readonly fromClick: number }> {
  const opening = performance.now();
  const page = await openFresh(browser, url);
  const sample = page.getByRole('button', { name: 'Classify the sample sunflower' });
  await sample.waitFor();
  const clicked = performance.now();
  await sample.click();
  for (const slot of ['a', 'b']) await page.getByTestId(`top1-${slot}`).waitFor({ timeout: 300_000 });
  const done = performance.now();
  await page.context().close();
  return { fromOpen: done - opening, fromClick: done - clicked };
}
