import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { computeOf, conventionName, CONVENTION_TEXTS, layerUnit, parametersOf } from './conventions';
import type { Convention } from './conventions';
import { analyze } from './cost';

const { totals, layers } = analyze(buildNetwork(parseNetwork('densenet121')));

/** What the tools print for DenseNet-121 at 224×224, in 10⁹. */
const PRINTED: readonly (readonly [convention: Convention, printed: string, decimals: number])[] = [
  ['macs', '2.834', 3],
  ['fvcore', '2.87', 2],
  ['thop', '2.90', 2],
  ['flops', '5.67', 2],
];

describe('computeOf', () => {
  it.each(PRINTED)('prints DenseNet-121 as %s does', (convention, printed, decimals) => {
    expect((computeOf(totals, convention) / 1e9).toFixed(decimals)).toBe(printed);
  });

  it('counts every batch-normalised element twice or four times', () => {
    const { macs, normElements } = totals;
    expect(normElements).toBe(15_667_456);
    expect(computeOf(totals, 'fvcore') - macs).toBe(2 * normElements);
    expect(computeOf(totals, 'thop') - macs).toBe(4 * normElements);
    expect(computeOf(totals, 'flops')).toBe(2 * macs);
  });
});

it('parametersOf leaves out normalisation and biases where asked', () => {
  expect(parametersOf(totals, 'trainable')).toBe(7_978_856);
  expect(parametersOf(totals, 'weights')).toBe(totals.weights);
  expect(totals.weights).toBeLessThan(totals.params);
});

it('conventionName names the tools', () => {
  expect(PRINTED.map(([convention]) => conventionName(convention))).toEqual([
    'MACs (torchvision)',
    'MACs + 2·BN (timm, fvcore)',
    'MACs + 4·BN (thop, ptflops)',
    'FLOPs = 2 × MACs (darknet, CSPNet paper)',
  ]);
});

describe('layerUnit', () => {
  it.each(PRINTED)('is true of every layer without normalisation in %s', (convention) => {
    const per = { MACs: 1, FLOPs: 2 }[layerUnit(convention)];
    for (const layer of layers.filter(({ op }) => op !== 'batchNorm')) {
      expect(computeOf(layer, convention)).toBe(per * layer.macs);
    }
    expect(CONVENTION_TEXTS[convention].short.startsWith(layerUnit(convention))).toBe(true);
  });
});
