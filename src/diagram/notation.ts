/** The field's notation as text: indices, shapes, and how `x_T` is to be set. */
import type { Shape } from '../network/network';

/** 12 → `₁₂`. */
export function subscript(index: number): string {
  return String(index).replace(/\d/g, (digit) => String.fromCodePoint(0x2080 + Number(digit)));
}

/** [64, 56, 56] → `64 × 56²`. */
export function shapeText([channels, height, width]: Shape): string {
  return height === width ? `${channels} × ${height}²` : `${channels} × ${height} × ${width}`;
}

/** A piece of a text, on the line or below it. */
export interface Run {
  readonly text: string;
  readonly below: boolean;
}

/** `x_T 112` → x, T below, 112: Unicode has no subscript capitals. */
export function runsOf(text: string): readonly Run[] {
  return text
    .split(/(_[A-Za-z])/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      /^_[A-Za-z]$/.test(piece) ? { text: piece.slice(1), below: true } : { text: piece, below: false },
    );
}

/** Estimated width of a text set in a sans-serif, px: rather too wide than too narrow. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text.replace(/_(?=[A-Za-z])/g, '')) {
    width += /[₀-₉′″²\s.,:;|il()[\]]/.test(character) ? 0.4 : /[A-Zmw⋯→÷×+=]/.test(character) ? 0.72 : 0.6;
  }
  return width * size;
}
