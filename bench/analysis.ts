/**
 * How long it takes to build and analyse each of the sixteen networks 121, 161, 169 and 201 × plain, standard, first
 * and last, against a frame at 60 Hz: `npm run bench:analysis`. Exits 1 where a median is above a frame.
 */
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { analyze } from '../src/analysis/cost';
import { alignedTable } from '../src/cli/table';
import { buildNetwork } from '../src/network/build';
import { parseNetwork } from '../src/network/text';
import { quantile } from './statistics';

const FRAME_MS = 1000 / 60;
const WARM_UP = 20;
const ROUNDS = 100;

const networks = [121, 161, 169, 201].flatMap((depth) => [
  `densenet${depth}`,
  ...['standard', 'first', 'last'].map((fusion) => `cspdensenet${depth}-${fusion}`),
]);

/** Milliseconds from a network's text to its analysis, as when a slider moves: nothing is kept from one to the next. */
function once(text: string): number {
  const start = performance.now();
  const { totals } = analyze(buildNetwork(parseNetwork(text)));
  const ms = performance.now() - start;
  if (!(totals.macs > 0)) throw new Error(`${text} has ${totals.macs} MACs`);
  return ms;
}

const cold = once('cspdensenet201-last');
for (let round = 0; round < WARM_UP; round++) networks.forEach(once);

// Round by round rather than network by network, so that a busy moment of the machine hits all alike.
const times = networks.map((): number[] => []);
const all: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  let sum = 0;
  networks.forEach((text, index) => {
    const ms = once(text);
    times[index]?.push(ms);
    sum += ms;
  });
  all.push(sum);
}

const line = (name: string, values: readonly number[]) => {
  const median = quantile(values, 0.5);
  const columns = [median, quantile(values, 0.05), quantile(values, 0.95)].map((ms) => ms.toFixed(3));
  return { median, cells: [name, ...columns, `${((100 * median) / FRAME_MS).toFixed(1)} %`] };
};

const rows = networks.map((text, index) => line(text, times[index] ?? []));
const slowest = Math.max(...rows.map((row) => row.median));
console.log(
  `Build and analyse, ${ROUNDS} rounds after ${WARM_UP}; Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}`,
);
console.log(
  alignedTable([
    ['network', 'median ms', '5 %', '95 %', `of a ${FRAME_MS.toFixed(1)} ms frame`],
    ...rows.map((row) => row.cells),
    line('all sixteen', all).cells,
  ]),
);
console.log(`First call in a fresh process (cspdensenet201-last): ${cold.toFixed(1)} ms`);
if (slowest > FRAME_MS) {
  console.error(`the slowest median, ${slowest.toFixed(1)} ms, is above a frame`);
  process.exitCode = 1;
}
