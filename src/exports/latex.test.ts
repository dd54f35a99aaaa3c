import { describe, expect, it } from 'vitest';
import { latexTable, latexText } from './latex';

describe('latexText', () => {
  it('escapes what LaTeX reads as a command', () => {
    expect(latexText(String.raw`a_b 10 % {x} $1 & #2 ^ ~ \ `)).toBe(
      String.raw`a\_b 10 \% \{x\} \$1 \& \#2 \textasciicircum{} \textasciitilde{} \textbackslash{} `,
    );
  });

  it('sets the signs of our numbers and shapes', () => {
    expect(latexText('−12.3 %, ±0.0 %, 64×56×56, MACs + 2·BN, –')).toBe(
      String.raw`$-$12.3 \%, $\pm$0.0 \%, 64$\times$56$\times$56, MACs + 2$\cdot$BN, --`,
    );
  });

  it('refuses a character that it does not know, by name', () => {
    expect(() => latexText('x₀')).toThrow('LaTeX text cannot hold "₀"');
  });
});

describe('latexTable', () => {
  it('draws rules and a title over all columns', () => {
    const table = latexTable({
      caption: 'A 50 %',
      label: 'x',
      header: ['a', 'b'],
      rows: [['t'], ['1', '2'], ['u'], ['3', '4']],
    });
    expect(table.split('\n')).toEqual([
      '\\begin{table}',
      '  \\centering',
      '  \\caption{A 50 \\%}',
      '  \\label{tab:x}',
      '  \\begin{tabular}{lr}',
      '    \\toprule',
      '    a & b \\\\',
      '    \\midrule',
      '    \\multicolumn{2}{l}{\\texttt{t}} \\\\',
      '    1 & 2 \\\\',
      '    \\midrule',
      '    \\multicolumn{2}{l}{\\texttt{u}} \\\\',
      '    3 & 4 \\\\',
      '    \\bottomrule',
      '  \\end{tabular}',
      '\\end{table}',
    ]);
  });
});
