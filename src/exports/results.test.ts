import { describe, expect, it } from 'vitest';
import { csvField, csvTable } from './csv';
import { fileName } from './fileName';
import { resultsCsv } from './results';

describe('csvField', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' edge', '" edge"'],
    ['in between', 'in between'],
    ['=1+1', '=1+1'],
    [12.5, '12.5'],
    [0, '0'],
    [null, ''],
    [undefined, ''],
    ['', ''],
  ])('%j as %j', (value, text) => expect(csvField(value)).toBe(text));
});

describe('csvTable', () => {
  it('keeps the order of the columns and leaves gaps empty', () => {
    expect(csvTable(['a', 'b'], [{ b: 2 }, { b: 'x', a: 1 }])).toBe('a,b\n,2\n1,x\n');
    expect(csvTable(['a', 'b'], [])).toBe('a,b\n');
  });
});

describe('resultsCsv', () => {
  it('has the agreed columns, a row per picture, and keeps names as they are', () => {
    const csv = resultsCsv([
      { file: 'a.jpg', a: { id: 'cat', probability: 0.91837 }, b: { id: 'dog', probability: 1 }, error: null },
      { file: '=odd, "name".png', a: { id: 'cat', probability: 1e-9 }, b: null, error: null },
      { file: 'b.jpg', a: null, b: null, error: 'b.jpg could not be decoded' },
    ]);
    expect(csv).toBe(
      'file,a_class,a_probability,b_class,b_probability,error\n' +
        'a.jpg,cat,0.918370,dog,1.000000,\n' +
        '"=odd, ""name"".png",cat,0.000000,,,\n' +
        'b.jpg,,,,,b.jpg could not be decoded\n',
    );
  });
});

describe('fileName', () => {
  it.each([
    ['densenet121', 'densenet121.csv'],
    ['cspdensenet121-last@gamma=0.25,size=320', 'cspdensenet121-last_gamma-0.25_size-320.csv'],
    ['../../etc/passwd', 'etc_passwd.csv'],
    ['a\\b:c*?"<>|\n', 'a_b_c.csv'],
    ['…', 'network.csv'],
    ['é', 'e.csv'],
  ])('%j becomes %s', (text, name) => expect(fileName(text, 'csv')).toBe(name));

  it('stays short', () => expect(fileName('x'.repeat(500), 'json')).toHaveLength(125));
});
