import { describe, expect, it } from 'vitest';
import { chartOf } from './chart';
import { cellsOf, COLUMNS, markdownOf } from './markdown';
import { readReport } from './readReport';
import { ratioToKernels } from './results';
import type { BenchReport, Row } from './results';
import { quartiles } from '../statistics';

const timed = (rival: Row['rival'], title: string, times: readonly number[]): Row => ({
  rival,
  title,
  status: 'ok',
  settings: 'defaults',
  startMs: 12,
  firstRunMs: 34,
  difference: 1.5e-7,
  times,
  summary: quartiles(times),
  dispatches: 123,
  submits: 1,
  peakGpuBytes: 2e6,
});

const rows: readonly Row[] = [
  timed('kernels', 'ours', [9, 10, 11]),
  timed('tfjs', 'tfjs <plain>', [70, 75, 90]),
  { rival: 'ort-list', title: 'list', status: 'wrong', message: 'far | off', difference: 0.5, firstRunMs: 3 },
  { rival: 'ort', title: 'ort', status: 'missing', message: 'no adapter' },
];
const report: BenchReport = {
  format: 1,
  date: '2026-01-02T03:04:05.000Z',
  machine: { userAgent: 'test', adapter: 'google swiftshader', software: true, cores: 2, cpu: 'Z80', isolated: true },
  firstPredictions: [{ backend: 'wasm', ms: 1234 }],
  rounds: { fast: 15, slow: 5, slowFromMs: 3000 },
  tolerance: 1e-3,
  networks: [{ network: 'densenet121', weights: 'seeded', size: 224, reference: 'ort-wasm', rows }],
  code: [{ rival: 'kernels', bytes: 350_000, gzipBytes: 85_000 }],
};
const [result] = report.networks;

describe('a report', () => {
  it('gives ratios of medians to our kernels, and none without times', () => {
    if (!result) throw new Error('no result');
    expect(rows.map((row) => ratioToKernels(result, row))).toEqual([1, 7.5, undefined, undefined]);
    expect(ratioToKernels({ ...result, rows: rows.slice(1) }, rows[1] ?? timed('tfjs', '', []))).toBeUndefined();
  });

  it('writes a wrong engine as wrong, without times', () => {
    if (!result) throw new Error('no result');
    const cells = rows.map((row) => cellsOf(result, row));
    expect(cells.map((row) => row.length)).toEqual(rows.map(() => COLUMNS.length));
    expect(cells[1]?.slice(0, 5)).toEqual(['tfjs <plain>', '75.0', '72.5 to 82.5', '3', '7.50']);
    expect(cells[2]?.slice(1, 4)).toEqual(['wrong output', '–', '–']);
    expect(cells[3]?.slice(1, 4)).toEqual(['not available', '–', '–']);
  });

  it('is Markdown with the machine named and every remark', () => {
    const text = markdownOf(report);
    expect(text).toContain('WebGPU on google swiftshader (software); 2 logical cores of Z80; test; 2026-01-02');
    expect(text).toContain('| ours | 10.0 | 9.50 to 10.5 | 3 | 1.00 | 123 | 1 | 2.00 | 12.0 | 34.0 | 1.5e-7 |');
    expect(text).toContain('- list: far | off');
    expect(text).toContain('- wasm: 1,234 ms');
    expect(text).toContain('| CSPNet Lens, WebGPU kernels | 0.350 | 0.0850 |');
    expect(text).not.toContain('partial');
  });

  it('says that it is partial, and what is missing', () => {
    const partial = { ...report, notRun: ['densenet169', 'densenet201'] };
    const said = 'This report is partial. Not run: densenet169, densenet201.';
    expect(markdownOf(partial)).toContain(`\n**${said}**\n`);
    expect(chartOf(partial)).toContain(said);
    expect(readReport(JSON.parse(JSON.stringify(partial)), 'x.json')).toEqual(partial);
  });

  it('comes back from JSON, and a file that is no report is named', () => {
    expect(readReport(JSON.parse(JSON.stringify(report)), 'x.json')).toEqual(report);
    const infinite = { ...report, networks: [{ ...result, rows: [{ ...rows[2], difference: null }] }] };
    expect(readReport(infinite, 'x.json').networks[0]?.rows[0]?.difference).toBe(Infinity);
    expect(() => readReport({ ...report, code: [{ rival: 'nobody' }] }, 'x.json')).toThrow(/x\.json.*code\.0\.rival/);
  });

  it('is a chart with a bar as long as each median', () => {
    const svg = chartOf(report);
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(4);
    expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(7.5, 1);
    expect(widths.slice(2)).toEqual([0, 0]);
    expect(svg).toContain('tfjs &lt;plain&gt;');
    expect(svg).toContain('75.0 ms (7.50 ×)');
    expect(svg).toContain('wrong output');
    expect(svg).toMatch(/<text [^>]*>google swiftshader \(software\), 2 logical cores of Z80, 2026-01-02\.</);
  });
});
