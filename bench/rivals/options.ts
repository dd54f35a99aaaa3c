/** What `npm run bench` is asked for, checked before anything is started. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { readLink } from '../../src/views/bench/choices';
import type { Choices } from '../../src/views/bench/choices';
import { needSite, UserError } from '../site';
import { GROUPS } from './networks';
import { readReport } from './readReport';
import type { BenchReport } from './results';
import { RIVAL_NAMES } from './rivals';

export const USAGE = `npm run build && npm run bench -- [options]

  --networks LIST  text forms and the groups small, ${Object.keys(GROUPS).join(', ')}; default small,121,201
  --rivals LIST    ${RIVAL_NAMES.join(',')}; default all
  --rounds N       timed runs of each engine; default 15
  --json FILE      writes the report, after every network
  --chart FILE     writes the chart, an SVG
  --from FILE      tells and draws an earlier report instead of measuring, of it only --networks where they are given
  --outDir FOLDER  the built site; default dist
  --port N         where it is served meanwhile; default 4180
  --hardware       the browser's own choice of adapter, with a window; otherwise SwiftShader's, in software
  --no-first       without the time from opening the page to the first prediction
  --help           this text`;

export interface BenchArguments {
  readonly choices: Choices;
  /** An earlier report to tell instead. */
  readonly from: BenchReport | undefined;
  readonly json: string | undefined;
  readonly chart: string | undefined;
  readonly outDir: string;
  readonly port: number;
  readonly hardware: boolean;
  readonly first: boolean;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function earlier(file: string, only?: readonly string[]): BenchReport {
  let report: BenchReport;
  try {
    report = readReport(JSON.parse(readFileSync(file, 'utf8')), file);
  } catch (error) {
    throw new UserError(`--from: ${file} cannot be read: ${messageOf(error)}`);
  }
  if (!only) return report;
  const networks = report.networks.filter(({ network }) => only.includes(network));
  if (networks.length > 0) return { ...report, networks };
  throw new UserError(`--from: ${file} holds none of ${only.join(', ')}`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        networks: { type: 'string' },
        rivals: { type: 'string', default: RIVAL_NAMES.join(',') },
        rounds: { type: 'string', default: '15' },
        json: { type: 'string' },
        chart: { type: 'string' },
        from: { type: 'string' },
        outDir: { type: 'string', default: 'dist' },
        port: { type: 'string', default: '4180' },
        hardware: { type: 'boolean', default: false },
        first: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
      allowNegative: true,
    }).values;
  } catch (error) {
    // Node goes on with how to write a positional argument, which there is none of here.
    throw new UserError(`${messageOf(error).split('. ')[0]}; --help lists the options`);
  }
}

function writable(option: string, file: string | undefined): void {
  if (file === undefined) return;
  if (!existsSync(dirname(file))) throw new UserError(`${option}: there is no folder ${dirname(file)}; make it first`);
  if (existsSync(file) && statSync(file).isDirectory())
    throw new UserError(`${option}: ${file} is a folder, not a file`);
}

/**
 * The options, or `help`.
 * @throws UserError that says which option is wrong and what to do.
 */
export function readArguments(args: readonly string[]): BenchArguments | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  const { networks = 'small,121,201', rivals, rounds, json, chart, outDir, hardware, first } = values;
  const { choices, ignored } = readLink(new URLSearchParams({ networks, rivals, rounds }));
  const [wrong] = ignored;
  if (wrong !== undefined) throw new UserError(`--${wrong}`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UserError(`--port: "${values.port}" is no whole number from 1 to 65535`);
  writable('--json', json);
  writable('--chart', chart);
  const only = values.networks === undefined ? undefined : choices.networks.flatMap((name) => GROUPS[name] ?? [name]);
  const from = values.from === undefined ? undefined : earlier(values.from, only);
  if (!from) needSite(outDir);
  return { choices, from, json, chart, outDir, port, hardware, first };
}
