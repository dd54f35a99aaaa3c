/** The quantities that the charts can show: their names, units, and how they are read off a stage. */
import type { Analysis } from '../../analysis/cost';
import type { Convention, Metric } from '../../state/pageState';

type Countable = Pick<Analysis['stages'][number], 'macs' | 'flops' | 'cio' | 'params' | 'activationBytes'>;

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

export function metricValue(cost: Countable, metric: Metric, convention: Convention): number {
  switch (metric) {
    case 'compute':
      return convention === 'macs' ? cost.macs : cost.flops;
    case 'cio':
      return cost.cio;
    case 'params':
      return cost.params;
    case 'activations':
      return cost.activationBytes;
  }
}
