/**
 * This project's engine against its rivals, in one browser session on one adapter: opens the built site's benchmark page
 * and drives it. Prints Markdown; exits 1 where an engine of ours failed or is over 1e-4 from the reference's logits.
 *
 *   npm run build && npm run bench -- [--networks small,121,densenet201] [--rivals kernels,stock,tfjs,ort,…]
 *     [--rounds 15] [--json bench.json] [--chart docs/bench.svg] [--from bench.json] [--outDir dist] [--hardware]
 *
 * `--networks` takes text forms and the groups `small` (the trained ones), `121`, `201`, and `gammas` (the variants of
 * 121 at 64² with γ of 0.25, 0.5, 0.75: `--rivals kernels,wasm --rounds 1` for their agreement). `--json` is written
 * after every network. `--from` draws the chart and prints the tables of an earlier run. `--hardware` leaves the adapter
 * to the browser, with a window; otherwise it is SwiftShader's, in software, headless. `--no-first` leaves out the time
 * from opening the page to the first prediction.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { needBrowser } from '../scripts/browser';
import type {} from '../src/views/bench/useBench';
import { choicesOf } from '../src/views/bench/choices';
import { firstPrediction } from './firstPrediction';
import { chartOf } from './rivals/chart';
import { markdownOf } from './rivals/markdown';
import { GROUPS } from './rivals/networks';
import { readReport } from './rivals/readReport';
import type { BenchReport } from './rivals/results';
import { RIVAL_NAMES } from './rivals/rivals';
import { serveSite } from './site';

const { values: options } = parseArgs({
  options: {
    networks: { type: 'string', default: 'small,121,201' },
    rivals: { type: 'string', default: RIVAL_NAMES.join(',') },
    rounds: { type: 'string', default: '15' },
    json: { type: 'string' },
    chart: { type: 'string' },
    from: { type: 'string' },
    outDir: { type: 'string', default: 'dist' },
    port: { type: 'string', default: '4180' },
    hardware: { type: 'boolean', default: false },
    first: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

function keep(report: BenchReport): void {
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
}

async function measure(): Promise<BenchReport> {
  const query = new URLSearchParams({ networks: options.networks, rivals: options.rivals, rounds: options.rounds });
  const read = choicesOf(query);
  const unknown = options.rivals.split(',').filter((name) => !RIVAL_NAMES.some((known) => known === name));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: engines are ${RIVAL_NAMES.join(', ')}`);
  if (String(read.rounds) !== options.rounds)
    throw new Error(`--rounds ${options.rounds} is no whole number up to 200`);
  const choices = { ...read, networks: read.networks.flatMap((name) => GROUPS[name] ?? [name]) };
  const site = `http://localhost:${options.port}/`;
  const executablePath = needBrowser();
  const stop = await serveSite(Number(options.port), options.outDir);
  try {
    const software = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
    const browser = await chromium.launch(
      options.hardware ? { executablePath, headless: false } : { executablePath, args: software },
    );
    try {
      const firstPredictions = [];
      for (const backend of options.first ? ['webgpu', 'wasm'] : []) {
        console.error(`first prediction, ${backend}`);
        const { fromOpen } = await firstPrediction(browser, `${site}?backend=${backend}`);
        firstPredictions.push({ backend, ms: fromOpen });
      }
      const page = await (await browser.newContext()).newPage();
      page.on('pageerror', (error) => console.error(`page: ${error.message}`));
      await page.exposeFunction('lensBenchProgress', (text: string) => console.error(text));
      // What is finished is kept, whatever happens to the rest.
      await page.exposeFunction('lensBenchReport', keep);
      await page.goto(`${site}?bench&debug`);
      await page.waitForFunction(() => 'lensBench' in window);
      const report = await page.evaluate(
        (chosen) =>
          // Functions without a name: tsx gives named ones a helper that the page does not have.
          window.lensBench(
            chosen,
            ({ text }) => Reflect.get(window, 'lensBenchProgress')(text),
            (soFar) => Reflect.get(window, 'lensBenchReport')(soFar),
          ),
        choices,
      );
      const cpu = cpus()[0]?.model;
      return { ...report, machine: { ...report.machine, ...(cpu === undefined ? {} : { cpu }) }, firstPredictions };
    } finally {
      await browser.close();
    }
  } finally {
    stop();
  }
}

const report =
  options.from === undefined
    ? await measure()
    : readReport(JSON.parse(readFileSync(options.from, 'utf8')), options.from);
console.log(markdownOf(report));
keep(report);
if (options.chart !== undefined) writeFileSync(options.chart, chartOf(report));

/** How near our engines must be, relative to the largest logit. */
const CLOSE = 1e-4;
const OURS: readonly string[] = ['kernels', 'stock', 'wasm'];
for (const { network, rows } of report.networks) {
  for (const { rival, status, message, difference = 0 } of rows) {
    if (!OURS.includes(rival)) continue;
    const failed = status === 'wrong' || status === 'failed';
    if (!failed && difference <= CLOSE) continue;
    console.error(`${network}: ${rival} ${failed ? `${status}: ${message}` : `differs by ${difference}`}`);
    process.exitCode = 1;
  }
}
