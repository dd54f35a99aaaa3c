import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parametersOf } from '../network/parameters';
import { makeSpec } from '../network/spec';
import { describeMisfit, fitWeights, summariseMisfit, weightCount } from './fit';
import type { Misfit } from './fit';
import { FIXTURES, readFixture } from './fixture.testing';
import type { Tensor } from './safetensors';

const tensor = (name: string, shape: readonly number[], values = new Float32Array(shape.reduce((a, b) => a * b, 1))) =>
  [name, { name, dtype: 'F32', shape, values }] as const satisfies readonly [string, Tensor];

const network = buildNetwork(makeSpec({ fusion: 'first', growth: 4, blocks: [1], stem: 4, classes: 2, size: 8 }));
const complete = () => new Map<string, Tensor>(parametersOf(network).map(({ name, shape }) => tensor(name, shape)));

function misfit(tensors: ReadonlyMap<string, Tensor>): Misfit {
  const fit = fitWeights(network, tensors);
  if (fit.ok) throw new Error('the tensors fit');
  return fit;
}

describe('the parity fixtures', () => {
  it.each(FIXTURES)('%s fits its network', (name) => {
    const { network, tensors } = readFixture(name);
    const fit = fitWeights(network, tensors);
    expect(fit.ok ? [] : describeMisfit(fit)).toEqual([]);
    if (!fit.ok) return;
    expect([...fit.weights.keys()]).toEqual(parametersOf(network).map((parameter) => parameter.name));
    const held = [...fit.weights.values()].reduce((sum, { length }) => sum + length, 0);
    expect(held).toBe(weightCount(network));
  });

  it.each(FIXTURES)('%s fits no other network', (name) => {
    const { network, tensors } = readFixture(name);
    for (const other of FIXTURES.filter((one) => one !== name)) {
      expect(fitWeights(readFixture(other).network, tensors).ok, other).toBe(false);
    }
    const { spec } = network;
    expect(fitWeights(buildNetwork(makeSpec({ ...spec, classes: spec.classes + 1 })), tensors).ok).toBe(false);
  });

  it('fits with the dotted names of older torchvision', () => {
    const { network, tensors } = readFixture('torchvision-densenet-even');
    const old = [...tensors.values()].map((it): [string, Tensor] => {
      const name = `module.${it.name.replace(/(denselayer\d+\.(?:norm|conv))(\d)/, '$1.$2')}`;
      return [name, { name, dtype: it.dtype, shape: it.shape, values: it.values }];
    });
    expect(old.some(([name]) => name.includes('denselayer1.norm.1.weight'))).toBe(true);
    expect(fitWeights(network, new Map(old)).ok).toBe(true);
  });
});

describe('what does not fit', () => {
  it('accepts complete tensors, with and without batch counters', () => {
    expect(fitWeights(network, complete()).ok).toBe(true);
    const counted = complete().set(...tensor('features.norm0.num_batches_tracked', []));
    expect(fitWeights(network, counted).ok).toBe(true);
  });

  it('lists every missing, unexpected and misshapen tensor with shapes', () => {
    const tensors = complete();
    tensors.delete('features.norm0.bias');
    tensors.delete('features.conv0.weight');
    tensors.set(...tensor('features.extra.weight', [3, 1]));
    tensors.set(...tensor('classifier.weight', [1000, 8]));
    const result = misfit(tensors);
    expect(result.missing).toEqual([
      { name: 'features.conv0.weight', shape: [4, 3, 7, 7] },
      { name: 'features.norm0.bias', shape: [4] },
    ]);
    expect(result.unexpected).toEqual([{ name: 'features.extra.weight', shape: [3, 1] }]);
    expect(result.misshapen).toEqual([{ name: 'classifier.weight', expected: [2, 8], found: [1000, 8] }]);
    expect(describeMisfit(result)).toEqual([
      'classifier.weight has shape [1000, 8]; expected is [2, 8]',
      'features.conv0.weight [4, 3, 7, 7] is missing',
      'features.norm0.bias [4] is missing',
      'features.extra.weight [3, 1] is not part of this network',
    ]);
    expect(summariseMisfit(result)).toMatch(/1 of another shape, 2 missing, 1 unexpected$/);
  });

  it('lists tensors with numbers that are not finite', () => {
    const tensors = complete().set(...tensor('classifier.bias', [2], Float32Array.of(0, NaN)));
    tensors.set(...tensor('features.norm0.weight', [4], Float32Array.of(Infinity, 1, -Infinity, 2)));
    expect(describeMisfit(misfit(tensors))).toEqual([
      'features.norm0.weight has 2 NaN or infinite numbers, the first at index 0',
      'classifier.bias has 1 NaN or infinite number, the first at index 1',
    ]);
  });

  it('takes a second tensor of the same name once prefixes are gone as unexpected', () => {
    const tensors = complete().set(...tensor('module.classifier.bias', [2]));
    expect(misfit(tensors).unexpected).toEqual([{ name: 'module.classifier.bias', shape: [2] }]);
  });

  it('lists everything where there is nothing', () => {
    expect(misfit(new Map()).missing).toHaveLength(parametersOf(network).length);
  });
});
