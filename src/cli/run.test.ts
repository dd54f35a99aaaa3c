import { describe, expect, it } from 'vitest';
import { run } from './run';
import { alignedTable } from './table';

describe('run', () => {
  it('prints totals, stages and layers', () => {
    const { stdout, stderr, code } = run(['cspdensenet121-first']);
    expect([stderr, code]).toEqual(['', 0]);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('cspdensenet121-first');
    expect(lines.find((line) => line.startsWith('parameters'))).toMatch(/6,922,216 +6\.922 M +−13\.2 %$/);
    for (const start of ['stem ', 'stage1 ', 'stage4 ', 'head ', 'stage3/dense24/conv2 ', 'head/linear ']) {
      expect(lines.filter((line) => line.startsWith(start))).toHaveLength(1);
    }
  });

  it('compares a plain network with nothing', () => {
    expect(run(['densenet121']).stdout).not.toContain('against');
  });

  it('prints JSON in the agreed form', () => {
    const { stdout, code } = run(['densenet121', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      network: 'densenet121',
      params: 7_978_856,
      cio: 21_864_192,
      stages: [{ name: 'stem', out: { channels: 64, height: 56, width: 56 } }, {}, {}, {}, {}, { name: 'head' }],
    });
    expect(run(['--json', 'densenet121']).stdout).toBe(stdout);
  });

  it('counts compute as asked', () => {
    const { stdout } = run(['densenet121', '--convention', 'fvcore']);
    const lines = stdout.split('\n');
    expect(lines.find((line) => line.startsWith('MACs + 2·BN'))).toMatch(/2,865,496,576 +2\.865 G$/);
    expect(lines.find((line) => line.startsWith('stage '))).toContain('(MACs + 2·BN)/CIO');
    expect(stdout).toContain('compute as MACs + 2·BN (timm, fvcore)');
    expect(JSON.parse(run(['densenet121', '--json', '--convention', 'flops']).stdout)).toMatchObject({
      macs: 2_834_161_664,
      chosen: { compute: 5_668_323_328 },
    });
  });

  it('prints CSV, Markdown and LaTeX', () => {
    expect(run(['densenet121', '--latex']).stdout).toContain('\\begin{tabular}');
    expect(run(['densenet121', '--csv']).stdout).toMatch(/^network,level,/);
    expect(run(['densenet121', '--markdown']).stdout).toMatch(/^\| network \|/);
  });

  it('explains itself', () => {
    for (const flag of ['--help', '-h']) {
      const { stdout, stderr, code } = run([flag]);
      expect([stderr, code]).toEqual(['', 0]);
      expect(stdout).toContain('usage:');
    }
  });

  it.each([
    [[], 'usage:'],
    [['resnet50'], 'network is "resnet50"; allowed is densenet{121|161|169|201|264}'],
    [['densenet122'], 'depth is "122"; allowed is 121, 161, 169, 201, 264'],
    [['cspdensenet121-last@gamma=7'], 'gamma is 7; allowed is a number from 0 to 0.875'],
    [['densenet121@size=0'], 'size is 0'],
    [['densenet121@colour=red'], 'key=value with one of gamma'],
    [[''], 'cannot analyse ""'],
    [['densenet121', 'densenet161'], 'one network at a time'],
    [['densenet121', '--yaml'], "Unknown option '--yaml'"],
    [['densenet121', '--json', '--csv'], 'one of --json, --csv, --markdown and --latex'],
    [['densenet121', '--convention', 'timm'], '--convention is "timm"; allowed is macs, fvcore, thop, flops'],
  ])('refuses %j with what is possible', (argv, message) => {
    const { stdout, stderr, code } = run(argv);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain(message);
    expect(stderr).toContain('densenet{121|161|169|201|264}');
    expect(stderr.endsWith('\n')).toBe(true);
  });
});

describe('alignedTable', () => {
  it('aligns the first column left and the others right', () => {
    expect(
      alignedTable([
        ['name', 'n'],
        ['a', '10'],
      ]),
    ).toBe('name   n\n----  --\na     10');
  });
});
