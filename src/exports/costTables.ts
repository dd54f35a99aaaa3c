/** Costs of networks as tables for texts, Markdown and LaTeX: totals against plain DenseNet, and stages. */
import { analyzePlain } from '../analysis/compare';
import type { Analysis } from '../analysis/cost';
import { formatShape } from '../analysis/format';
import { metricName, readStage } from '../analysis/metrics';
import type { Counting, Metric } from '../analysis/metrics';
import { chosenLine, CONVENTIONS_LINE, DEFAULT_COUNTING } from './conventions';
import { latexTable } from './latex';

/** Compared with plain DenseNet in the table of totals. */
const COMPARED = ['params', 'compute', 'cio'] as const satisfies readonly Metric[];
/** In the tables of stages. */
const PER_STAGE = ['compute', 'cio', 'params', 'activations', 'peak', 'moc'] as const satisfies readonly Metric[];

interface Rows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function totalsOf(analyses: readonly Analysis[], counting: Counting): Rows {
  return {
    header: ['network', ...COMPARED.map((metric) => metricName(metric, counting)), 'peak activations'],
    rows: analyses.map((analysis) => {
      const plain = analyzePlain(analysis.spec);
      const read = (metric: Metric, scale: 'absolute' | 'relative') =>
        readStage(analysis, plain, 'total', { metric, counting, scale }).text;
      return [
        analysis.network,
        ...COMPARED.map((metric) => `${read(metric, 'absolute')} (${read(metric, 'relative')})`),
        read('peak', 'absolute'),
      ];
    }),
  };
}

function stagesOf(analysis: Analysis, counting: Counting): Rows {
  return {
    header: ['stage', 'output', ...PER_STAGE.map((metric) => metricName(metric, counting))],
    rows: analysis.stages.map((stage) => [
      stage.name,
      formatShape(stage.out),
      ...PER_STAGE.map((metric) => readStage(analysis, null, stage.name, { metric, counting, scale: 'absolute' }).text),
    ]),
  };
}

const IN_BRACKETS = 'In brackets: against the plain DenseNet of the same depth.';

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function markdownTable({ header, rows }: Rows): string {
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [header, rule, ...rows].map(row).join('\n');
}

/** Totals of all networks with their difference from plain DenseNet, and a table of stages for each, as Markdown. */
export function costMarkdown(analyses: readonly Analysis[], counting = DEFAULT_COUNTING): string {
  const totals = totalsOf(analyses, counting);
  const named = totals.rows.map(([network = '', ...cells]) => [`\`${network}\``, ...cells]);
  const stages = analyses.map(
    (analysis) => `### \`${analysis.network}\`\n\n${markdownTable(stagesOf(analysis, counting))}`,
  );
  const note = `${CONVENTIONS_LINE} ${chosenLine(counting)} ${IN_BRACKETS}`;
  return `${[markdownTable({ ...totals, rows: named }), note, ...stages].join('\n\n')}\n`;
}

/** The same as two LaTeX tables for the package booktabs; their captions name the networks and the conventions. */
export function costLatex(analyses: readonly Analysis[], counting = DEFAULT_COUNTING): string {
  const names = analyses.map((analysis) => analysis.network).join(', ');
  const stages = analyses.map((analysis) => stagesOf(analysis, counting));
  const conventions = `${CONVENTIONS_LINE} ${chosenLine(counting)}`;
  return [
    '% Needs \\usepackage{booktabs}.',
    latexTable({
      caption: `Cost of ${names}. ${IN_BRACKETS} ${conventions}`,
      label: 'cost',
      ...totalsOf(analyses, counting),
    }),
    latexTable({
      caption: `Cost of the stages of ${names}. ${conventions}`,
      label: 'cost-stages',
      header: stages[0]?.header ?? ['stage'],
      rows: stages.flatMap(({ rows }, index) => [[analyses[index]?.network ?? ''], ...rows]),
    }),
    '',
  ].join('\n');
}
