/**
 * How much scripting a move of a live slider costs: γ of network A is dragged over 60 places by a real pointer on
 * cspdensenet121-first against cspdensenet121-last, which have no weights, on the built page in headless Chromium.
 *
 *   npm run build && npm run bench:live -- [--moves 60] [--scenes panels,flow,cost,page] [--outDir dist]
 *
 * Four scenes of a screen 1440 wide: the panels (900 high), the panels and the whole of Flow below them (2000 high), the
 * slider that stands beside the curves over γ in Cost (900 high), and the panels again after the whole page was scrolled
 * through, so that all of its parts are mounted (900 high).
 *
 * Counted from Chromium's own trace: all scripting on the page's main thread from one move of the pointer to the next
 * (events, animation frames, timers, microtasks; a layout that a script forces is in it), with the moves far enough
 * apart for everything that a move causes to be over. It is the thread's own time, so that other programs on a busy
 * machine do not count; the wall's is beside it. Idle callbacks are shown apart, because a pointer goes before them. Exits 1 where the median is above a frame's 16 ms, or where the page did not follow every move.
 */
import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import type { Browser, Page } from 'playwright';
import { needBrowser } from '../scripts/browser';
import { serveSite } from './site';
import { quantile } from './statistics';

const LIMIT_MS = 16;
/** Between two moves, ms: long enough for all that the first one causes. */
const APART_MS = 120;
const PORT = 4175;
const NETWORKS = 'a=cspdensenet121-first&b=cspdensenet121-last';

const { values: options } = parseArgs({
  options: {
    moves: { type: 'string', default: '60' },
    scenes: { type: 'string', default: 'panels,flow,cost,page' },
    outDir: { type: 'string', default: 'dist' },
  },
});
const moves = Number(options.moves);

/** One complete event of a trace; times in microseconds, by the wall's clock and by the thread's own. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly tts?: number;
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly data?: { readonly type?: string } };
}

const SCRIPTING = new Set([
  'EvaluateScript',
  'EventDispatch',
  'FireAnimationFrame',
  'FunctionCall',
  'RunMicrotasks',
  'TimerFire',
]);
const RENDERING = new Set(['UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Layerize', 'Commit']);
const IDLE = new Set(['FireIdleCallback']);

/** An event on one of the two clocks, microseconds. */
interface Span {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** A move of the pointer: where a window begins. */
  readonly move: boolean;
}

type Clock = 'wall' | 'thread';

/** The main thread's events in order, outer before inner. */
function spansOf(trace: readonly TraceEvent[], clock: Clock): readonly Span[] {
  const isMove = ({ name, args }: TraceEvent) => name === 'EventDispatch' && args?.data?.type === 'pointermove';
  const first = trace.find(isMove);
  if (!first) throw new Error(`no pointermove among the trace's ${trace.length} events`);
  return trace
    .filter(({ ph, pid, tid }) => ph === 'X' && pid === first.pid && tid === first.tid)
    .map((event) => {
      const from = clock === 'wall' ? event.ts : event.tts;
      if (from === undefined) throw new Error(`the trace has no thread time for ${event.name}`);
      const lasts = (clock === 'wall' ? event.dur : event.tdur) ?? 0;
      return { name: event.name, from, to: from + lasts, move: isMove(event) };
    })
    .toSorted((p, q) => p.from - q.from || q.to - p.to);
}

/** Per move, the milliseconds until the next that events of some names cover; nested ones count once. */
function perMove(spans: readonly Span[], names: ReadonlySet<string>): readonly number[] {
  const starts = spans.filter((span) => span.move).map((span) => span.from);
  return starts.map((start, index) => {
    const stop = starts[index + 1] ?? Infinity;
    let sum = 0;
    let end = start;
    for (const { name, from, to } of spans) {
      if (!names.has(name) || to <= end || from >= stop) continue;
      sum += Math.min(to, stop) - Math.max(from, end);
      end = to;
    }
    return sum / 1000;
  });
}

/** What is on the screen while γ of A is dragged. */
interface Scene {
  readonly name: string;
  readonly height: number;
  /** Name of the slider that is dragged. */
  readonly slider: string;
  /** Test id of the part whose text has to follow. */
  readonly follows: string;
}

const SCENES: readonly Scene[] = [
  { name: 'panels', height: 900, slider: 'γ of network A', follows: 'network-a' },
  { name: 'flow', height: 2000, slider: 'γ of network A', follows: 'flow-a' },
  { name: 'page', height: 900, slider: 'γ of network A', follows: 'network-a' },
  { name: 'cost', height: 900, slider: 'γ of A, beside its curves', follows: 'gamma-curves' },
];

