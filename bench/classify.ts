/**
 * How long the built site takes to classify: from a click on a sample to the first prediction on a fresh page, and the
 * median of steady runs of each trained network, per backend; and whether the page stays responsive meanwhile.
 *
 *   npm run build && npm run bench:classify -- [--backends wasm,webgpu] [--runs 15]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import type { Browser } from 'playwright';
import type { EngineClient } from '../src/inference/client';
import type { Lab } from '../src/state/lab';
import { needBrowser } from '../scripts/browser';
import { firstPrediction, openFresh } from './firstPrediction';
import { serveSite } from './site';
import { quantile } from './statistics';

declare global {
  interface Window {
    lens: { readonly engine: EngineClient; readonly lab: Lab };
  }
}

const PORT = 4174;
const { values: options } = parseArgs({
  options: { backends: { type: 'string', default: 'wasm,webgpu' }, runs: { type: 'string', default: '15' } },
});
const backends = options.backends.split(',');
const runs = Number(options.runs);

const address = (backend: string) => `http://localhost:${PORT}/?debug&backend=${backend}`;

const loaded = '[data-testid=state-a][data-state=ready]';

/** Steady runs of the trained networks, one of each in turn, so that a busy machine is busy for all of them. */
async function steadyRuns(browser: Browser, backend: string) {
  const page = await openFresh(browser, address(backend));
  await page.locator(loaded).waitFor({ timeout: 300_000 });
  const report = await page.evaluate(async (count) => {
    const { engine, lab } = window.lens;
    const { cards } = lab.store.getState();
    const times: Record<string, number[]> = Object.fromEntries(cards.map((card) => [card.network, []]));
    window.longTasks.length = 0;
    for (const card of cards) {
      const url = new URL(`models/${card.file}`, document.baseURI).href;
      await engine.load('a', { network: card.network, weights: { kind: 'card', card, url } });
      const values = new Float32Array(3 * card.preprocessing.size ** 2).map((_, i) => Math.sin(i));
      await engine.run('a', { kind: 'tensor', values });
      for (let run = 0; run < count; run++) {
        times[card.network]?.push((await engine.run('a', { kind: 'tensor', values })).runMs);
      }
    }
    return { times, longTasks: window.longTasks, backend: await engine.backend() };
  }, runs);
  await page.context().close();
  return report;
}

const executablePath = needBrowser();
const stop = await serveSite(PORT);
try {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  });
  console.log(`${browser.version()} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${runs} runs each`);
  for (const backend of backends) {
    const first = await firstPrediction(browser, address(backend));
    const { times, longTasks, backend: report } = await steadyRuns(browser, backend);
    console.log(`\n${report.backend}, ${report.adapter}, ${report.threads} threads`);
    console.log(
      `  both answers ${Math.round(first.fromClick)} ms after the click, ${Math.round(first.fromOpen)} ms after opening`,
    );
    for (const [network, ms] of Object.entries(times)) {
      const spread = [0.25, 0.5, 0.75].map((share) => quantile(ms, share).toFixed(1));
      console.log(`  ${network}: ${spread[1]} ms (quartiles ${spread[0]} to ${spread[2]})`);
    }
    console.log(`  tasks over 50 ms on the main thread while networks ran: ${longTasks.length}`);
  }
  await browser.close();
} finally {
  stop();
}
