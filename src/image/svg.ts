// SVG → PNG, on the page: a worker cannot decode an SVG. The size rules are pure and tested; the drawing is browser-only.

import { SNIFFED_BYTES, sniff } from './inspect';
import { PictureError } from './pictureError';

/** Longer side in pixels of an SVG that states no size. */
const DEFAULT_SIDE = 512;
/** Longest side in pixels that an SVG is drawn at; it is then scaled down to the network's input anyway. */
const LARGEST_SIDE = 2048;
/** Largest SVG file in bytes: parsing happens on the page, which more than this would freeze. */
const LARGEST_FILE = 32 * 1024 * 1024;
/** CSS pixels per unit of length. */
const UNITS: Record<string, number> = { '': 1, px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 };

/** Attributes of the root element that decide its size. */
export interface SvgAttributes {
  readonly width: string | null;
  readonly height: string | null;
  readonly viewBox: string | null;
}

/** What to draw an SVG at. */
export interface SvgSize {
  /** Whole pixels. */
  readonly width: number;
  /** Whole pixels. */
  readonly height: number;
  /** The root's viewBox, made of its width and height if it has none; null if it has neither. */
  readonly viewBox: string | null;
}

/** A length in CSS pixels; undefined for a percentage, an unknown unit and nothing positive. */
function pixels(length: string | null): number | undefined {
  const match = /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?|\d+\.)\s*([a-z]*)\s*$/i.exec(length ?? '');
  const value = Number(match?.[1]) * (UNITS[match?.[2]?.toLowerCase() ?? ''] ?? NaN);
  return value > 0 && Number.isFinite(value) ? value : undefined;
}

/**
 * The size to draw an SVG at: its width and height, what is missing from the viewBox's proportions, 512 for the longer
 * side if only proportions are known and 512×512 if not even those; scaled down to 2048 on the longer side.
 */
export function svgSize(attributes: SvgAttributes): SvgSize {
  const box = (attributes.viewBox ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , boxWidth = NaN, boxHeight = NaN] = box;
  const boxed = box.length === 4 && box.every(Number.isFinite) && boxWidth > 0 && boxHeight > 0;
  const ratio = boxed ? boxWidth / boxHeight : 1;
  let width = pixels(attributes.width);
  let height = pixels(attributes.height);
  const viewBox = boxed ? box.join(' ') : width && height ? `0 0 ${width} ${height}` : null;
  if (!width && !height) width = ratio >= 1 ? DEFAULT_SIDE : DEFAULT_SIDE * ratio;
  width ??= (height ?? DEFAULT_SIDE) * ratio;
  height ??= width / ratio;
  const shrink = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const side = (value: number) => Math.max(1, Math.round(value * shrink));
  return { width: side(width), height: side(height), viewBox };
}

/** Whether a file is an SVG, by its first bytes: then it has to pass `rasteriseSvg` before a worker decodes it. */
export async function isSvg(blob: Blob): Promise<boolean> {
  const head = new Uint8Array(await blob.slice(0, SNIFFED_BYTES).arrayBuffer());
  return sniff(head) === 'SVG';
}

/** The line of a parser's complaint that says what is wrong and where; browsers word and nest it differently. */
function faultOf(parserError: Element): string {
  const text = parserError.querySelector('div')?.textContent ?? parserError.textContent;
  return text.trim().split('\n')[0] ?? '';
}

/**
 * Draws an SVG and returns it as a PNG with alpha. Runs on the page, not in a worker. Scripts in it do not run and
 * nothing it refers to is loaded: both are forbidden to a picture in an <img>.
 * Throws PictureError if it is larger than 32 MiB, not well-formed, cannot be drawn, or refuses to be read back.
 */
export async function rasteriseSvg(blob: Blob, name: string): Promise<Blob> {
  if (blob.size > LARGEST_FILE) {
    throw new PictureError(name, `the SVG has ${blob.size} bytes, at most ${LARGEST_FILE} are allowed`);
  }
  const document = new DOMParser().parseFromString(await blob.text(), 'image/svg+xml');
  const fault = document.querySelector('parsererror');
  if (fault) throw new PictureError(name, `the SVG is not well-formed (${faultOf(fault)})`);
  const root = document.documentElement;
  for (const side of ['width', 'height'] as const) {
    const length = root.getAttribute(side);
    if (length !== null && Number.parseFloat(length) === 0) {
      throw new PictureError(name, `the SVG has no area, its ${side} is ${length}`);
    }
  }
  const size = svgSize({
    width: root.getAttribute('width'),
    height: root.getAttribute('height'),
    viewBox: root.getAttribute('viewBox'),
  });
  // An explicit size on the root: without one browsers differ in what they draw, and some draw nothing.
  root.setAttribute('width', String(size.width));
  root.setAttribute('height', String(size.height));
  if (size.viewBox) root.setAttribute('viewBox', size.viewBox);
  const source = new XMLSerializer().serializeToString(document);
  try {
    const image = new Image();
    // Not an object URL: from one of those, Chromium refuses to read back an SVG that contains HTML (foreignObject).
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
    await image.decode();
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('the browser gave no canvas');
    context.drawImage(image, 0, 0, size.width, size.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new PictureError(name, `the SVG cannot be drawn at ${size.width}×${size.height} pixels (${detail})`, {
      cause,
    });
  }
}
