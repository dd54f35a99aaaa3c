/** What `analyze` prints, as a function of its arguments; touches neither streams nor the process. */
import { parseArgs } from 'node:util';
import { compareWithPlain } from '../analysis/compare';
import type { ComparedKey } from '../analysis/compare';
import { analyze } from '../analysis/cost';
import type { Analysis } from '../analysis/cost';
import { formatBytes, formatCount, formatDecimal, formatRelative, formatShape } from '../analysis/format';
import { CONVENTIONS_LINE } from '../exports/conventions';
import { costCsv, costMarkdown, costValue } from '../exports/cost';
import { buildNetwork } from '../network/build';
import { SpecError } from '../network/spec';
import { parseNetwork, TEXT_FORMS } from '../network/text';
import { alignedTable } from './table';

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  /** 0, or 2 where the arguments make no sense. */
  readonly code: number;
}

const USAGE = `usage: npm run --silent analyze -- <network> [--json | --csv | --markdown]

Prints parameters, MACs, CIO and memory of a network: totals, stages and layers.

  <network>     ${TEXT_FORMS}
  --json        everything as JSON
  --csv         everything as one CSV table
  --markdown    totals and stages as Markdown
  -h, --help    this text

examples: densenet121
          cspdensenet121-last@gamma=0.25,size=320
          cspdensenet-first@growth=16,blocks=4-8-12-8,stem=32,classes=61,size=96
`;

const FORMATS = {
  json: (analysis: Analysis) => `${JSON.stringify(costValue(analysis), null, 2)}\n`,
  csv: (analysis: Analysis) => costCsv([analysis]),
  markdown: (analysis: Analysis) => costMarkdown([analysis]),
} as const;
const FORMAT_NAMES = ['json', 'csv', 'markdown'] as const;

const exact = (value: number) => value.toLocaleString('en-US');

function totalsTable(analysis: Analysis): string {
  const { totals, reference } = compareWithPlain(analysis);
  const plain = reference === analysis.network;
  const line = (name: string, key: ComparedKey, format: (value: number) => string) => {
    const { subject, relative } = totals[key];
    return [name, exact(subject), format(subject), ...(plain ? [] : [formatRelative(relative)])];
  };
  return alignedTable([
    ['total', 'exact', 'rounded', ...(plain ? [] : [`against ${reference}`])],
    line('parameters', 'params', formatCount),
    line('weights only', 'weights', formatCount),
    line('MACs', 'macs', formatCount),
    line('FLOPs', 'flops', formatCount),
    line('CIO', 'cio', formatCount),
    line('activations', 'activations', formatCount),
    line('peak activation bytes', 'peakActivationBytes', formatBytes),
  ]);
}

function stagesTable(analysis: Analysis): string {
  return alignedTable([
    ['stage', 'output', 'MACs', 'CIO', 'MACs/CIO', 'params', 'activations', 'peak'],
    ...analysis.stages.map((stage) => [
      stage.name,
      formatShape(stage.out),
      formatCount(stage.macs),
      formatCount(stage.cio),
      formatDecimal(stage.moc, 1),
      formatCount(stage.params),
      formatBytes(stage.activationBytes),
      formatBytes(stage.peakActivationBytes),
    ]),
  ]);
}

function layersTable(analysis: Analysis): string {
  return alignedTable(
    [
      ['layer', 'op', 'input', 'output', 'MACs', 'CIO', 'MACs/CIO', 'params'],
      ...analysis.layers.map((layer) => [
        layer.id,
        layer.kernel === null ? layer.op : `${layer.op} ${layer.kernel}×${layer.kernel}`,
        formatShape(layer.in),
        formatShape(layer.out),
        formatCount(layer.macs),
        formatCount(layer.cio),
        formatDecimal(layer.moc, 1),
        formatCount(layer.params),
      ]),
    ],
    2,
  );
}

function report(analysis: Analysis): string {
  return [
    analysis.network,
    CONVENTIONS_LINE,
    '',
    totalsTable(analysis),
    `Memory peaks at ${analysis.peakAt}.`,
    '',
    stagesTable(analysis),
    '',
    layersTable(analysis),
    '',
  ].join('\n');
}

const refusal = (message: string): Printed => ({ stdout: '', stderr: message, code: 2 });

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      csv: { type: 'boolean' },
      markdown: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

/**
 * Runs the command line.
 * @param argv the arguments after the script's name.
 */
export function run(argv: readonly string[]): Printed {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    return refusal(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  const { values, positionals } = parsed;
  if (values.help) return { stdout: USAGE, stderr: '', code: 0 };
  const [text, ...more] = positionals;
  if (text === undefined) return refusal(USAGE);
  if (more.length) return refusal(`one network at a time; got ${positionals.join(' ')}\n\n${USAGE}`);
  const formats = FORMAT_NAMES.filter((name) => values[name]);
  const [format] = formats;
  if (formats.length > 1)
    return refusal(`one of --json, --csv and --markdown; got --${formats.join(' --')}\n\n${USAGE}`);
  try {
    const analysis = analyze(buildNetwork(parseNetwork(text)));
    return { stdout: format ? FORMATS[format](analysis) : report(analysis), stderr: '', code: 0 };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    const forms = error.message.includes(TEXT_FORMS) ? '' : `\na network is one of: ${TEXT_FORMS}\n`;
    return refusal(`cannot analyse "${text}": ${error.message}\n${forms}`);
  }
}
