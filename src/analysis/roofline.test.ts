import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { analyze } from './cost';
import { attainable, layerIntensities, ridge, stagePerformance } from './roofline';

const analysis = analyze(buildNetwork(parseNetwork('cspdensenet121-first')));

describe('layerIntensities', () => {
  const layers = layerIntensities(analysis, 'macs');

  it('has every convolution and the linear layer, and adds up to the network’s compute', () => {
    expect(layers.map((layer) => layer.id)).toEqual(
      analysis.layers.filter((layer) => layer.op !== 'batchNorm').map((layer) => layer.id),
    );
    expect(layers.reduce((sum, layer) => sum + layer.compute, 0)).toBe(analysis.totals.macs);
  });

  it('counts the stem’s convolution as by hand', () => {
    const stem = layers[0];
    const macs = 7 * 7 * 3 * 64 * 112 * 112;
    const bytes = 4 * (3 * 224 * 224 + 64 * 112 * 112 + 7 * 7 * 3 * 64);
    expect(stem).toMatchObject({ id: 'stem/conv', op: 'conv', kernel: 7, compute: macs, bytes });
    expect(stem?.intensity).toBeCloseTo(macs / bytes, 12);
  });

  it('puts the linear layer, which uses each weight once, below one MAC in four bytes', () => {
    const linear = layers.at(-1);
    expect(linear?.op).toBe('linear');
    expect(linear?.intensity).toBeLessThan(0.25);
    expect(Math.min(...layers.slice(0, -1).map((layer) => layer.intensity))).toBeGreaterThan(1);
  });

  it('follows the convention', () => {
    const flops = layerIntensities(analysis, 'flops');
    expect(flops[3]?.intensity).toBeCloseTo(2 * (layers[3]?.intensity ?? 0), 12);
    expect(layerIntensities(analysis, 'fvcore')[3]).toEqual(layers[3]);
  });
});

describe('stagePerformance', () => {
  const times = analysis.stages.map((stage, index) => ({ stage: stage.name, ms: 2 + index }));
  const stages = stagePerformance(analysis, times, 'flops');

  it('shares everything out', () => {
    const sum = (of: 'timeShare' | 'computeShare' | 'cioShare') => stages.reduce((all, stage) => all + stage[of], 0);
    for (const key of ['timeShare', 'computeShare', 'cioShare'] as const) expect(sum(key)).toBeCloseTo(1, 12);
  });

  it('turns milliseconds into compute and bytes per second', () => {
    const [stem] = stages;
    const macs = analysis.stages[0]?.macs ?? 0;
    expect(stem?.perSecond).toBeCloseTo((2 * macs) / 0.002, 0);
    expect((stem?.perSecond ?? 0) / (stem?.bytesPerSecond ?? 1)).toBeCloseTo(stem?.intensity ?? 0, 9);
  });

  it('leaves out a stage that the network does not have', () => {
    expect(stagePerformance(analysis, [{ stage: 'stage9', ms: 1 }], 'macs')).toEqual([]);
  });
});

describe('a roof', () => {
  const roof = { compute: 100e9, bandwidth: 20e9 };

  it('is memory’s line up to the ridge and flat beyond', () => {
    expect(ridge(roof)).toBe(5);
    expect(attainable(roof, 2)).toBe(40e9);
    expect(attainable(roof, 5)).toBe(100e9);
    expect(attainable(roof, 50)).toBe(100e9);
  });

  it('says only what is known', () => {
    expect(ridge({ compute: 1, bandwidth: null })).toBeNull();
    expect(attainable({ compute: null, bandwidth: 20e9 }, 3)).toBe(60e9);
    expect(attainable({ compute: null, bandwidth: null }, 3)).toBeNull();
  });
});
