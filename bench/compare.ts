/**
 * This project's engine against its rivals, in one browser session on one adapter: opens the built site's benchmark page
 * and drives it. Prints Markdown; exits 1 where an engine of ours failed or is over 1e-4 from the reference's logits, 2
 * where it was asked for what cannot be. An engine that the device cannot run is neither.
 *
 *   npm run build && npm run bench -- [--networks small,121,densenet201] [--rivals kernels,stock,tfjs,ort,…]
 *     [--rounds 15] [--json bench.json] [--chart docs/bench.svg] [--from bench.json] [--outDir dist] [--port 4180]
 *     [--hardware] [--no-first] [--help]
 *
 * `--networks` takes text forms and the groups `small` (the trained ones), `121`, `201`, and `gammas` (the variants of
 * 121 at 64² with γ of 0.25, 0.5, 0.75: `--rivals kernels,wasm --rounds 1` for their agreement). `--json` is written
 * after every network. `--from` draws the chart and prints the tables of an earlier run. `--hardware` leaves the adapter
 * to the browser, with a window; otherwise it is SwiftShader's, in software, headless. `--no-first` leaves out the time
 * from opening the page to the first prediction.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium } from 'playwright';
import type { Browser } from 'playwright';
import { needBrowser } from '../scripts/browser';
import type {} from '../src/views/bench/useBench';
import { firstPrediction } from './firstPrediction';
import { chartOf } from './rivals/chart';
import { markdownOf } from './rivals/markdown';
import { readArguments, USAGE } from './rivals/options';
import type { BenchArguments } from './rivals/options';
import type { BenchReport } from './rivals/results';
import { serveSite, UserError } from './site';

/** Writes the report where it was asked for. */
function keep(report: BenchReport, { json }: BenchArguments): void {
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 1)}\n`);
}

/** The report of the benchmark's page, kept whenever a network is finished. */
async function drive(browser: Browser, site: string, asked: BenchArguments): Promise<BenchReport> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.exposeFunction('lensBenchProgress', (text: string) => console.error(text));
  // What is finished is kept, whatever happens to the rest.
  await page.exposeFunction('lensBenchReport', (report: BenchReport) => keep(report, asked));
  await page.goto(`${site}?bench&debug`);
  await page.waitForFunction(() => 'lensBench' in window);
  return page.evaluate(
    (chosen) =>
      // Functions without a name: tsx gives named ones a helper that the page does not have.
      window.lensBench(
        chosen,
        ({ text }) => Reflect.get(window, 'lensBenchProgress')(text),
        (soFar) => Reflect.get(window, 'lensBenchReport')(soFar),
      ),
    asked.choices,
  );
}

/** Whether a page of the site finds an adapter for WebGPU. */
async function hasWebgpu(browser: Browser, site: string): Promise<boolean> {
  const page = await browser.newPage();
  await page.goto(`${site}?bench`);
  const found = await page.evaluate(async () => 'gpu' in navigator && (await navigator.gpu.requestAdapter()) !== null);
  await page.close();
  return found;
}

async function firstPredictions(browser: Browser, site: string) {
  const found = [];
  for (const backend of (await hasWebgpu(browser, site)) ? ['webgpu', 'wasm'] : ['wasm']) {
    console.error(`first prediction, ${backend}`);
    const { fromOpen } = await firstPrediction(browser, `${site}?backend=${backend}`);
    found.push({ backend, ms: fromOpen });
  }
  return found;
}

async function measure(asked: BenchArguments): Promise<BenchReport> {
  const site = `http://localhost:${asked.port}/`;
  const executablePath = needBrowser();
  const stop = await serveSite(asked.port, asked.outDir);
  try {
    const software = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
    const browser = await chromium.launch(
      asked.hardware ? { executablePath, headless: false } : { executablePath, args: software },
    );
    try {
      const first = asked.first ? await firstPredictions(browser, site) : [];
      const report = await drive(browser, site, asked);
      const cpu = cpus()[0]?.model;
      return {
        ...report,
        machine: { ...report.machine, ...(cpu === undefined ? {} : { cpu }) },
        firstPredictions: first,
      };
    } finally {
      await browser.close();
    }
  } finally {
    stop();
  }
}

/** How near our engines must be, relative to the largest logit. */
const CLOSE = 1e-4;
const OURS: readonly string[] = ['kernels', 'stock', 'wasm'];

/** What is wrong with our engines, a line for each. */
function faultsOf({ networks }: BenchReport): readonly string[] {
  return networks.flatMap(({ network, rows }) =>
    rows
      .filter(({ rival }) => OURS.includes(rival))
      .flatMap(({ rival, status, message, difference = 0 }) => {
        if (status === 'wrong' || status === 'failed') return [`${network}: ${rival} ${status}: ${message}`];
        return difference > CLOSE ? [`${network}: ${rival} differs by ${difference}`] : [];
      }),
  );
}

async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2));
  if (asked === 'help') {
    console.log(USAGE);
    return;
  }
  const report = asked.from ?? (await measure(asked));
  console.log(markdownOf(report));
  keep(report, asked);
  if (asked.chart !== undefined) writeFileSync(asked.chart, chartOf(report));
  const faults = faultsOf(report);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
