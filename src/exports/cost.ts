/** Costs of networks as CSV and JSON. Each says its units and conventions; tables for texts are costTables.ts. */
import type { Analysis, Costed, LayerCost, StageCost } from '../analysis/cost';
import { conventionName } from '../analysis/conventions';
import { metricOf } from '../analysis/metrics';
import type { Counting } from '../analysis/metrics';
import type { Shape } from '../network/network';
import { chosenLine, CONVENTIONS, CONVENTIONS_LINE, DEFAULT_COUNTING } from './conventions';
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
  'norm_elements',
  'chosen_compute',
  'chosen_parameters',
  'conventions',
] as const;

type CostRow = { readonly [name in (typeof COST_COLUMNS)[number]]?: CsvValue };

/** `chosen_…` are in the chosen conventions, all others in one that never changes. */
function numbers(cost: Costed, counting: Counting): CostRow {
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
    norm_elements: cost.normElements,
    chosen_compute: metricOf(cost, 'compute', counting),
    chosen_parameters: metricOf(cost, 'params', counting),
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

function costRows(analysis: Analysis, counting: Counting): readonly CostRow[] {
  const { network } = analysis;
  return [
    {
      network,
      level: 'network',
      name: network,
      ...numbers(analysis.totals, counting),
      conventions: `${CONVENTIONS_LINE} ${chosenLine(counting)}`,
    },
    ...analysis.stages.map((stage) => ({
      network,
      level: 'stage',
      name: stage.name,
      stage: stage.name,
      ...shapes(stage),
      ...numbers(stage, counting),
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
      ...numbers(layer, counting),
    })),
  ];
}

/**
 * One table of all networks: a row per network, per stage and per layer, told apart by the column `level`. Each level
 * adds up to the one above. The network's row carries the conventions.
 */
export function costCsv(analyses: readonly Analysis[], counting = DEFAULT_COUNTING): string {
  return csvTable(
    COST_COLUMNS,
    analyses.flatMap((analysis) => costRows(analysis, counting)),
  );
}

const sides = ([channels, height, width]: Shape) => ({ channels, height, width });

const counts = (cost: Costed, counting: Counting) => ({
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
  normElements: cost.normElements,
  chosen: { compute: metricOf(cost, 'compute', counting), parameters: metricOf(cost, 'params', counting) },
});

/** What `chosen` means in the numbers of a JSON text. */
const chosenConventions = ({ convention, parameters }: Counting) => ({
  compute: conventionName(convention),
  parameters,
});

/** One network as a value for JSON: `network, params, macs, flops, cio, peakActivationBytes, stages, layers` and more. */
export function costValue(analysis: Analysis, counting = DEFAULT_COUNTING) {
  return {
    network: analysis.network,
    conventions: { ...CONVENTIONS, chosen: chosenConventions(counting) },
    ...counts(analysis.totals, counting),
    peakAt: analysis.peakAt,
    stages: analysis.stages.map((stage) => ({
      name: stage.name,
      ...counts(stage, counting),
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
      ...counts(layer, counting),
      in: sides(layer.in),
      out: sides(layer.out),
    })),
  };
}

/** Several networks as JSON text: `{ conventions, networks: […] }`, each as in {@link costValue}. */
export function costJson(analyses: readonly Analysis[], counting = DEFAULT_COUNTING): string {
  const networks = analyses.map((analysis) => {
    const { conventions: _, ...value } = costValue(analysis, counting);
    return value;
  });
  const conventions = { ...CONVENTIONS, chosen: chosenConventions(counting) };
  return `${JSON.stringify({ conventions, networks }, null, 2)}\n`;
}
