/**
 * The benchmark itself, in the page, the same for its user and for `npm run bench`: every rival prepared in a worker of
 * its own, outputs compared, warm-up, then rounds in which each runs once, so that a busy machine is busy for all.
 * Every run is compared with the reference, timed ones too.
 */
import { untilAborted } from '../../src/inference/queue';
import { parseNetwork } from '../../src/network/text';
import type { ModelCard } from '../../src/weights/card';
import { inputsOf, jobOf } from './networks';
import type { BenchReport, Machine, NetworkResult } from './results';
import { REFERENCE, RIVALS } from './rivals';
import type { Entry, RivalName } from './rivals';
import { due, isSlow, orderOf, SLOW_FROM_MS, warmedUp } from './schedule';
import { RivalSeat } from './seat';

export const TOLERANCE = 1e-3;

export interface BenchOptions {
  /** Text forms. */
  readonly networks: readonly string[];
  readonly rivals: readonly RivalName[];
  /** Rounds of timed runs; `slow` for a rival that is slow from its warm-up on (schedule.ts). */
  readonly rounds: { readonly fast: number; readonly slow: number };
}

/** Where it stands. */
export interface BenchProgress {
  readonly text: string;
  /** 0 … 1, by steps, not by time. */
  readonly share: number;
}

interface Surroundings {
  readonly cards: readonly ModelCard[];
  readonly weightsUrl: (card: ModelCard) => string;
  readonly machine: Machine;
  /** Others than the real ones; for tests. */
  readonly entries?: readonly Entry[];
  readonly onProgress: (progress: BenchProgress) => void;
  /** The report so far, whenever a network is finished. */
  readonly onReport?: (report: BenchReport) => void;
  readonly signal: AbortSignal;
}

type Expected = readonly [Float32Array, Float32Array];

/** Both inputs' logits. */
async function firstRuns(seat: RivalSeat, inputs: Expected): Promise<Expected | undefined> {
  const a = await seat.run(inputs[0]);
  const b = a && (await seat.run(inputs[1]));
  return a && b ? [a, b] : undefined;
}

/** The first of these that runs: its logits are what the others are compared with. */
async function findReference(seats: readonly RivalSeat[], inputs: Expected) {
  for (const seat of seats) {
    if (!seat.alive) continue;
    const expected = await firstRuns(seat, inputs);
    if (expected) return { seat, expected };
  }
  throw new Error('none of the rivals runs here');
}

async function checkedRun(seat: RivalSeat, turn: number, inputs: Expected, expected: Expected): Promise<void> {
  const which = turn % 2 === 0 ? 0 : 1;
  const logits = await seat.run(inputs[which]);
  if (logits) seat.compare(logits, expected[which], TOLERANCE);
}

async function warmUp(seat: RivalSeat, inputs: Expected, expected: Expected): Promise<void> {
  while (seat.alive && !warmedUp(seat.warmUpTimes)) {
    await checkedRun(seat, seat.warmUpTimes.length, inputs, expected);
    seat.warmUpTimes.push(seat.lastMs);
  }
}

async function timeRounds(
  seats: readonly RivalSeat[],
  { fast, slow }: BenchOptions['rounds'],
  inputs: Expected,
  expected: Expected,
  tell: (round: number, seat: RivalSeat) => void,
): Promise<void> {
  for (let round = 0; round < fast; round++) {
    for (const index of orderOf(round, seats.length)) {
      const seat = seats[index];
      if (!seat?.alive) continue;
      const { warmUpTimes, times } = seat;
      const runs = isSlow(warmUpTimes, times) ? Math.min(slow, fast) : fast;
      if (!due(round, fast, runs, times.length)) continue;
      tell(round, seat);
      await checkedRun(seat, round, inputs, expected);
      if (seat.alive) times.push(seat.lastMs);
    }
  }
}

async function runNetwork(
  network: string,
  options: BenchOptions,
  around: Surroundings,
  progress: (text: string, share: number) => void,
): Promise<{ result: NetworkResult; code: BenchReport['code'] }> {
  const { size } = parseNetwork(network);
  const inputs = inputsOf(size);
  const job = jobOf(network, around.cards, around.weightsUrl);
  // The reference takes part in the comparison even where nobody asked for its times.
  const entries = (around.entries ?? RIVALS).filter(({ name }) => name === REFERENCE || options.rivals.includes(name));
  const seats = entries.map((entry) => new RivalSeat(entry));
  const end = () => seats.forEach((seat) => seat.end());
  around.signal.addEventListener('abort', end);
  try {
    for (const [i, seat] of seats.entries()) {
      around.signal.throwIfAborted();
      progress(`preparing ${seat.entry.title}`, (0.2 * i) / seats.length);
      await seat.prepare(job);
    }
    progress('running the reference', 0.2);
    const byReference = seats.toSorted(
      (a, b) => Number(a.entry.name !== REFERENCE) - Number(b.entry.name !== REFERENCE),
    );
    const { seat: reference, expected } = await findReference(byReference, inputs);
    for (const [i, seat] of seats.entries()) {
      if (!seat.alive) continue;
      progress(`first runs and warm-up of ${seat.entry.title}`, 0.2 + (0.2 * i) / seats.length);
      const logits = seat === reference ? expected : await firstRuns(seat, inputs);
      logits?.forEach((values, which) => {
        if (seat.alive) seat.compare(values, which === 0 ? expected[0] : expected[1], TOLERANCE);
      });
      await warmUp(seat, inputs, expected);
    }
    const timed = seats.filter(({ entry }) => options.rivals.includes(entry.name));
    await timeRounds(timed, options.rounds, inputs, expected, (round, { entry }) =>
      progress(
        `round ${round + 1} of ${options.rounds.fast}: ${entry.title}`,
        0.4 + (0.6 * round) / options.rounds.fast,
      ),
    );
    const code = [];
    for (const seat of timed) {
      const found = seat.alive ? await seat.codeSize() : undefined;
      if (found) code.push({ rival: seat.entry.name, ...found });
    }
    const weights = job.weights.kind === 'card' ? ('trained' as const) : ('seeded' as const);
    const rows = timed.map((seat) => seat.row());
    return { result: { network, weights, size, reference: reference.entry.name, rows }, code };
  } finally {
    around.signal.removeEventListener('abort', end);
    end();
  }
}

/** Runs the benchmark. @throws DOMException `AbortError` when it is cancelled. */
export async function runBench(options: BenchOptions, around: Surroundings): Promise<BenchReport> {
  const networks: NetworkResult[] = [];
  const code = new Map<RivalName, BenchReport['code'][number]>();
  const report = (): BenchReport => ({
    format: 1,
    date: new Date().toISOString(),
    machine: around.machine,
    rounds: { ...options.rounds, slowFromMs: SLOW_FROM_MS },
    tolerance: TOLERANCE,
    networks: [...networks],
    ...(networks.length < options.networks.length ? { notRun: options.networks.slice(networks.length) } : {}),
    code: [...code.values()],
  });
  for (const [i, network] of options.networks.entries()) {
    around.signal.throwIfAborted();
    const progress = (text: string, share: number) =>
      around.onProgress({ text: `${network}: ${text}`, share: (i + share) / options.networks.length });
    const work = runNetwork(network, options, around, progress);
    // The answers of a worker that was ended never come.
    const done = await untilAborted(work, around.signal);
    networks.push(done.result);
    for (const size of done.code) code.set(size.rival, size);
    around.onReport?.(report());
  }
  return report();
}
