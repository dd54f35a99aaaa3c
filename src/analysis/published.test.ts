import { describe, expect, it } from 'vitest';
import { FIGURE_4, FOLLOW_UP, TABLE_1, TABLE_3 } from './published';

const pelee = (name: string, gamma: number | null) => {
  const row = TABLE_1.find((one) => one.name === name && one.gamma === gamma);
  if (!row) throw new Error(`Table 1 has no ${name} at γ = ${gamma}`);
  return row;
};
const base = pelee('PeleeNet', null);

describe('the published tables agree with each other', () => {
  it.each(FIGURE_4)('Figure 4 is Table 1 at γ = ½: $name', ({ name, fusion, compute, top1 }) => {
    const row = pelee(name, 0.5);
    expect(row.fusion).toBe(fusion);
    expect(Math.round(100 * (row.bflops / base.bflops - 1))).toBe(compute);
    expect(row.top1 - base.top1).toBeCloseTo(top1, 9);
  });

  it.each(TABLE_3)('Table 3’s change of compute is that of its BFLOPs: $csp.name', (pair) => {
    const change = Math.round(100 * (pair.csp.bflops / pair.base.bflops - 1));
    expect(change).toBe(pair.compute ?? -30);
  });

  it('Table 3’s PeleeNet is Table 1’s', () => {
    const pair = TABLE_3.find((one) => one.base.name === 'PeleeNet');
    expect(pair?.base).toMatchObject({ top1: base.top1, bflops: base.bflops });
    expect(pair?.csp).toMatchObject({ top1: pelee('CSPPeleeNet', 0.5).top1, bflops: 0.888 });
  });

  it.each(['CSPPeleeNet', 'Fusion first', 'Fusion last'])('%s costs less and knows less as γ rises', (name) => {
    const rows = [0.25, 0.5, 0.75].map((gamma) => pelee(name, gamma));
    expect(rows).toEqual(rows.toSorted((p, q) => q.bflops - p.bflops));
    expect(rows).toEqual(rows.toSorted((p, q) => q.top1 - p.top1));
  });

  it('orders first and last differently on ImageNet and in the later paper', () => {
    const at = (name: string) => FOLLOW_UP.find((one) => one.name === name)?.ap ?? Number.NaN;
    expect(pelee('Fusion last', 0.5).top1).toBeGreaterThan(pelee('Fusion first', 0.5).top1);
    expect(at('fusion first')).toBeGreaterThan(at('fusion last'));
  });
});
