/** CSV after RFC 4180, with line feeds instead of its CR LF: every reader takes them, and shell tools need them. */

export type CsvValue = string | number | null | undefined;

/**
 * One field. Quoted where it holds a comma, a quote, a line break or white space at an end; null and undefined are
 * empty. Text that begins with =, +, − or @ is written as it is, though a spreadsheet may take it for a formula: a mark
 * before it would turn a file's name into another name, for every program that reads the table.
 */
export function csvField(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table with a header; every row has the header's columns in its order. */
export function csvTable<Column extends string>(
  columns: readonly Column[],
  rows: readonly { readonly [name in Column]?: CsvValue }[],
): string {
  const lines = rows.map((row) => columns.map((column) => csvField(row[column])).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}
