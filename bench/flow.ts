/**
 * How long a frame takes while the flow is moved and played, and how long opening 1,024 channel maps blocks the page: the built site with the longest block of DenseNet-201 fully unfolded
 * in both drawings, dragged and zoomed by real input events. Scripting and rendering (style, layout, paint, commit) of
 * the page's main thread, read from a trace of the browser, per frame: time on the processor, so that whatever else the
 * machine is doing does not count, and beside it what the clock says.
 *
 *   npm run build && npm run bench:flow -- [--a densenet201] [--b cspdensenet201-last] [--stage 3] [--frames 120]
 *     [--url http://localhost:4173/] measures a site that is already served
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import type { CDPSession, Page } from 'playwright';
import { needBrowser } from '../scripts/browser';
import { serveSite } from './site';
import { quantile } from './statistics';

const PORT = 4175;
/** 60 frames a second, ms. */
const FRAME = 1000 / 60;
/** Nothing on the page may block for longer, ms. */
const BLOCK = 50;

const { values: options } = parseArgs({
  options: {
    a: { type: 'string', default: 'densenet201' },
    b: { type: 'string', default: 'cspdensenet201-last' },
    stage: { type: 'string', default: '3' },
    frames: { type: 'string', default: '120' },
    url: { type: 'string', default: '' },
  },
});
const frames = Number(options.frames);
const site = options.url === '' ? `http://localhost:${PORT}/` : options.url;

/** What the browser calls the work of a frame. Times of events inside others are taken off the outer ones. */
const KINDS: Readonly<Record<string, 'scripting' | 'rendering'>> = {
  EventDispatch: 'scripting',
  FunctionCall: 'scripting',
  FireAnimationFrame: 'scripting',
  TimerFire: 'scripting',
  RunMicrotasks: 'scripting',
  EvaluateScript: 'scripting',
  MinorGC: 'scripting',
  MajorGC: 'scripting',
  UpdateLayoutTree: 'rendering',
  Layout: 'rendering',
  HitTest: 'rendering',
  IntersectionObserverController_computeIntersections: 'rendering',
  PrePaint: 'rendering',
  Paint: 'rendering',
  Layerize: 'rendering',
  UpdateLayer: 'rendering',
  CompositeLayers: 'rendering',
  Commit: 'rendering',
};
const MOVES: ReadonlySet<string> = new Set(['pointermove', 'wheel']);
const WHOLE = 'RunTask';
const NEW_FRAME = 'ProxyMain::BeginMainFrame';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** µs */
  readonly ts: number;
  /** µs by the clock. */
  readonly dur?: number;
  /** µs on the processor. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string } };
}

/** ms of a frame. */
interface FrameTime {
  /** Whether the pointer or the wheel moved something in it. */
  moved: boolean;
  /** On the processor. */
  scripting: number;
  rendering: number;
  /** Both by the clock. */
  clock: number;
}

async function record(session: CDPSession, work: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: readonly object[] }) => events.push(...(value as readonly TraceEvent[]));
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: [
        'devtools.timeline',
        'disabled-by-default-devtools.timeline',
        'cc',
        'toplevel',
        '__metadata',
      ],
    },
  });
  await work();
  const done = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await done;
  session.off('Tracing.dataCollected', collect);
  return events;
}

/** The events of the page's main thread: of the renderer that began most frames. */
function mainThread(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const mains = events.filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain');
  const counted = mains.map(({ pid, tid }) => {
    const own = events.filter((e) => e.pid === pid && e.tid === tid);
    return { own, began: own.filter((e) => e.name === NEW_FRAME).length };
  });
  const [most] = counted.toSorted((p, q) => q.began - p.began);
  if (most && !most.own.some((e) => e.tdur !== undefined)) throw new Error('the trace has no processor times');
  if (!most || most.began === 0)
    throw new Error(`the trace has no ${NEW_FRAME} on any of ${mains.length} main threads`);
  return most.own;
}

/**
 * Time of every frame, from its beginning to that of the next.
 * @param which those in which the pointer or the wheel moves something, or all
 */
function frameTimes(events: readonly TraceEvent[], which: 'moved' | 'all'): readonly FrameTime[] {
  const own = mainThread(events).toSorted((p, q) => p.ts - q.ts);
  const starts = own.filter((e) => e.name === NEW_FRAME && e.ph === 'X').map((e) => e.ts);
  const times = starts.map((): FrameTime => ({ moved: false, scripting: 0, rendering: 0, clock: 0 }));
  const open: { end: number; add: (ms: number, clock: number) => void }[] = [];
  let frame = -1;
  for (const { name, ph, ts, dur, tdur, args } of own) {
    while ((starts[frame + 1] ?? Infinity) <= ts) frame += 1;
    const time = times[frame];
    if (ph !== 'X' || dur === undefined || tdur === undefined || !time) continue;
    if (name === 'EventDispatch' && MOVES.has(args?.data?.type ?? '')) time.moved = true;
    const kind = KINDS[name];
    if (!kind) continue;
    while ((open.at(-1)?.end ?? Infinity) <= ts) open.pop();
    // What lies inside another is not counted twice.
    open.at(-1)?.add(-tdur / 1000, -dur / 1000);
    const add = (ms: number, clock: number) => {
      time[kind] += ms;
      time.clock += clock;
    };
    add(tdur / 1000, dur / 1000);
    open.push({ end: ts + dur, add });
  }
  return which === 'all' ? times : times.filter(({ moved }) => moved);
}

