import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { computeOf } from './conventions';
import { analyze } from './cost';
import {
  alignLayers,
  bottlenecks,
  brushedLayers,
  brushFromSlots,
  brushSlots,
  litLayers,
  stripLayers,
  sumLayers,
} from './layerStrip';

const analysis = (text: string) => analyze(buildNetwork(parseNetwork(text)));
const layersOf = (text: string) => stripLayers(analysis(text));
const first = layersOf('cspdensenet121-first');
const last = layersOf('cspdensenet121-last');
const ids = (layers: readonly { readonly id: string }[]) => layers.map((layer) => layer.id);

describe('stripLayers', () => {
  it('has the 121 layers that name DenseNet-121: 120 convolutions and the linear layer', () => {
    const layers = layersOf('densenet121');
    expect(layers).toHaveLength(121);
    expect(layers.filter((layer) => layer.op === 'conv')).toHaveLength(120);
    expect(layers.at(-1)?.op).toBe('linear');
  });
});

describe('alignLayers', () => {
  it('puts layers of one name in one place and keeps every network’s order', () => {
    const strip = alignLayers([first, last]);
    expect(new Set(ids(strip.slots)).size).toBe(strip.slots.length);
    expect(new Set(ids(strip.slots))).toEqual(new Set([...ids(first), ...ids(last)]));
    for (const layers of [first, last]) {
      const places = layers.map((layer) => strip.slotOf.get(layer.id) ?? -1);
      expect(places.every((place, index) => place > (places[index - 1] ?? -1))).toBe(true);
    }
  });

  it('aligns networks of different depth and number of stages', () => {
    const small = layersOf('cspdensenet-last@growth=8,blocks=2-3,stem=16,size=64');
    const strip = alignLayers([small, first]);
    expect(strip.stages.map(({ name }) => name)).toEqual(['stem', 'stage1', 'stage2', 'stage3', 'stage4', 'head']);
    const place = (id: string) => strip.slotOf.get(id) ?? -1;
    expect(place('stage1/dense3/conv1')).toBeGreaterThan(place('stage1/dense2/conv2'));
    expect(place('stage1/dense6/conv2')).toBeLessThan(place('stage1/denseTransition/conv'));
    strip.stages.forEach(({ name, from, to }, index) => {
      expect(strip.slots.slice(from, to + 1).every((slot) => slot.stage === name)).toBe(true);
      expect(from).toBe((strip.stages[index - 1]?.to ?? -1) + 1);
    });
  });
});

describe('the brush', () => {
  const strip = alignLayers([first, last]);

  it('chooses the layers between its ends, in every network', () => {
    const from = first.findIndex((layer) => layer.id === 'stage1/dense6/conv1');
    const to = first.findIndex((layer) => layer.id === 'stage2/dense1/conv1');
    expect(ids(brushedLayers(strip, first, first, [from, to]))).toEqual([
      'stage1/dense6/conv1',
      'stage1/dense6/conv2',
      'stage1/transition/conv',
      'stage2/dense1/conv1',
    ]);
    expect(ids(brushedLayers(strip, first, last, [from, to]))).toEqual([
      'stage1/dense6/conv1',
      'stage1/dense6/conv2',
      'stage1/denseTransition/conv',
      'stage2/dense1/conv1',
    ]);
  });

  it('goes from places to layers and back, in either direction', () => {
    for (const brush of [
      [0, 0],
      [3, 17],
      [0, first.length - 1],
    ] as const) {
      const [from = -1, to = -1] = brushSlots(strip, first, brush) ?? [];
      expect(brushFromSlots(strip, first, from, to)).toEqual(brush);
      expect(brushFromSlots(strip, first, to, from)).toEqual(brush);
    }
    const onlyLast = strip.slotOf.get('stage1/denseTransition/conv') ?? -1;
    expect(brushFromSlots(strip, first, onlyLast, onlyLast)).toBeNull();
  });

  it('ends with the strip when a network becomes shallower', () => {
    const short = first.slice(0, 10);
    const own = alignLayers([short]);
    expect(brushedLayers(own, short, short, [8, 200])).toHaveLength(2);
    expect(brushedLayers(own, short, short, [10, 200])).toEqual([]);
    expect(brushedLayers(own, short, short, null)).toEqual([]);
  });
});

describe('sumLayers', () => {
  it('has all of the network’s compute and CIO where all is chosen and normalisation not counted', () => {
    const whole = analysis('cspdensenet121-first');
    const sum = sumLayers(stripLayers(whole), whole, 'macs');
    expect(sum).toEqual({
      count: first.length,
      compute: whole.totals.macs,
      cio: whole.totals.cio,
      computeShare: 1,
      cioShare: 1,
    });
    const withNorm = sumLayers(stripLayers(whole), whole, 'thop');
    expect(withNorm.computeShare).toBe(whole.totals.macs / computeOf(whole.totals, 'thop'));
  });
});

describe('bottlenecks', () => {
  it('finds the largest, several where they are equal', () => {
    expect(ids(bottlenecks(first, 'macs'))).toEqual(['stem/conv']);
    const block = first.filter((layer) => layer.stage === 'stage1');
    expect(ids(bottlenecks(block, 'flops'))).toEqual([1, 2, 3, 4, 5, 6].map((n) => `stage1/dense${n}/conv2`));
  });
});

describe('litLayers', () => {
  const lit = (highlight: string | null) => litLayers([first, last], highlight).map(ids);

  it('lights a layer in every network', () => {
    expect(lit('stage2/dense3/conv1')).toEqual([['stage2/dense3/conv1'], ['stage2/dense3/conv1']]);
  });

  it('lights both convolutions of a dense layer for its other nodes', () => {
    const both = ['stage2/dense3/conv1', 'stage2/dense3/conv2'];
    expect(lit('stage2/dense3/norm1')).toEqual([both, both]);
  });

  it('lights the other network’s transition for one that it lacks', () => {
    expect(lit('stage1/transition/conv')).toEqual([['stage1/transition/conv'], ['stage1/denseTransition/conv']]);
  });

  it('lights a role, and nothing for what is no layer', () => {
    expect(lit('stem')).toEqual([['stem/conv'], ['stem/conv']]);
    expect(lit('transition').map((own) => own.length)).toEqual([3, 4]);
    for (const highlight of [null, '', 'part1', 'stage1/merge', 'stage9/dense1/conv1']) {
      expect(lit(highlight)).toEqual([[], []]);
    }
  });
});
