/** What `analyze` prints, as a function of its arguments; touches neither streams nor the process. */
import { parseArgs } from 'node:util';
import { compareWithPlain, difference } from '../analysis/compare';
import type { ComparedKey, Difference } from '../analysis/compare';
import { analyze } from '../analysis/cost';
import type { Analysis } from '../analysis/cost';
import { computeOf, CONVENTION_TEXTS, countsNorm } from '../analysis/conventions';
import type { Convention } from '../analysis/conventions';
import { formatBytes, formatCount, formatRelative, formatShape } from '../analysis/format';
import { formatMetric, metricName, metricOf } from '../analysis/metrics';
import type { Counting, Measured, Metric } from '../analysis/metrics';
import { chosenLine, CONVENTIONS_LINE, DEFAULT_COUNTING } from '../exports/conventions';
import { costCsv, costValue } from '../exports/cost';
import { costLatex, costMarkdown } from '../exports/costTables';
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

const USAGE = `usage: npm run --silent analyze -- <network> [--json | --csv | --markdown | --latex]

Prints parameters, MACs, CIO and memory of a network: totals, stages and layers.

  <network>     ${TEXT_FORMS}
  --json        everything as JSON
  --csv         everything as one CSV table
  --markdown    totals and stages as Markdown
  --latex       the same as LaTeX tables for the package booktabs
  --convention  how compute is counted: macs (torchvision, the default), fvcore (timm, fvcore: and 2 per element
                of batch normalisation), thop (thop, ptflops: and 4), or flops (darknet, the CSPNet paper: 2 × MACs)
  -h, --help    this text

examples: densenet121
          cspdensenet121-last@gamma=0.25,size=320
          cspdensenet-first@growth=16,blocks=4-8-12-8,stem=32,classes=61,size=96
`;

const FORMATS = {
  json: (analysis: Analysis, counting: Counting) => `${JSON.stringify(costValue(analysis, counting), null, 2)}\n`,
  csv: (analysis: Analysis, counting: Counting) => costCsv([analysis], counting),
  markdown: (analysis: Analysis, counting: Counting) => costMarkdown([analysis], counting),
  latex: (analysis: Analysis, counting: Counting) => costLatex([analysis], counting),
} as const;
const FORMAT_NAMES = ['json', 'csv', 'markdown', 'latex'] as const;
const CONVENTIONS = ['macs', 'fvcore', 'thop', 'flops'] as const satisfies readonly Convention[];

const exact = (value: number) => value.toLocaleString('en-US');

function totalsTable(analysis: Analysis, { convention }: Counting): string {
  const { totals, reference } = compareWithPlain(analysis);
  const plain = reference === analysis.network;
  const exactly = (name: string, { subject, relative }: Difference, format: (value: number) => string) => [
    name,
    exact(subject),
    format(subject),
    ...(plain ? [] : [formatRelative(relative)]),
  ];
  const line = (name: string, key: ComparedKey, format: (value: number) => string) =>
    exactly(name, totals[key], format);
  const counted = (side: 'subject' | 'reference') =>
    computeOf({ macs: totals.macs[side], normElements: totals.normElements[side] }, convention);
  return alignedTable([
    ['total', 'exact', 'rounded', ...(plain ? [] : [`against ${reference}`])],
    line('parameters', 'params', formatCount),
    line('weights only', 'weights', formatCount),
    line('MACs', 'macs', formatCount),
    line('FLOPs', 'flops', formatCount),
    ...(countsNorm(convention)
      ? [exactly(CONVENTION_TEXTS[convention].short, difference(counted('subject'), counted('reference')), formatCount)]
      : []),
    line('CIO', 'cio', formatCount),
    line('activations', 'activations', formatCount),
    line('peak activation bytes', 'peakActivationBytes', formatBytes),
  ]);
}

const metrics = (cost: Measured, names: readonly Metric[], counting: Counting) =>
  names.map((metric) => formatMetric(metric, metricOf(cost, metric, counting)));

/** `MACs/CIO`, `(MACs + 2·BN)/CIO`. */
const perCio = (compute: string) => (compute.includes(' ') ? `(${compute})/CIO` : `${compute}/CIO`);

function stagesTable(analysis: Analysis, counting: Counting): string {
  const compute = metricName('compute', counting);
  return alignedTable([
    ['stage', 'output', compute, 'CIO', perCio(compute), 'params', 'activations', 'peak'],
    ...analysis.stages.map((stage) => [
      stage.name,
      formatShape(stage.out),
      ...metrics(stage, ['compute', 'cio', 'moc', 'params', 'activations', 'peak'], counting),
    ]),
  ]);
}

function layersTable(analysis: Analysis, counting: Counting): string {
  const compute = metricName('compute', counting);
  return alignedTable(
    [
      ['layer', 'op', 'input', 'output', compute, 'CIO', perCio(compute), 'params'],
      ...analysis.layers.map((layer) => [
        layer.id,
        layer.kernel === null ? layer.op : `${layer.op} ${layer.kernel}×${layer.kernel}`,
        formatShape(layer.in),
        formatShape(layer.out),
        ...metrics(layer, ['compute', 'cio', 'moc', 'params'], counting),
      ]),
    ],
    2,
  );
}

function report(analysis: Analysis, counting: Counting): string {
  const { convention } = counting;
  return [
    analysis.network,
    CONVENTIONS_LINE,
    ...(convention === 'macs' ? [] : [chosenLine(counting)]),
    '',
    totalsTable(analysis, counting),
    `Memory peaks at ${analysis.peakAt}.`,
    '',
    stagesTable(analysis, counting),
    '',
    layersTable(analysis, counting),
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
      latex: { type: 'boolean' },
      convention: { type: 'string', default: DEFAULT_COUNTING.convention },
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
    return refusal(`one of --json, --csv, --markdown and --latex; got --${formats.join(' --')}\n\n${USAGE}`);
  const convention = CONVENTIONS.find((name) => name === values.convention);
  if (!convention) {
    return refusal(`--convention is "${values.convention}"; allowed is ${CONVENTIONS.join(', ')}\n\n${USAGE}`);
  }
  const counting = { ...DEFAULT_COUNTING, convention };
  try {
    const analysis = analyze(buildNetwork(parseNetwork(text)));
    return { stdout: format ? FORMATS[format](analysis, counting) : report(analysis, counting), stderr: '', code: 0 };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    const forms = error.message.includes(TEXT_FORMS) ? '' : `\na network is one of: ${TEXT_FORMS}\n`;
    return refusal(`cannot analyse "${text}": ${error.message}\n${forms}`);
  }
}
