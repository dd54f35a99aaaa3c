/** The quantities that the charts can show: their names, units, and how they are read off a stage. */
import type { ComparedKey } from '../../analysis/compare';
import type { Convention, Metric } from '../../state/pageState';

export const METRIC_NAMES: Record<Metric, (convention: Convention) => string> = {
  compute: (convention) => (convention === 'macs' ? 'MACs' : 'FLOPs'),
  cio: () => 'CIO',
  params: () => 'Parameters',
  activations: () => 'Activations',
};

const UNITS: Record<Metric, string> = {
  compute: 'one picture, convolutions and linear',
  cio: 'elements, one picture',
  params: 'trainable',
  activations: 'bytes, float32, one picture',
};

export function metricUnit(metric: Metric): string {
  return UNITS[metric];
}

/** The field of a cost that a metric is read from. */
export function metricKey(metric: Metric, convention: Convention): ComparedKey {
  switch (metric) {
    case 'compute':
      return convention;
    case 'cio':
    case 'params':
      return metric;
    case 'activations':
      return 'activationBytes';
  }
}
