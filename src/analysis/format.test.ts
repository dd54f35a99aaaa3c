import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDecimal, formatRelative, formatShape, formatShare, stageText } from './format';

describe('formats', () => {
  it.each([
    [0, '0'],
    [61, '61'],
    [999, '999'],
    [1000, '1.000 k'],
    [999_949, '999.9 k'],
    [999_950, '1.000 M'],
    [2_834_161_664, '2.834 G'],
    [-21_864_192, '−21.86 M'],
    [122.0625, '122.1'],
  ])('count %d as %s', (value, text) => expect(formatCount(value)).toBe(text));

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.000 KiB'],
    [7_225_344, '6.891 MiB'],
  ])('%d bytes as %s', (value, text) => expect(formatBytes(value)).toBe(text));

  it.each([
    [0.25, '+25.0 %'],
    [-0.1234, '−12.3 %'],
    [0.0001, '±0.0 %'],
    [null, '–'],
  ])('relative %d as %s', (value, text) => expect(formatRelative(value)).toBe(text));

  it('shares, shapes and decimals', () => {
    expect(formatShare(0.1818)).toBe('18.2 %');
    expect(formatShape([64, 56, 55])).toBe('64×56×55');
    expect(formatDecimal(1.25, 1)).toBe('1.3');
    expect(formatDecimal(null, 1)).toBe('–');
  });
});

describe('stageText', () => {
  it('parts the number from the word', () =>
    expect(['stem', 'stage1', 'stage12', 'head', 'total'].map(stageText)).toEqual([
      'stem',
      'stage 1',
      'stage 12',
      'head',
      'total',
    ]));
});
