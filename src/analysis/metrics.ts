/**
 * The quantities that bars, tables, strips and exports show, each read off a cost and written in one way under the
 * chosen conventions. The counts are cost.ts, the conventions conventions.ts.
 */
import { difference } from './compare';
import { computeOf, CONVENTION_TEXTS, PARAMETER_TEXTS, parametersOf } from './conventions';
import type { Convention, ParameterCount } from './conventions';
import type { Analysis, Costed } from './cost';
import { formatBytes, formatCount, formatDecimal, formatRelative, formatShare } from './format';

/** activations: sum of outputs, bytes; peak: largest sum of live tensors, bytes; moc: compute per element of CIO. */
export type Metric = 'compute' | 'cio' | 'params' | 'activations' | 'peak' | 'moc';

/** Absolute numbers, shares of the network's own total, or differences from the plain DenseNet. */
export type Scale = 'absolute' | 'share' | 'relative';

/** How things are counted. */
export interface Counting {
  readonly convention: Convention;
  readonly parameters: ParameterCount;
}

/** What {@link metricOf} reads: a layer, a stage or a whole network. */
export type Measured = Pick<
  Costed,
  'macs' | 'normElements' | 'cio' | 'params' | 'weights' | 'activationBytes' | 'peakActivationBytes' | 'moc'
>;

/**
 * A quantity of a layer, a stage or a network: compute in the convention's unit, CIO in elements, parameters, bytes of
 * float32, or compute per element of CIO. Null where there is none: MoC without a convolution.
 */
export function metricOf(cost: Measured, metric: Metric, { convention, parameters }: Counting): number | null {
  switch (metric) {
    case 'compute':
      return computeOf(cost, convention);
    case 'cio':
      return cost.cio;
    case 'params':
      return parametersOf(cost, parameters);
    case 'activations':
      return cost.activationBytes;
    case 'peak':
      return cost.peakActivationBytes;
    case 'moc': {
      if (cost.moc === null) return null;
      // The linear layer has no CIO, so its MACs are not in the ratio either.
      return computeOf({ macs: cost.moc * cost.cio, normElements: cost.normElements }, convention) / cost.cio;
    }
  }
}

/** What a quantity is called. */
export function metricName(metric: Metric, { convention, parameters }: Counting): string {
  switch (metric) {
    case 'compute':
      return CONVENTION_TEXTS[convention].short;
    case 'cio':
      return 'CIO';
    case 'params':
      return PARAMETER_TEXTS[parameters].short;
    case 'activations':
      return 'Activations, sum';
    case 'peak':
      return 'Activations, peak';
    case 'moc':
      return 'MoC';
  }
}

/** What one of a quantity is, in few words. */
export function metricUnit(metric: Metric, { convention, parameters }: Counting): string {
  switch (metric) {
    case 'compute':
      return CONVENTION_TEXTS[convention].unit;
    case 'cio':
      return 'elements that convolutions read and write';
    case 'params':
      return parameters === 'weights' ? 'convolutions and linear layer' : 'trainable';
    case 'activations':
      return 'float32, all outputs of convolutions and linear layer';
    case 'peak':
      return 'float32, most that is alive at once';
    case 'moc':
      return `${CONVENTION_TEXTS[convention].short} per element of CIO`;
  }
}

/** Whether stages' values add up to the network's: peak memory and a ratio do not. */
export function addsUp(metric: Metric): boolean {
  return metric !== 'peak' && metric !== 'moc';
}

/** Whether a quantity of a stage is a part of the network's: all but a ratio. */
export function hasShare(metric: Metric): boolean {
  return metric !== 'moc';
}

/** A value of a quantity as it is written: four significant digits with a prefix, MoC with one decimal. */
export function formatMetric(metric: Metric, value: number | null): string {
  if (value === null) return '–';
  switch (metric) {
    case 'activations':
    case 'peak':
      return formatBytes(value);
    case 'moc':
      return formatDecimal(value, 1);
    default:
      return formatCount(value);
  }
}

/** A number and how it is written. */
export interface Reading {
  /** In the metric's own unit, or 0 … 1 for a share, or −1 … for a difference; null where there is none. */
  readonly value: number | null;
  readonly text: string;
}

const NONE: Reading = { value: null, text: '–' };

/** The cost of a stage by name, or of the network for `total`. */
export function partOf(analysis: Analysis, name: string): Measured | undefined {
  return name === 'total' ? analysis.totals : analysis.stages.find((stage) => stage.name === name);
}

/**
 * One stage (or `total`) of a network on a scale.
 * @param plain the plain DenseNet of the same depth; null for that one itself, which differs from itself in nothing.
 */
export function readStage(
  own: Analysis,
  plain: Analysis | null,
  name: string,
  { metric, counting, scale }: { readonly metric: Metric; readonly counting: Counting; readonly scale: Scale },
): Reading {
  const part = partOf(own, name);
  const value = part ? metricOf(part, metric, counting) : null;
  if (value === null) return NONE;
  if (scale === 'absolute') return { value, text: formatMetric(metric, value) };
  if (scale === 'share') {
    const total = hasShare(metric) ? metricOf(own.totals, metric, counting) : null;
    if (total === null || total === 0) return NONE;
    return { value: value / total, text: formatShare(value / total) };
  }
  const reference = partOf(plain ?? own, name);
  const other = reference ? metricOf(reference, metric, counting) : null;
  if (other === null) return NONE;
  const { relative } = difference(value, other);
  return { value: relative, text: formatRelative(relative) };
}
