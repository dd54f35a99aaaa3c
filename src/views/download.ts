/** Hands a text or blob to the browser as a file. */
export function download(name: string, type: string, content: string | Blob): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference by then; Safari needs a moment.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
