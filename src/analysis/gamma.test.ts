import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { makeSpec } from '../network/spec';
import { formatNetwork, parseNetwork } from '../network/text';
import { analyze } from './cost';
import { coarseFirst, familyOf, GAMMAS, gammaCurves, sibling, SPLIT_FUSIONS } from './gamma';

const small = parseNetwork('cspdensenet-first@growth=16,blocks=4-8-12-8,stem=32,classes=61,size=96');

describe('coarseFirst', () => {
  it.each([1, 2, 3, 10, 36])('has each of %i places once, the ends first', (count) => {
    const order = coarseFirst(count);
    expect(order.toSorted((p, q) => p - q)).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(order.slice(0, 2)).toEqual(count === 1 ? [0] : [0, count - 1]);
  });
});

describe('gammaCurves', () => {
  const made = gammaCurves(small);
  const before = made.curves();
  let steps = 1;
  while (!made.step()) steps++;
  const { curves, plain } = made.curves();

  it('takes a step per network and has nothing before the first', () => {
    expect(before.curves.first).toEqual([]);
    expect(steps).toBe(3 * GAMMAS.length);
    expect(GAMMAS).toEqual(expect.arrayContaining([0, 0.25, 0.5, 0.75, 0.875]));
  });

  it.each(SPLIT_FUSIONS)('has for %s what the network itself has, in order', (fusion) => {
    expect(curves[fusion].map((point) => point.gamma)).toEqual(GAMMAS);
    const own = analyze(buildNetwork(makeSpec({ ...small, fusion, gamma: 0.25 }))).totals;
    expect(curves[fusion].find((point) => point.gamma === 0.25)?.totals).toEqual(own);
  });

  it('meets the plain DenseNet at γ = 0 for fusion first, which then is one', () => {
    expect(curves.first[0]?.totals.macs).toBe(plain.macs);
    expect(curves.last[0]?.totals.macs).not.toBe(plain.macs);
  });

  it.each(SPLIT_FUSIONS)('falls in compute as γ rises: %s', (fusion) => {
    const macs = curves[fusion].map((point) => point.totals.macs);
    expect(macs).toEqual(macs.toSorted((p, q) => q - p));
  });
});

describe('families', () => {
  it('are the same for other γ and fusions, and others for other widths and definitions', () => {
    const family = familyOf(small);
    expect(familyOf(makeSpec({ ...small, gamma: 0.1 }))).toBe(family);
    expect(familyOf(makeSpec({ ...small, fusion: 'last' }))).toBe(family);
    expect(familyOf(makeSpec({ ...small, growth: 12 }))).not.toBe(family);
    expect(familyOf(makeSpec({ ...small, definition: 'listing' }))).not.toBe(family);
  });

  it('keep the pool that a listing was given', () => {
    const pooled = parseNetwork('cspdensenet121-last@definition=listing,pool=yes');
    expect(sibling(pooled, 'last', 0.5).pool).toBe(true);
    expect(sibling(parseNetwork('cspdensenet121-last@definition=listing'), 'last', 0.25).pool).toBe(false);
    expect(formatNetwork(sibling(pooled, 'first', 0.25))).toBe('cspdensenet121-first@gamma=0.25,definition=listing');
    expect(familyOf(pooled)).not.toBe(familyOf(parseNetwork('cspdensenet121-last@definition=listing')));
  });
});
