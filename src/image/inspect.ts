// Looks at a file's bytes before anything is decoded: which format, how large, whether it is all there. The name and
// the stated type are not believed: a text file may be called .jpg, and a dropped file may have no type at all.

import { ByteReader } from './byteReader';
import { ContainerError, walkAvif, walkBmp, walkGif, walkJpeg, walkPng, walkWebp } from './containers';
import type { Extent } from './containers';
import { PictureError } from './pictureError';

/** Formats that are read. */
export type PictureFormat = 'JPEG' | 'PNG' | 'WebP' | 'AVIF' | 'GIF' | 'SVG' | 'BMP';

const READ = 'JPEG, PNG, WebP, AVIF, GIF, SVG and BMP are read';

/** How many of a file's first bytes `sniff` looks at. */
export const SNIFFED_BYTES = 16384;

/** Bounds on what is decoded. */
export interface PictureLimits {
  /** Pixels, width times height. */
  readonly pixels: number;
  /** Bytes of the file. */
  readonly bytes: number;
}

/** 100 megapixels, and room for those as an uncompressed RGBA file. */
export const PICTURE_LIMITS: PictureLimits = { pixels: 100_000_000, bytes: 512 * 1024 * 1024 };

const WALKS = { JPEG: walkJpeg, PNG: walkPng, WebP: walkWebp, AVIF: walkAvif, GIF: walkGif, BMP: walkBmp };

/** What may stand before an SVG's root: white space, declarations and instructions, comments, a document type. */
const PROLOGUE = /^(\s+|<\?[^>]*>|<!--[^]*?-->|<!DOCTYPE\s+svg[^[>]*(\[[^]*?\]\s*)?>)/i;

/** Whether a text's first element is `<svg>`. An HTML page that merely contains one is none. */
function startsSvg(text: string): boolean {
  let rest = text;
  for (let match = PROLOGUE.exec(rest); match; match = PROLOGUE.exec(rest)) rest = rest.slice(match[0].length);
  return /^<(svg:)?svg[\s>]/i.test(rest);
}

/** The format that a file's first bytes announce, `SNIFFED_BYTES` of them at most; undefined if none that is read. */
export function sniff(head: Uint8Array): PictureFormat | undefined {
  const reader = new ByteReader(head);
  const text = reader.text(0, 16);
  if (text.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'WebP';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'GIF';
  if (text.startsWith('BM') && head.length >= 34 && reader.u32le(14) >= 40) return 'BMP';
  if (text.slice(4, 8) === 'ftyp') {
    // Major brand, version, compatible brands, 4 bytes each; a HEIC photo has the same container and other brands.
    const brands = reader.text(8, Math.min(reader.u32be(0), 256) - 8);
    return /^(....)*(avif|avis)/s.test(brands) ? 'AVIF' : undefined;
  }
  return startsSvg(new TextDecoder().decode(head.subarray(0, SNIFFED_BYTES))) ? 'SVG' : undefined;
}

/** The first bytes as a person can compare them: text if it is text, else hexadecimal. */
function firstBytes(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 8);
  const printable = head.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (printable) return `"${String.fromCharCode(...head)}"`;
  return [...head].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** The format of a file by its first bytes. Throws PictureError on an empty file and on any other format. */
export function requireFormat(bytes: Uint8Array, name: string): PictureFormat {
  if (bytes.length === 0) throw new PictureError(name, 'the file is empty (0 bytes)');
  const format = sniff(bytes);
  if (!format)
    throw new PictureError(name, `not a picture format that is read; it starts with ${firstBytes(bytes)}. ${READ}`);
  return format;
}

/** Throws PictureError if a picture has no pixels, or more than the limit. */
export function checkExtent({ width, height }: Extent, name: string, limits: PictureLimits): void {
  if (width < 1 || height < 1) throw new PictureError(name, `the picture is ${width}×${height} pixels`);
  if (width * height > limits.pixels) {
    const counts = `${(width * height).toLocaleString('en')} pixels, at most ${limits.pixels.toLocaleString('en')}`;
    throw new PictureError(name, `the picture is ${width}×${height}, that is ${counts} are allowed`);
  }
}

/** What is known of a picture before it is decoded. */
export interface Inspection extends Extent {
  readonly format: Exclude<PictureFormat, 'SVG'>;
}

/**
 * Format and size of a whole raster file, EXIF orientation not applied.
 * Throws PictureError if it is empty, no picture, an SVG (which has no pixels yet), truncated or larger than the limits.
 */
export function inspectPicture(bytes: Uint8Array, name: string, limits = PICTURE_LIMITS): Inspection {
  const format = requireFormat(bytes, name);
  if (format === 'SVG') throw new PictureError(name, 'an SVG has to be drawn on the page before it is decoded');
  let extent: Extent;
  try {
    extent = WALKS[format](new ByteReader(bytes));
  } catch (error) {
    if (error instanceof ContainerError) throw new PictureError(name, error.message, { cause: error });
    if (!(error instanceof RangeError)) throw error;
    throw new PictureError(name, `the file is truncated: it ends after ${bytes.length} bytes`, { cause: error });
  }
  checkExtent(extent, name, limits);
  return { format, ...extent };
}