function report(what: string, events: readonly TraceEvent[], which: 'moved' | 'all' = 'moved'): boolean {
  const times = frameTimes(events, which);
  if (times.length < frames / 2) throw new Error(`${what}: of ${frames} steps only ${times.length} frames were drawn`);
  const both = times.map((t) => t.scripting + t.rendering);
  const rows = {
    scripting: times.map((t) => t.scripting),
    rendering: times.map((t) => t.rendering),
    both,
    'by the clock': times.map((t) => t.clock),
  };
  console.log(`\n${what}: ${times.length} frames; ms of the main thread per frame`);
  for (const [name, values] of Object.entries(rows)) {
    const [median, high] = [0.5, 0.95].map((share) => quantile(values, share).toFixed(2).padStart(6));
    console.log(`  ${name.padEnd(12)} median ${median}, 95th percentile ${high}`);
  }
  const median = quantile(both, 0.5);
  const holds = median <= FRAME;
  console.log(`  the median of both ${holds ? 'is within' : 'EXCEEDS'} a frame of ${FRAME.toFixed(1)} ms`);
  return holds;
}

const nextFrame = (page: Page) =>
  page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));

async function open(page: Page, zoomed = '2'): Promise<{ x: number; y: number }> {
  const query = new URLSearchParams({ a: options.a, b: options.b, stage: options.stage, layers: 'all', zoom: zoomed });
  await page.goto(`${site}?${query.toString()}`);
  const drawing = page.getByTestId('flow-a').locator('svg');
  await drawing.waitFor();
  await drawing.scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  const box = await page.getByTestId('flow-a').boundingBox();
  if (!box) throw new Error('the flow of A is not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags to and fro; the browser hands the page one step per frame. */
async function pan(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; i < frames; i++) {
    await page.mouse.move(x + 300 * Math.sin((2 * Math.PI * i) / 60), y + 40 * Math.sin((2 * Math.PI * i) / 40));
  }
}

/** Zooms in and out with Ctrl and the wheel. */
async function zoom(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  for (let i = 0; i < frames; i++) {
    await page.mouse.wheel(0, i % 60 < 30 ? -2 : 2);
  }
}

/** Plays the stage forward in both drawings for as many frames. */
async function play(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  for (let i = 0; i < frames; i++) await nextFrame(page);
}

/** ms on the processor of the longest task of the page's main thread. */
const longestTask = (events: readonly TraceEvent[]) =>
  Math.max(...mainThread(events).map((e) => (e.name === WHOLE ? (e.tdur ?? 0) / 1000 : 0)));

function reportLongest(what: string, events: readonly TraceEvent[]): boolean {
  const longest = longestTask(events);
  console.log(`\n${what}: the longest task takes ${longest.toFixed(1)} ms`);
  if (longest > BLOCK) console.log(`  that is longer than ${BLOCK} ms`);
  return longest <= BLOCK;
}

/** A node of 1,024 channels, and the network that has it: what leaves the last block of DenseNet-121. */
const GRID = { network: 'densenet121', node: 'stage4/block', channels: 1024 } as const;

/** Runs a network of random weights on a sample picture and selects a part of it, its channels still closed. */
async function openGrid(page: Page): Promise<void> {
  const query = new URLSearchParams({ a: GRID.network, b: 'off', stage: '4', select: GRID.node, backend: 'wasm' });
  await page.goto(`${site}?${query.toString()}`);
  await page.getByRole('button', { name: 'Run it untrained, for timing' }).click();
  await page.getByTestId('picture-input').setInputFiles('public/samples/sunflower.webp');
  await page.locator('#flow').scrollIntoViewIfNeeded();
  await page.getByTestId('flow-a').locator('image').first().waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Show its channels', exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
}

/** Opens the channels and waits for the grid. */
async function showGrid(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show its channels', exact: true }).click();
  await page
    .getByTestId('channel-a')
    .filter({ hasText: `${GRID.channels} channels` })
    .waitFor({ timeout: 60_000 });
  await nextFrame(page);
}

const executablePath = needBrowser();
const stop = options.url === '' ? await serveSite(PORT) : () => {};
let holds = true;
try {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  console.log(`${browser.version()} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const at = await open(page);
  const session = await browser.newBrowserCDPSession();
  const items = await page.getByTestId('flow-a').locator('path, text').count();
  console.log(
    `A ${options.a}, B ${options.b}, stage ${options.stage}, every layer drawn: ${items} shapes and texts in A`,
  );

  holds = report('pan', await record(session, () => pan(page, at))) && holds;
  await page.mouse.up();
  await nextFrame(page);
  holds = report('zoom', await record(session, () => zoom(page, at))) && holds;

  // When the zoom comes to rest, the drawing is laid out anew, once.
  const settled = await record(session, async () => {
    await page.mouse.wheel(0, -24);
    await page.keyboard.up('Control');
    await page.waitForFunction(() => document.querySelector('[data-moving]') === null);
    await nextFrame(page);
  });
  reportLongest('after the zoom, when everything is laid out anew', settled);

  // As it fits: all of both drawings is in view while it is played.
  await open(page, '1');
  holds = report('forward', await record(session, () => play(page)), 'all') && holds;

  await openGrid(page);
  const grid = await record(session, () => showGrid(page));
  holds = reportLongest(`opening ${GRID.channels} channel maps of ${GRID.network}`, grid) && holds;
  await browser.close();
} finally {
  stop();
}
process.exitCode = holds ? 0 : 1;
