/** Names for downloads. */

/**
 * A name that every file system takes, from a network's text form or any other text:
 * `cspdensenet121-last@gamma=0.25,size=320`, `csv` → `cspdensenet121-last_gamma-0.25_size-320.csv`.
 * @param extension without the dot.
 */
export function fileName(text: string, extension: string): string {
  const safe = text
    .normalize('NFKD')
    .replaceAll('=', '-')
    .replaceAll(/[^A-Za-z0-9.-]+/g, '_')
    .replaceAll(/^[._-]+|[._-]+$/g, '')
    .slice(0, 120);
  return `${safe || 'network'}.${extension}`;
}
