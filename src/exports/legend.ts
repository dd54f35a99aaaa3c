/** The colours of a picture with their names, under it. Pure: colours are given as they are to be written. */
import { runsOf, textWidth } from '../diagram/notation';
import { escapeXml, notationSvg } from './frame';

export interface LegendEntry {
  readonly name: string;
  /** As SVG takes it. */
  readonly colour: string;
}

const SIZE = 11;
const LINE = 18;
const SWATCH = { width: 16, height: 9, gap: 5 } as const;
const BETWEEN = 16;

/** SVG elements of a legend whose upper edge is at `y`, broken into lines of at most `width` px, and their height. */
export function legendSvg(
  entries: readonly LegendEntry[],
  { width, y, text }: { readonly width: number; readonly y: number; readonly text: string },
): { readonly content: string; readonly height: number } {
  let x = 0;
  let line = 0;
  const content = entries.map(({ name, colour }) => {
    const own =
      SWATCH.width +
      SWATCH.gap +
      textWidth(
        runsOf(name)
          .map((run) => run.text)
          .join(''),
        SIZE,
      );
    if (x > 0 && x + own > width) {
      x = 0;
      line += 1;
    }
    const base = y + LINE * line + 13;
    const drawn =
      `<rect x="${Math.round(x)}" y="${base - SWATCH.height}" width="${SWATCH.width}" height="${SWATCH.height}" ` +
      `rx="2" fill="${escapeXml(colour)}"/>` +
      `<text x="${Math.round(x + SWATCH.width + SWATCH.gap)}" y="${base}" font-size="${SIZE}" fill="${text}">` +
      `${notationSvg(name, SIZE)}</text>`;
    x += own + BETWEEN;
    return drawn;
  });
  return { content: content.join('\n'), height: entries.length === 0 ? 0 : LINE * (line + 1) + 4 };
}
