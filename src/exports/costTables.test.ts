import { describe, expect, it } from 'vitest';
import { conventionName } from '../analysis/conventions';
import { analyze } from '../analysis/cost';
import { formatCount } from '../analysis/format';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { CONVENTIONS_LINE } from './conventions';
import { costLatex, costMarkdown } from './costTables';

const analysis = (text: string) => analyze(buildNetwork(parseNetwork(text)));
const A = analysis('cspdensenet121-first');
const B = analysis('cspdensenet121-last@gamma=0.25,size=320');

describe('costMarkdown', () => {
  it('has totals against plain DenseNet, the conventions and a table of stages each', () => {
    const lines = costMarkdown([A, B]).split('\n');
    expect(lines[2]).toBe(
      '| `cspdensenet121-first` | 6.922 M (−13.2 %) | 2.577 G (−9.1 %) | 19.86 M (−9.2 %) | 6.508 MiB |',
    );
    expect(lines.some((line) => line.startsWith(CONVENTIONS_LINE))).toBe(true);
    expect(lines.filter((line) => line.startsWith('| stage'))).toHaveLength(2 * (1 + 4));
    expect(lines.filter((line) => line.startsWith('### '))).toHaveLength(2);
  });

  it('counts as it was chosen, and says so', () => {
    const text = costMarkdown([A], { convention: 'flops', parameters: 'weights' });
    expect(text).toMatch(/^\| network \| Weights \| FLOPs \|/);
    expect(text).toContain(formatCount(A.totals.flops));
    expect(text).toContain(formatCount(A.totals.weights));
    expect(text).toContain(conventionName('flops'));
  });
});

describe('costLatex', () => {
  const text = costLatex([A, B], { convention: 'fvcore', parameters: 'trainable' });

  it('names networks and conventions in its captions, escaped', () => {
    const captions = text.split('\n').filter((line) => line.includes('\\caption{'));
    expect(captions).toHaveLength(2);
    for (const caption of captions) {
      expect(caption).toContain('cspdensenet121-first, cspdensenet121-last@gamma=0.25,size=320');
      expect(caption).toContain('MACs + 2$\\cdot$BN (timm, fvcore)');
    }
    expect(text).not.toMatch(/(?<!\\)%(?! Needs)/);
  });

  it('has balanced environments and as many cells in each row as columns', () => {
    for (const kind of ['table', 'tabular']) {
      expect(text.split(`\\begin{${kind}}`)).toHaveLength(3);
      expect(text.split(`\\end{${kind}}`)).toHaveLength(3);
    }
    const tables = text.split('\\begin{tabular}').slice(1);
    for (const table of tables) {
      const columns = /^\{(l(?:r+))\}/.exec(table)?.[1]?.length ?? 0;
      const rows = table.split('\n').filter((line) => line.endsWith('\\\\') && !line.includes('\\multicolumn'));
      expect(rows.length).toBeGreaterThan(2);
      for (const row of rows) expect(row.split(' & ')).toHaveLength(columns);
    }
  });

  it('gives the numbers of the chosen convention', () => {
    const compute = A.totals.macs + 2 * A.totals.normElements;
    expect(text).toContain(`${formatCount(compute)} (`);
  });
});
