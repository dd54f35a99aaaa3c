/** A benchmark's results as Markdown, and the cells that the page's table shows too. */
import { ratioToKernels } from './results';
import type { BenchReport, Machine, NetworkResult, Row } from './results';
import { RIVALS } from './rivals';
import type { RivalName } from './rivals';

export const COLUMNS = [
  'engine',
  'median ms',
  'quartiles',
  'runs',
  '× kernels',
  'dispatches',
  'submits',
  'peak GPU MB',
  'start ms',
  'first run ms',
  'difference',
] as const;

const NONE = '–';
/** Three figures: 0.123, 1.23, 12.3, 123, 12,300. */
export const figures = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
const some = (value: number | undefined, format: (value: number) => string) =>
  value === undefined ? NONE : format(value);

/** Cells of a row, in the order of {@link COLUMNS}. */
export function cellsOf(result: NetworkResult, row: Row): readonly string[] {
  const { status, summary } = row;
  const words = { ok: NONE, wrong: 'wrong output', failed: 'failed', missing: 'not available' }[status];
  return [
    row.title,
    summary ? figures(summary.median) : words,
    summary ? `${figures(summary.q1)} to ${figures(summary.q3)}` : NONE,
    some(row.times?.length, String),
    some(ratioToKernels(result, row), figures),
    some(row.dispatches, String),
    some(row.submits, String),
    some(row.peakGpuBytes, (bytes) => figures(bytes / 1e6)),
    some(row.startMs, figures),
    some(row.firstRunMs, figures),
    some(row.difference, (value) => (value === 0 ? '0' : value.toExponential(1))),
  ];
}

/** The machine in one line. */
export function machineText({ adapter, software, cores, cpu, isolated, userAgent }: Machine): string {
  const gpu = adapter === null ? 'no WebGPU' : `WebGPU on ${adapter}${software ? ' (software)' : ''}`;
  return `${gpu}; ${cores} logical cores${cpu === undefined ? '' : ` of ${cpu}`}${isolated ? '' : ', page not isolated: no wasm threads'}; ${userAgent}`;
}

/** What a row's times were taken with, and what went wrong. */
export const remarkOf = (row: Row) => [row.settings, row.message].filter((part) => part !== undefined).join('; ');

const tableRow = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** What a report lacks that was written before the end; undefined where it is whole. */
export const notRunText = ({ notRun = [] }: Pick<BenchReport, 'notRun'>) =>
  notRun.length === 0 ? undefined : `This report is partial. Not run: ${notRun.join(', ')}.`;

/** Whose code was fetched: in tfjs's case more than its row of times says. */
export const codeTitle = (rival: RivalName) =>
  rival === 'tfjs'
    ? 'tfjs, umbrella package and WebGPU backend'
    : (RIVALS.find(({ name }) => name === rival)?.title ?? rival);

/** The whole report. */
export function markdownOf(report: BenchReport): string {
  const { machine, date, rounds, networks, code, firstPredictions = [] } = report;
  const slow = `${rounds.slow} for whatever takes over ${rounds.slowFromMs / 1000} s a run`;
  const partial = notRunText(report);
  const lines = [
    `${machineText(machine)}; ${date}.`,
    ...(partial === undefined ? [] : ['', `**${partial}**`]),
    '',
    `Batch 1, medians of ${rounds.fast} interleaved runs (${slow}), every run’s logits compared with the reference’s.`,
  ];
  for (const result of networks) {
    lines.push(
      '',
      `**${result.network}**, ${result.size}², ${result.weights} weights, compared with ${result.reference}`,
      '',
      tableRow(COLUMNS),
      tableRow(COLUMNS.map((_, i) => (i === 0 ? '---' : '---:'))),
      ...result.rows.map((row) => tableRow(cellsOf(result, row))),
      '',
      ...result.rows.filter((row) => remarkOf(row) !== '').map((row) => `- ${row.title}: ${remarkOf(row)}`),
    );
  }
  if (code.length > 0) {
    lines.push('', '**Code and wasm fetched**', '', tableRow(['engine', 'MB', 'MB gzipped']), '| --- | ---: | ---: |');
    for (const { rival, bytes, gzipBytes } of code) {
      lines.push(tableRow([codeTitle(rival), figures(bytes / 1e6), figures(gzipBytes / 1e6)]));
    }
  }
  if (firstPredictions.length > 0) {
    lines.push('', '**From opening the page afresh to both networks’ answers to a sample**', '');
    for (const { backend, ms } of firstPredictions) lines.push(`- ${backend}: ${figures(ms)} ms`);
  }
  return `${lines.join('\n')}\n`;
}
