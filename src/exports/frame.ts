/**
 * A picture in a file of its own: ground, title, content, caption, as one SVG with every colour and font written out.
 * Knows nothing of what is in it; diagrams come from svg.ts, charts from the page.
 */
import { runsOf, textWidth } from '../diagram/notation';

export type Scheme = 'light' | 'dark';

/** Fonts by name: a file has no stylesheet to ask. */
export const FONT = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

/** Ground and text of both schemes, as on the page. */
export const INKS = {
  light: { paper: '#ffffff', text: '#1f2933', faint: '#566069' },
  dark: { paper: '#242424', text: '#d5d7da', faint: '#b3b6ba' },
} as const satisfies Record<Scheme, Record<string, string>>;

const MARGIN = 16;
const TITLE = { size: 15, line: 26 } as const;
const CAPTION = { size: 11, line: 16 } as const;

/** Text that may stand in XML, in an attribute too. */
export function escapeXml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => names[character] ?? character);
}

/** A text in the field's notation, `x_T` with its index below the line, as the content of a text element. */
export function notationSvg(text: string, size: number): string {
  const hundredths = (value: number) => String(Math.round(value * 100) / 100);
  const runs = runsOf(text);
  return runs
    .map((run, i) => {
      const raised = runs[i - 1]?.below === true;
      if (!run.below && !raised) return escapeXml(run.text);
      const dy = hundredths((run.below ? 1 : -1) * size * 0.22);
      const own = run.below ? ` font-size="${hundredths(size * 0.82)}"` : '';
      return `<tspan dy="${dy}"${own} xml:space="preserve">${escapeXml(run.text)}</tspan>`;
    })
    .join('');
}

/** Breaks a text between words, and inside words that are too long by themselves, into lines of at most `width` px. */
export function wrapText(text: string, width: number, size: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of word) {
      if (line !== '' && textWidth(line + character, size) > width) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return line === '' ? lines : [...lines, line];
}

export interface Framed {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** SVG elements that fill width × height from 0, 0. */
  readonly content: string;
  readonly title: string;
  /** Paragraphs: which networks, which conventions. */
  readonly caption: readonly string[];
  readonly scheme: Scheme;
}

/** A file's text and its size. */
export interface SvgFile {
  readonly text: string;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
}

/** Puts a picture between its title and its caption. */
export function frame({ width, height, content, title, caption, scheme }: Framed): SvgFile {
  const inner = Math.max(width, 320);
  const { paper, text, faint } = INKS[scheme];
  const titles = wrapText(title, inner / 1.06, TITLE.size);
  const lines = caption.flatMap((paragraph) => wrapText(paragraph, inner, CAPTION.size));
  const top = MARGIN + titles.length * TITLE.line;
  const total = { width: inner + 2 * MARGIN, height: top + height + 10 + lines.length * CAPTION.line + MARGIN };
  const line = (value: string, y: number, size: number, fill: string, weight: number) =>
    `<text x="${MARGIN}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${notationSvg(value, size)}</text>`;
  return {
    ...total,
    text: [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<svg xmlns="http://www.w3.org/2000/svg" width="${total.width}" height="${total.height}" ` +
        `viewBox="0 0 ${total.width} ${total.height}" font-family="${FONT}">`,
      `<title>${escapeXml(title)}</title>`,
      `<desc>${escapeXml(caption.join(' ').replaceAll(/_(?=[A-Za-z])/g, ' '))}</desc>`,
      `<rect width="100%" height="100%" fill="${paper}"/>`,
      ...titles.map((value, i) => line(value, MARGIN + 14 + i * TITLE.line, TITLE.size, text, 700)),
      `<g transform="translate(${MARGIN} ${top})">`,
      content,
      '</g>',
      ...lines.map((value, i) => line(value, top + height + 22 + i * CAPTION.line, CAPTION.size, faint, 400)),
      '</svg>',
      '',
    ].join('\n'),
  };
}
