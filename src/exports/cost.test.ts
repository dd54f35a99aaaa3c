import { describe, expect, it } from 'vitest';
import { analyze } from '../analysis/cost';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { chosenLine, CONVENTIONS_LINE, DEFAULT_COUNTING } from './conventions';
import { COST_COLUMNS, costCsv, costJson, costValue } from './cost';

const analysis = (text: string) => analyze(buildNetwork(parseNetwork(text)));
const A = analysis('cspdensenet121-first');
const B = analysis('cspdensenet121-last@gamma=0.25,size=320');

/** Reads the CSV back, quotes included; no field of it holds a line break. */
function rowsOf(csv: string): readonly Record<string, string>[] {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const fields = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((match) =>
      match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'),
    );
  const columns = fields(header);
  return lines.map((line) => Object.fromEntries(fields(line).map((field, index) => [columns[index] ?? '?', field])));
}

describe('costCsv', () => {
  const rows = rowsOf(costCsv([A, B]));

  it('has a row for each network, stage and layer, with all columns', () => {
    expect(rows).toHaveLength(2 * (1 + 6) + A.layers.length + B.layers.length);
    for (const row of rows) expect(Object.keys(row)).toEqual([...COST_COLUMNS]);
    expect(rows.filter((row) => row['level'] === 'network').map((row) => row['name'])).toEqual([A.network, B.network]);
  });

  it('adds up on every level and says its conventions', () => {
    for (const one of [A, B]) {
      const own = rows.filter((row) => row['network'] === one.network);
      for (const level of ['network', 'stage', 'layer']) {
        const sum = (column: string) =>
          own.filter((row) => row['level'] === level).reduce((total, row) => total + Number(row[column]), 0);
        expect(sum('macs')).toBe(one.totals.macs);
        expect(sum('cio')).toBe(one.totals.cio);
        expect(sum('params')).toBe(one.totals.params);
      }
      expect(own[0]?.['conventions']).toBe(`${CONVENTIONS_LINE} ${chosenLine(DEFAULT_COUNTING)}`);
    }
  });
});

describe('a chosen convention', () => {
  const counting = { convention: 'thop', parameters: 'weights' } as const;
  const compute = A.totals.macs + 4 * A.totals.normElements;

  it('is counted and named in CSV', () => {
    const rows = rowsOf(costCsv([A], counting));
    const of = (level: string) => rows.filter((row) => row['level'] === level);
    const sum = (level: string, column: string) => of(level).reduce((total, row) => total + Number(row[column]), 0);
    for (const level of ['network', 'stage', 'layer']) {
      expect(sum(level, 'chosen_compute')).toBe(compute);
      expect(sum(level, 'chosen_parameters')).toBe(A.totals.weights);
    }
    expect(of('network')[0]?.['conventions']).toContain('MACs + 4·BN (thop, ptflops)');
    expect(sum('network', 'macs')).toBe(A.totals.macs);
  });

  it('is counted and named in JSON', () => {
    const parsed: unknown = JSON.parse(costJson([A], counting));
    expect(parsed).toMatchObject({
      conventions: { chosen: { compute: 'MACs + 4·BN (thop, ptflops)', parameters: 'weights' } },
      networks: [{ macs: A.totals.macs, chosen: { compute, parameters: A.totals.weights } }],
    });
  });
});

describe('costJson', () => {
  it('has the agreed form for one network', () => {
    const value = costValue(A);
    expect(value).toMatchObject({
      network: 'cspdensenet121-first',
      params: 6_922_216,
      macs: A.totals.macs,
      flops: 2 * A.totals.macs,
      cio: 19_857_152,
      peakActivationBytes: A.peakActivationBytes,
      conventions: { batch: 1 },
    });
    expect(value.stages.map((stage) => stage.name)).toEqual(['stem', 'stage1', 'stage2', 'stage3', 'stage4', 'head']);
    expect(value.stages[1]).toMatchObject({
      macs: A.stages[1]?.macs,
      cio: A.stages[1]?.cio,
      params: A.stages[1]?.params,
      activationBytes: A.stages[1]?.activationBytes,
      out: { channels: 128, height: 28, width: 28 },
    });
    expect(value.layers[0]).toMatchObject({ id: 'stem/conv', op: 'conv', kernel: 7, stride: 2 });
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  });

  it('holds several networks under one statement of conventions', () => {
    const parsed: unknown = JSON.parse(costJson([A, B]));
    expect(parsed).toMatchObject({
      conventions: { batch: 1 },
      networks: [
        { network: A.network, macs: A.totals.macs },
        { network: B.network, macs: B.totals.macs },
      ],
    });
  });
});
