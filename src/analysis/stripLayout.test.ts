import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { elements } from '../network/parameters';
import { parseNetwork } from '../network/text';
import { analyze } from './cost';
import { alignLayers, stripLayers } from './layerStrip';
import { byRole, layoutStrip, slotAt, STRIP_AXIS, stripPath } from './stripLayout';

const layersOf = (text: string) => stripLayers(analyze(buildNetwork(parseNetwork(text))));
const networks = [layersOf('cspdensenet201-first'), layersOf('cspdensenet121-last')];
const strip = alignLayers(networks);
const options = { convention: 'macs', axis: 'linear', width: 1400 } as const;

describe('layoutStrip', () => {
  it('fills its place, and is wider where 200 layers need more', () => {
    const small = alignLayers([layersOf('densenet121')]);
    expect(layoutStrip(small, [layersOf('densenet121')], options).width).toBeCloseTo(1400, 6);
    const narrow = layoutStrip(strip, networks, { ...options, width: 340 });
    expect(narrow.pitch).toBe(7);
    expect(narrow.width).toBeGreaterThan(340);
  });

  it('puts layers of one name in one column of all rows', () => {
    const { rows } = layoutStrip(strip, networks, options);
    const at = (row: number, id: string) => rows[row]?.bars.find((bar) => bar.layer.id === id);
    expect(at(0, 'stage3/dense7/conv2')?.x).toBe(at(1, 'stage3/dense7/conv2')?.x);
    expect(at(1, 'stage3/dense40/conv1')).toBeUndefined();
  });

  it('has one scale for all rows: heights in proportion to compute and to elements', () => {
    const { rows } = layoutStrip(strip, networks, options);
    const tall = rows.flatMap((row) => row.bars).filter((bar) => bar.compute > 3);
    const [one] = tall;
    const perMac = (one?.compute ?? 0) / (one?.layer.macs ?? 1);
    for (const bar of tall) expect(bar.compute).toBeCloseTo(bar.layer.macs * perMac, 6);
    const wide = rows.flatMap((row) => row.bars).filter((bar) => bar.read > 3 && bar.written > 3);
    for (const bar of wide) {
      expect(bar.read / bar.written).toBeCloseTo(elements(bar.layer.in) / elements(bar.layer.out), 6);
    }
  });

  it('keeps every bar within its row, and rows apart', () => {
    for (const axis of ['linear', 'log'] as const) {
      const { rows, height } = layoutStrip(strip, networks, { ...options, axis });
      let above = 0;
      for (const row of rows) {
        expect(row.top).toBeGreaterThanOrEqual(above);
        for (const bar of row.bars) {
          expect(bar.compute).toBeGreaterThan(0);
          expect(row.base - bar.compute).toBeGreaterThan(row.top);
          expect(row.middle - bar.read).toBeGreaterThan(row.base);
          expect(row.middle + bar.written).toBeLessThanOrEqual(row.bottom);
        }
        above = row.bottom;
      }
      expect(above).toBeLessThan(height);
    }
  });

  it('marks the layers that compute most, in each row', () => {
    const { rows } = layoutStrip(strip, networks, options);
    for (const row of rows) {
      const most = Math.max(...row.bars.map((bar) => bar.layer.macs));
      expect(row.bottlenecks.length).toBeGreaterThan(0);
      for (const bar of row.bottlenecks) expect(bar.layer.macs).toBe(most);
    }
  });
});

describe('slotAt', () => {
  it('is the column under a place, and the nearest one beside the strip', () => {
    const layout = { pitch: 10 };
    expect(slotAt(layout, 5, STRIP_AXIS)).toBe(0);
    expect(slotAt(layout, 5, STRIP_AXIS + 29)).toBe(2);
    expect(slotAt(layout, 5, 0)).toBe(0);
    expect(slotAt(layout, 5, 9999)).toBe(4);
  });
});

describe('paths', () => {
  const { rows } = layoutStrip(strip, networks, options);
  const row = rows[0];

  it('draws one rectangle for each bar of each role', () => {
    if (!row) throw new Error('no row');
    const groups = byRole(row.bars);
    expect(groups.map(([role]) => role)).toEqual(['stem', 'growth', 'transition', 'head']);
    expect(groups.flatMap(([, bars]) => bars)).toHaveLength(row.bars.length);
    for (const part of ['compute', 'read', 'written'] as const) {
      const drawn = groups.flatMap(([, bars]) => stripPath(row, bars, part).split('Z').slice(0, -1));
      expect(drawn).toHaveLength(row.bars.length);
    }
  });
});
