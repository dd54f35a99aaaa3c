/** Text and tables for LaTeX, with the package booktabs and nothing else. */

/** Characters that LaTeX reads as commands, and those that an old engine does not know. */
const SPECIAL: Readonly<Record<string, string>> = {
  '\\': String.raw`\textbackslash{}`,
  '{': String.raw`\{`,
  '}': String.raw`\}`,
  $: String.raw`\$`,
  '&': String.raw`\&`,
  '#': String.raw`\#`,
  '%': String.raw`\%`,
  _: String.raw`\_`,
  '^': String.raw`\textasciicircum{}`,
  '~': String.raw`\textasciitilde{}`,
  '−': '$-$',
  '±': String.raw`$\pm$`,
  '×': String.raw`$\times$`,
  '·': String.raw`$\cdot$`,
  '–': '--',
  '’': "'",
  γ: String.raw`$\gamma$`,
  Σ: String.raw`$\Sigma$`,
};

/**
 * Text that LaTeX sets as it is.
 * @throws Error naming the character where one is neither ASCII nor known.
 */
export function latexText(text: string): string {
  return text.replaceAll(/./gsu, (character) => {
    const known = SPECIAL[character];
    if (known !== undefined) return known;
    if (!/^[\t\n\u0020-\u007E]$/.test(character)) throw new Error(`LaTeX text cannot hold "${character}"`);
    return character;
  });
}

/** One table. Cells are text, escaped here; a row of one cell spans all columns. */
export interface LatexTable {
  readonly caption: string;
  /** After `tab:`. */
  readonly label: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table as a float, numbers aligned to the right, with rules as booktabs draws them. */
export function latexTable({ caption, label, header, rows }: LatexTable): string {
  const line = (cells: readonly string[]) => `${cells.map(latexText).join(' & ')} \\\\`;
  const body = rows.flatMap((row, index) => {
    const [only] = row;
    if (row.length !== 1 || only === undefined) return [line(row)];
    const title = `\\multicolumn{${header.length}}{l}{\\texttt{${latexText(only)}}} \\\\`;
    return index === 0 ? [title] : ['\\midrule', title];
  });
  return [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${latexText(caption)}}`,
    `  \\label{tab:${label}}`,
    `  \\begin{tabular}{l${'r'.repeat(header.length - 1)}}`,
    '    \\toprule',
    `    ${line(header)}`,
    '    \\midrule',
    ...body.map((text) => `    ${text}`),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
  ].join('\n');
}
