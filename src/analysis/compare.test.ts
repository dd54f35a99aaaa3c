import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { compare, COMPARED_KEYS, compareWithPlain, difference } from './compare';
import { analyze, COST_KEYS } from './cost';

const analysis = (text: string) => analyze(buildNetwork(parseNetwork(text)));

describe('difference', () => {
  it('is absolute and relative', () => {
    expect(difference(75, 100)).toEqual({ subject: 75, reference: 100, absolute: -25, relative: -0.25 });
  });

  it('has no share of nothing', () => {
    expect(difference(0, 0).relative).toBe(0);
    expect(difference(3, 0).relative).toBeNull();
  });
});

describe('compare', () => {
  it('compares every quantity of two networks', () => {
    const first = analysis('cspdensenet121-first');
    const last = analysis('cspdensenet121-last');
    const { subject, reference, totals, stages } = compare(first, last);
    expect([subject, reference]).toEqual(['cspdensenet121-first', 'cspdensenet121-last']);
    for (const key of COMPARED_KEYS) {
      expect(totals[key]).toEqual(difference(first.totals[key], last.totals[key]));
      stages.forEach((stage, index) => {
        expect(stage.missing).toBeNull();
        expect(stage.differences[key].subject).toBe(first.stages[index]?.[key]);
        expect(stage.differences[key].reference).toBe(last.stages[index]?.[key]);
      });
    }
  });

  it('meets stages by name where their number differs, and still adds up', () => {
    const two = analysis('densenet@blocks=2-3');
    const four = analysis('densenet121');
    for (const [a, b, missing] of [
      [two, four, 'subject'],
      [four, two, 'reference'],
    ] as const) {
      const { totals, stages } = compare(a, b);
      expect(stages.map((stage) => stage.name)).toEqual(['stem', 'stage1', 'stage2', 'stage3', 'stage4', 'head']);
      expect(stages.map((stage) => stage.missing)).toEqual([null, null, null, missing, missing, null]);
      for (const key of COST_KEYS) {
        const sum = stages.reduce((total, stage) => total + stage.differences[key].absolute, 0);
        expect(sum).toBe(totals[key].absolute);
      }
    }
  });

  it('takes as plain the same depth, size and classes', () => {
    const { reference, totals } = compareWithPlain(analysis('cspdensenet169-last@gamma=0.25,size=320,classes=10'));
    expect(reference).toBe('densenet169@classes=10,size=320');
    expect(totals.macs.relative).toBeLessThan(0);
    expect(compareWithPlain(analysis('densenet121')).totals.macs.absolute).toBe(0);
  });
});
