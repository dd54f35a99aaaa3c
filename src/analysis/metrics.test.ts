import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { analyzePlain } from './compare';
import { analyze } from './cost';
import { addsUp, formatMetric, metricName, metricOf, readStage } from './metrics';
import type { Counting, Metric } from './metrics';

const A = analyze(buildNetwork(parseNetwork('cspdensenet121-first')));
const plain = analyzePlain(A.spec);
const METRICS: readonly Metric[] = ['compute', 'cio', 'params', 'activations', 'peak', 'moc'];
const COUNTINGS: readonly Counting[] = (['macs', 'fvcore', 'thop', 'flops'] as const).flatMap((convention) =>
  (['trainable', 'weights'] as const).map((parameters) => ({ convention, parameters })),
);
const MACS: Counting = { convention: 'macs', parameters: 'trainable' };

describe('metricOf', () => {
  it('adds up over stages and layers in every convention, where it adds up at all', () => {
    for (const counting of COUNTINGS) {
      for (const metric of METRICS.filter(addsUp)) {
        const sum = (parts: typeof A.stages | typeof A.layers) =>
          parts.reduce((total, part) => total + (metricOf(part, metric, counting) ?? 0), 0);
        expect(sum(A.stages)).toBe(metricOf(A.totals, metric, counting));
        expect(sum(A.layers)).toBe(metricOf(A.totals, metric, counting));
      }
    }
  });

  it('takes MoC of convolutions alone, in the convention', () => {
    const { moc, cio, normElements } = A.totals;
    expect(metricOf(A.totals, 'moc', MACS)).toBeCloseTo(moc ?? 0, 9);
    expect(metricOf(A.totals, 'moc', { ...MACS, convention: 'flops' })).toBeCloseTo(2 * (moc ?? 0), 9);
    expect(metricOf(A.totals, 'moc', { ...MACS, convention: 'thop' })).toBeCloseTo(
      (moc ?? 0) + (4 * normElements) / cio,
      9,
    );
    const head = A.stages.find((stage) => stage.name === 'head');
    expect(head && metricOf(head, 'moc', MACS)).toBeNull();
  });

  it('has one name per convention', () => {
    const names = (metric: Metric) => new Set(COUNTINGS.map((counting) => metricName(metric, counting)));
    expect([...names('compute')]).toEqual(['MACs', 'MACs + 2·BN', 'MACs + 4·BN', 'FLOPs']);
    expect([...names('params')]).toEqual(['Parameters', 'Weights']);
  });
});

describe('readStage', () => {
  it('gives shares that add up to one, and the share of the peak', () => {
    for (const metric of METRICS.filter(addsUp)) {
      const shares = A.stages.map(
        (stage) => readStage(A, plain, stage.name, { metric, counting: MACS, scale: 'share' }).value ?? 0,
      );
      expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12);
    }
    const peaks = A.stages.map(
      (stage) => readStage(A, plain, stage.name, { metric: 'peak', counting: MACS, scale: 'share' }).value ?? 0,
    );
    expect(Math.max(...peaks)).toBe(1);
  });

  it('has no share of a ratio, and none of a stage that is not there', () => {
    const none = { value: null, text: '–' };
    expect(readStage(A, plain, 'stage1', { metric: 'moc', counting: MACS, scale: 'share' })).toEqual(none);
    expect(readStage(A, plain, 'stage5', { metric: 'cio', counting: MACS, scale: 'absolute' })).toEqual(none);
  });

  it('compares with plain DenseNet, and plain DenseNet with itself', () => {
    const reading = { metric: 'compute', counting: MACS, scale: 'relative' } as const;
    expect(readStage(A, plain, 'total', reading).text).toBe('−9.1 %');
    expect(readStage(plain, null, 'total', reading)).toEqual({ value: 0, text: '±0.0 %' });
  });

  it('writes bytes, ratios and counts each in their way', () => {
    expect(formatMetric('peak', 6_823_936)).toBe('6.508 MiB');
    expect(formatMetric('moc', 129.66)).toBe('129.7');
    expect(formatMetric('compute', 2_577_260_544)).toBe('2.577 G');
    expect(formatMetric('moc', null)).toBe('–');
  });
});