/** Scrolls through the page to its end and back, until nothing more is fetched on the way. */
async function mountAll(page: Page): Promise<void> {
  const isAtEnd = () => page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2);
  await page.mouse.move(720, 600);
  for (let step = 0; step < 200 && !(await isAtEnd()); step++) {
    await page.mouse.wheel(0, 500);
    await wait(200);
  }
  if (!(await isAtEnd())) throw new Error('the end of the page was not reached');
  await page.locator('[data-testid=gamma-curves][data-done=true]').waitFor();
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await wait(1500);
}

/** Scrolls to the slider. Parts are fetched and grow as they come near the screen, so this goes in short steps. */
async function show(page: Page, { name, slider }: Scene): Promise<void> {
  if (name === 'page') {
    await mountAll(page);
    return;
  }
  if (name !== 'cost') return;
  const wanted = page.getByRole('slider', { name: slider });
  for (let step = 0; step < 30 && (await wanted.count()) === 0; step++) {
    await page.mouse.wheel(0, 500);
    await wait(300);
  }
  for (let round = 0; round < 5; round++) {
    await wanted.evaluate((input) => input.scrollIntoView({ block: 'center' }));
    await wait(400);
  }
  await page.locator('[data-testid=gamma-curves][data-done=true]').waitFor();
  await wait(1500);
}

/** Drags γ of A to and fro and returns, besides the trace, the texts that the page showed on the way. */
async function drag(
  browser: Browser,
  page: Page,
  scene: Scene,
): Promise<{ trace: readonly TraceEvent[]; seen: Set<string> }> {
  const slider = page.getByRole('slider', { name: scene.slider });
  const track = await slider.boundingBox();
  if (!track) throw new Error('the slider of γ is not on the page');
  const y = track.y + track.height / 2;
  await page.mouse.move(track.x + track.width / 2, y);
  await page.mouse.down();
  // The first moves warm the page up and are not counted.
  for (let i = 0; i < 10; i++) {
    await page.mouse.move(track.x + (0.1 + 0.05 * (i % 5)) * track.width, y);
    await wait(APART_MS);
  }
  const seen = new Set<string>();
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  const part = page.getByTestId(scene.follows);
  for (let i = 0; i < moves; i++) {
    // Every place once, with large and small steps.
    const place = ((i * 37) % moves) / moves;
    await page.mouse.move(track.x + (0.02 + 0.96 * place) * track.width, y);
    await wait(APART_MS);
    seen.add((await part.textContent()) ?? '');
  }
  const buffer = await browser.stopTracing();
  await page.mouse.up();
  const parsed: { traceEvents: readonly TraceEvent[] } = JSON.parse(buffer.toString('utf8'));
  return { trace: parsed.traceEvents, seen };
}

async function measure(browser: Browser, scene: Scene): Promise<boolean> {
  const { height } = scene;
  const page = await (await browser.newContext({ viewport: { width: 1440, height } })).newPage();
  await page.goto(`http://localhost:${PORT}/?backend=wasm&${NETWORKS}`);
  await page.getByTestId('network-b').waitFor();
  // Parts that are fetched when they come near the screen, and whatever is computed in idle time.
  await page.waitForLoadState('networkidle');
  await wait(1500);
  await show(page, scene);
  const { trace, seen } = await drag(browser, page, scene);
  await page.context().close();
  const wall = spansOf(trace, 'wall');
  const thread = spansOf(trace, 'thread');
  const scripting = perMove(thread, SCRIPTING);
  const line = (name: string, values: readonly number[]) =>
    `  ${name}: median ${quantile(values, 0.5).toFixed(1)} ms, 95 % ${quantile(values, 0.95).toFixed(1)} ms, ` +
    `most ${Math.max(...values).toFixed(1)} ms`;
  console.log(`\n${scene.name}: 1440×${height}, ${scripting.length} moves, ${seen.size} states drawn`);
  console.log(line('scripting per move', scripting));
  console.log(line('the same by the clock on the wall', perMove(wall, SCRIPTING)));
  console.log(line('style, layout, paint', perMove(thread, RENDERING)));
  console.log(line('idle callbacks', perMove(thread, IDLE)));
  const median = quantile(scripting, 0.5);
  if (median > LIMIT_MS) console.error(`  the median ${median.toFixed(1)} ms is above ${LIMIT_MS} ms`);
  // Neighbouring places of the track can round to the same γ.
  const followed = seen.size >= 0.9 * moves;
  if (!followed) console.error(`  the page drew ${seen.size} states in ${moves} moves: it did not follow`);
  return median <= LIMIT_MS && followed;
}

const executablePath = needBrowser();
const stop = await serveSite(PORT, options.outDir);
try {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  console.log(
    `${browser.version()} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, γ of A dragged, no weights`,
  );
  for (const name of options.scenes.split(',')) {
    const scene = SCENES.find((one) => one.name === name);
    if (!scene) throw new Error(`"${name}" is none of the scenes ${SCENES.map((one) => one.name).join(', ')}`);
    if (!(await measure(browser, scene))) process.exitCode = 1;
  }
  await browser.close();
} finally {
  stop();
}
