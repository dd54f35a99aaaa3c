/** Numbers as text for tables and exports: SI prefixes, a fixed set of units. Always the same, whatever the locale. */

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'] as const;
const STEPS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Scales by `step` until four significant digits are enough; rounding up to the next step is taken into account. */
function scaled(value: number, step: number, last: number): readonly [text: string, power: number] {
  let power = 0;
  let size = Math.abs(value);
  while (power < last && Number(size.toPrecision(4)) >= step) {
    size /= step;
    power++;
  }
  const text = power === 0 && Number.isInteger(size) ? String(size) : size.toPrecision(4);
  return [value < 0 && Number(text) !== 0 ? `−${text}` : text, power];
}

/** A count with four significant digits and an SI prefix: 2834161664 → `2.834 G`, 61 → `61`. */
export function formatCount(value: number): string {
  const [text, power] = scaled(value, 1000, PREFIXES.length - 1);
  const prefix = PREFIXES[power] ?? '';
  return prefix === '' ? text : `${text} ${prefix}`;
}

/** Bytes with four significant digits and a binary prefix: 7225344 → `6.891 MiB`. */
export function formatBytes(value: number): string {
  const [text, power] = scaled(value, 1024, STEPS.length - 1);
  return `${text} ${STEPS[power] ?? ''}`;
}

/** A share as a percentage with one decimal: 0.1818 → `18.2 %`. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A relative difference with its sign: −0.123 → `−12.3 %`, 0 → `±0.0 %`, null → `–`. */
export function formatRelative(relative: number | null): string {
  if (relative === null) return '–';
  const text = Math.abs(100 * relative).toFixed(1);
  const sign = Number(text) === 0 ? '±' : relative < 0 ? '−' : '+';
  return `${sign}${text} %`;
}

/** Channels × height × width. */
export function formatShape(shape: readonly [number, number, number]): string {
  return shape.join('×');
}

/** A number with a fixed number of decimals, or a dash where there is none. */
export function formatDecimal(value: number | null, decimals: number): string {
  return value === null ? '–' : value.toFixed(decimals);
}

/** `stage1` → `stage 1`: the name of a part of a network as it is read; `stem` and `head` stay. */
export function stageText(name: string): string {
  return name.replace(/^stage(?=\d)/, 'stage ');
}
