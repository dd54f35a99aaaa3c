/** Costs of networks as CSV, JSON and Markdown. Each says its units and conventions. */
import type { Analysis, Costed, LayerCost, StageCost } from '../analysis/cost';
import { compareWithPlain } from '../analysis/compare';
import { formatBytes, formatCount, formatRelative, formatShape } from '../analysis/format';
import type { Shape } from '../network/network';
import { CONVENTIONS, CONVENTIONS_LINE } from './conventions';
import { csvTable } from './csv';
import type { CsvValue } from './csv';

export const COST_COLUMNS = [
  'network',
  'level',
  'name',
  'op',
  'role',
  'stage',
  'in_channels',
  'in_height',
  'in_width',
  'out_channels',
  'out_height',
  'out_width',
  'kernel',
  'stride',
  'macs',
  'flops',
  'cio',
  'cio_read',
  'cio_written',
  'params',
  'weights',
  'activations',
  'activation_bytes',
  'peak_activation_bytes',
  'macs_per_cio',
  'conventions',
] as const;

type CostRow = { readonly [name in (typeof COST_COLUMNS)[number]]?: CsvValue };

function numbers(cost: Costed): CostRow {
  return {
    macs: cost.macs,
    flops: cost.flops,
    cio: cost.cio,
    cio_read: cost.cioRead,
    cio_written: cost.cioWritten,
    params: cost.params,
    weights: cost.weights,
    activations: cost.activations,
    activation_bytes: cost.activationBytes,
    peak_activation_bytes: cost.peakActivationBytes,
    macs_per_cio: cost.moc === null ? null : Number(cost.moc.toPrecision(6)),
  };
}

function shapes(part: StageCost | LayerCost): CostRow {
  return {
    in_channels: part.in[0],
    in_height: part.in[1],
    in_width: part.in[2],
    out_channels: part.out[0],
    out_height: part.out[1],
    out_width: part.out[2],
  };
}

function costRows(analysis: Analysis): readonly CostRow[] {
  const { network } = analysis;
  return [
    { network, level: 'network', name: network, ...numbers(analysis.totals), conventions: CONVENTIONS_LINE },
    ...analysis.stages.map((stage) => ({
      network,
      level: 'stage',
      name: stage.name,
      stage: stage.name,
      ...shapes(stage),
      ...numbers(stage),
    })),
    ...analysis.layers.map((layer) => ({
      network,
      level: 'layer',
      name: layer.id,
      op: layer.op,
      role: layer.role,
      stage: layer.stage,
      ...shapes(layer),
      kernel: layer.kernel,
      stride: layer.stride,
      ...numbers(layer),
    })),
  ];
}

/**
 * One table of all networks: a row per network, per stage and per layer, told apart by the column `level`. Each level
 * adds up to the one above. The network's row carries the conventions.
 */
export function costCsv(analyses: readonly Analysis[]): string {
  return csvTable(COST_COLUMNS, analyses.flatMap(costRows));
}

const sides = ([channels, height, width]: Shape) => ({ channels, height, width });

const counts = (cost: Costed) => ({
  macs: cost.macs,
  flops: cost.flops,
  cio: cost.cio,
  cioRead: cost.cioRead,
  cioWritten: cost.cioWritten,
  params: cost.params,
  weights: cost.weights,
  activations: cost.activations,
  activationBytes: cost.activationBytes,
  peakActivationBytes: cost.peakActivationBytes,
  moc: cost.moc,
});

/** One network as a value for JSON: `network, params, macs, flops, cio, peakActivationBytes, stages, layers` and more. */
export function costValue(analysis: Analysis) {
  return {
    network: analysis.network,
    conventions: CONVENTIONS,
    ...counts(analysis.totals),
    peakAt: analysis.peakAt,
    stages: analysis.stages.map((stage) => ({
      name: stage.name,
      ...counts(stage),
      in: sides(stage.in),
      out: sides(stage.out),
    })),
    layers: analysis.layers.map((layer) => ({
      id: layer.id,
      op: layer.op,
      stage: layer.stage,
      role: layer.role,
      kernel: layer.kernel,
      stride: layer.stride,
      ...counts(layer),
      in: sides(layer.in),
      out: sides(layer.out),
    })),
  };
}

/** Several networks as JSON text: `{ conventions, networks: […] }`, each as in {@link costValue}. */
export function costJson(analyses: readonly Analysis[]): string {
  const networks = analyses.map((analysis) => {
    const { conventions: _, ...value } = costValue(analysis);
    return value;
  });
  return `${JSON.stringify({ conventions: CONVENTIONS, networks }, null, 2)}\n`;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [header, rule, ...rows].map(row).join('\n');
}

/** Totals of all networks with their difference from plain DenseNet, and a table of stages for each, as Markdown. */
export function costMarkdown(analyses: readonly Analysis[]): string {
  const totals = analyses.map((analysis) => {
    const { params, macs, cio } = compareWithPlain(analysis).totals;
    return [
      `\`${analysis.network}\``,
      `${formatCount(params.subject)} (${formatRelative(params.relative)})`,
      `${formatCount(macs.subject)} (${formatRelative(macs.relative)})`,
      `${formatCount(cio.subject)} (${formatRelative(cio.relative)})`,
      formatBytes(analysis.peakActivationBytes),
    ];
  });
  const stages = analyses.map((analysis) => {
    const rows = analysis.stages.map((stage) => [
      stage.name,
      formatShape(stage.out),
      formatCount(stage.macs),
      formatCount(stage.cio),
      formatCount(stage.params),
      formatBytes(stage.activationBytes),
    ]);
    const header = ['stage', 'output', 'MACs', 'CIO', 'params', 'activations'];
    return `### \`${analysis.network}\`\n\n${markdownTable(header, rows)}`;
  });
  const header = ['network', 'params', 'MACs', 'CIO', 'peak activations'];
  const note = `${CONVENTIONS_LINE} In brackets: against the plain DenseNet of the same depth.`;
  return [markdownTable(header, totals), note, ...stages, ''].join('\n\n').trimEnd() + '\n';
}
