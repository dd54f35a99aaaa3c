// Per picture format, a walk over the container: the size in pixels and whether the file is all there. Nothing is
// decoded. Browsers show what they have of a truncated file, and a half grey picture must not be classified as if it
// were whole; and a picture too large to decode has to be recognised before it is decoded.

import { ByteReader } from './byteReader';

/** What a container says of its picture. */
export interface Extent {
  /** Width in pixels as stored, before EXIF orientation. */
  readonly width: number;
  /** Height in pixels as stored, before EXIF orientation. */
  readonly height: number;
}

/** Why a container cannot be read; a sentence fragment. */
export class ContainerError extends Error {}

function truncated(missing: string): never {
  throw new ContainerError(`the file is truncated: ${missing}`);
}

/** Position of the next marker after entropy-coded data that starts at `at`; the file's length if there is none. */
function skipScan(bytes: Uint8Array, at: number): number {
  for (let i = bytes.indexOf(0xff, at); i >= 0 && i + 1 < bytes.length; i = bytes.indexOf(0xff, i + 1)) {
    const code = bytes[i + 1]!;
    const stuffed = code === 0x00;
    const restart = code >= 0xd0 && code <= 0xd7;
    const fill = code === 0xff;
    if (!stuffed && !restart && !fill) return i;
  }
  return bytes.length;
}

/** JPEG: segments up to EOI; those of an embedded thumbnail lie inside a segment and are stepped over. */
export function walkJpeg(reader: ByteReader): Extent {
  let extent: Extent | undefined;
  let scans = 0;
  let at = 2;
  while (at + 1 < reader.length) {
    const code = reader.u8(at + 1);
    if (reader.u8(at) !== 0xff || code === 0xff) {
      at = skipScan(reader.bytes, at); // stray or fill bytes, which decoders step over too
      continue;
    }
    if (code === 0xd9) {
      if (!extent || scans === 0) throw new ContainerError('a JPEG without a picture in it');
      return extent;
    }
    const startsFrame = code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
    if (startsFrame) extent = { width: reader.u16be(at + 7), height: reader.u16be(at + 5) };
    at += 2 + reader.u16be(at + 2);
    if (code === 0xda) {
      scans++;
      at = skipScan(reader.bytes, at);
    }
  }
  return truncated(`no end-of-image marker within ${reader.length} bytes`);
}

/** PNG: chunks up to IEND. */
export function walkPng(reader: ByteReader): Extent {
  const extent = { width: reader.u32be(16), height: reader.u32be(20) };
  for (let at = 8; at + 12 <= reader.length; at += 12 + reader.u32be(at)) {
    if (reader.text(at + 4, 4) === 'IEND') return extent;
  }
  return truncated(`no IEND chunk within ${reader.length} bytes`);
}

/** WebP: the RIFF length, and the size in the first chunk (VP8 lossy, VP8L lossless, VP8X extended). */
export function walkWebp(reader: ByteReader): Extent {
  const stated = reader.u32le(4) + 8;
  if (stated > reader.length) truncated(`${reader.length} of ${stated} bytes`);
  const chunk = reader.text(12, 4);
  if (chunk === 'VP8X') return { width: reader.u24le(24) + 1, height: reader.u24le(27) + 1 };
  if (chunk === 'VP8 ') return { width: reader.u16le(26) & 0x3fff, height: reader.u16le(28) & 0x3fff };
  if (chunk === 'VP8L') {
    const bits = reader.u32le(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  throw new ContainerError(`a WebP whose first chunk is "${chunk}" instead of VP8, VP8L or VP8X`);
}

/** Bytes of the colour table that a GIF's flags announce. */
function colourTable(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

/** GIF: blocks up to the end of the first frame, the only one that is used. */
export function walkGif(reader: ByteReader): Extent {
  const extent = { width: reader.u16le(6), height: reader.u16le(8) };
  let at = 13 + colourTable(reader.u8(10));
  for (;;) {
    const block = reader.u8(at);
    if (block === 0x2c) at += 11 + colourTable(reader.u8(at + 9));
    else if (block === 0x21) at += 2;
    else throw new ContainerError(`a GIF without a frame: byte ${at} is ${block}`);
    while (reader.u8(at) !== 0) at += 1 + reader.u8(at);
    at += 1;
    if (block === 0x2c) return extent;
  }
}

/** A box of an ISO base media file: its type, and where its contents start and end. */
interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** The boxes in [start, end). A box that ends later than that means a truncated file. */
function boxes(reader: ByteReader, start: number, end: number): Box[] {
  const found: Box[] = [];
  for (let at = start; at < end;) {
    const short = reader.u32be(at);
    const header = short === 1 ? 16 : 8;
    const size = short === 0 ? end - at : short === 1 ? reader.u64be(at + 8) : short;
    const type = reader.text(at + 4, 4);
    if (size < header) throw new ContainerError(`box "${type}" at byte ${at} states ${size} bytes`);
    if (at + size > end) truncated(`box "${type}" needs ${at + size} bytes, there are ${end}`);
    found.push({ type, start: at + header, end: at + size });
    at += size;
  }
  return found;
}

/** AVIF: top-level boxes, and the largest of the sizes (`ispe`): a grid lists its tiles' sizes too. */
export function walkAvif(reader: ByteReader): Extent {
  const top = boxes(reader, 0, reader.length);
  const child = (parents: Box[], type: string, skip: number) => {
    const parent = parents.find((box) => box.type === type);
    return parent ? boxes(reader, parent.start + skip, parent.end) : [];
  };
  const properties = child(child(child(top, 'meta', 4), 'iprp', 0), 'ipco', 0);
  let largest: Extent = { width: 0, height: 0 };
  for (const { type, start } of properties) {
    if (type !== 'ispe') continue;
    const extent = { width: reader.u32be(start + 4), height: reader.u32be(start + 8) };
    if (extent.width * extent.height > largest.width * largest.height) largest = extent;
  }
  if (largest.width === 0) truncated('no size of the picture');
  // The picture's data lies in `mdat`, or rarely inside `meta`.
  if (![...top, ...child(top, 'meta', 4)].some(({ type }) => type === 'mdat' || type === 'idat')) {
    truncated('no data of the picture');
  }
  return largest;
}

/** BMP: where the pixels start, and for uncompressed ones where they must end. */
export function walkBmp(reader: ByteReader): Extent {
  const start = reader.u32le(10);
  const width = reader.i32le(18);
  const height = Math.abs(reader.i32le(22)); // negative means rows from the top
  const bits = reader.u16le(28);
  const compression = reader.u32le(30);
  const uncompressed = compression === 0 || compression === 3;
  const end = start + (uncompressed ? Math.ceil((width * bits) / 32) * 4 * height : 1);
  if (end > reader.length) truncated(`${reader.length} of ${end} bytes`);
  return { width, height };
}
