/** A report as an SVG of bars, legible on light and dark pages alike: for the README. Pure; no DOM. */
import { scaleLinear } from 'd3';
import { escapeXml } from '../../src/exports/frame';
import { figures, machineText, notRunText } from './markdown';
import { ratioToKernels } from './results';
import type { BenchReport, NetworkResult, Row } from './results';

const WIDTH = 860;
const LEFT = 290;
const RIGHT = 190;
const BAR = 14;
const ROW = 22;
const HEAD = 40;
const FOOT = 38;
/** On white 4.6 : 1, on GitHub's dark page 4.2 : 1; an image there cannot know which it is on. */
const TEXT = '#6e7781';
const OURS = '#4c7ef3';
const OTHERS = '#7d8590';

function label(result: NetworkResult, row: Row): string {
  if (!row.summary)
    return { ok: 'not timed', wrong: 'wrong output', failed: 'failed', missing: 'not available' }[row.status];
  const ratio = ratioToKernels(result, row);
  const ms = `${figures(row.summary.median)} ms`;
  return ratio === undefined || row.rival === 'kernels' ? ms : `${ms} (${figures(ratio)} ×)`;
}

function bars(result: NetworkResult, top: number): string {
  const longest = Math.max(...result.rows.map(({ summary }) => summary?.q3 ?? 0), Number.MIN_VALUE);
  const x = scaleLinear([0, longest], [0, WIDTH - LEFT - RIGHT]);
  const rows = result.rows.map((row, i) => {
    const y = top + HEAD + i * ROW;
    const middle = y + BAR / 2;
    const colour = ['kernels', 'stock', 'wasm'].includes(row.rival) ? OURS : OTHERS;
    const width = x(row.summary?.median ?? 0);
    const end = x(row.summary?.q3 ?? 0);
    const spread = row.summary
      ? `<path d="M${(LEFT + x(row.summary.q1)).toFixed(1)} ${middle}H${(LEFT + end).toFixed(1)}" stroke="${colour}" stroke-width="2"/>`
      : '';
    return (
      `<text x="${LEFT - 8}" y="${middle}" text-anchor="end"${row.rival === 'kernels' ? ' font-weight="600"' : ''}>${escapeXml(row.title)}</text>` +
      `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="2" fill="${colour}" fill-opacity="0.55"/>${spread}` +
      `<text x="${(LEFT + Math.max(width, end) + 6).toFixed(1)}" y="${middle}">${escapeXml(label(result, row))}</text>`
    );
  });
  const title = `${result.network}, ${result.size} × ${result.size}`;
  return `<text x="0" y="${top + 22}" font-weight="600" font-size="14">${escapeXml(title)}</text>\n${rows.join('\n')}`;
}

/** One panel of bars for each network, each with a scale of its own from zero. */
export function chartOf(report: BenchReport): string {
  let top = 0;
  const panels = report.networks.map((result) => {
    const panel = bars(result, top);
    top += HEAD + result.rows.length * ROW;
    return panel;
  });
  const { adapter, software, cores, cpu } = report.machine;
  const on = adapter === null ? 'no WebGPU' : `${adapter}${software ? ' (software)' : ''}`;
  const partial = notRunText(report);
  const notes = [
    `Median and quartiles, batch 1, milliseconds; each panel has its own scale.${partial === undefined ? '' : ` ${partial}`}`,
    `${on}, ${cores} logical cores${cpu === undefined ? '' : ` of ${cpu}`}, ${report.date.slice(0, 10)}.`,
  ].map((note, i) => `<text x="0" y="${top + 11 + 16 * i}" font-size="11">${escapeXml(note)}</text>`);
  const said = report.networks.map(
    (result) => `${result.network}: ${result.rows.map((row) => `${row.title} ${label(result, row)}`).join(', ')}`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top + FOOT}" role="img" aria-labelledby="title said" ` +
    `font-family="system-ui, sans-serif" font-size="12" fill="${TEXT}" dominant-baseline="central">\n` +
    `<title id="title">Milliseconds a run, ${escapeXml(machineText(report.machine))}</title>\n` +
    `<desc id="said">${escapeXml(said.join('. '))}</desc>\n` +
    `${panels.join('\n')}\n${notes.join('\n')}\n</svg>\n`
  );
}
