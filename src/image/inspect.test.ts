import { describe, expect, it } from 'vitest';
import { fromBase64 } from './fixtures/base64';
import files from './fixtures/files.json';
import { PICTURE_LIMITS, inspectPicture, requireFormat, sniff } from './inspect';
import { PictureError } from './pictureError';

const entries = Object.entries(files).map(([name, { width, height, base64 }]) => {
  return { name, width, height, bytes: fromBase64(base64) };
});
const formats: Record<string, string> = {
  jpg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  bmp: 'BMP',
};

function bytesOf(name: keyof typeof files): Uint8Array {
  return fromBase64(files[name].base64);
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

/** What a picture is refused with; fails if it is not refused. */
function refusal(bytes: Uint8Array, name = 'holiday.jpg'): PictureError {
  try {
    inspectPicture(bytes, name);
  } catch (error) {
    if (error instanceof PictureError) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('whole files', () => {
  it.each(entries)('$name: format and size', ({ name, width, height, bytes }) => {
    const format = formats[name.split('.').at(-1) ?? ''];
    expect(inspectPicture(bytes, name)).toEqual({ format, width, height });
  });

  it.each(entries)('$name: bytes after the end do not matter', ({ name, width, height, bytes }) => {
    if (name.endsWith('.avif')) return; // there the rest would have to be boxes
    expect(inspectPicture(new Uint8Array([...bytes, 1, 2, 3]), name)).toMatchObject({ width, height });
  });

  it('does not believe the name', () => {
    expect(inspectPicture(bytesOf('alpha.png'), 'alpha.jpg').format).toBe('PNG');
  });

  it('steps over stray and fill bytes between the segments of a JPEG', () => {
    const whole = bytesOf('baseline.jpg');
    const padded = new Uint8Array([...whole.subarray(0, 20), 0, 7, 0xff, 0xff, ...whole.subarray(20)]);
    expect(inspectPicture(padded, 'padded.jpg')).toMatchObject({ width: 24, height: 16 });
  });
});

describe('truncated files', () => {
  it.each(entries.filter(({ name }) => !name.includes('frames')))('$name, cut anywhere', ({ name, bytes }) => {
    for (let length = 1; length < bytes.length; length++) {
      const error = refusal(bytes.subarray(0, length), name);
      expect(error.message).toMatch(new RegExp(`^${name} could not be decoded: `));
      if (length >= 34) expect(error.reason).toContain('truncated');
    }
  });

  it('a GIF needs its first frame only', () => {
    const bytes = bytesOf('two-frames.gif');
    const accepted = Array.from({ length: bytes.length }, (_, length) => length).filter((length) => {
      try {
        return inspectPicture(bytes.subarray(0, length), 'cut.gif').width === 24;
      } catch {
        return false;
      }
    });
    const first = accepted[0] ?? NaN;
    expect(first).toBeGreaterThan(bytes.length / 3);
    expect(first).toBeLessThan((bytes.length * 2) / 3);
    expect(accepted).toHaveLength(bytes.length - first);
  });
});

describe('no pictures', () => {
  it('an empty file', () => {
    const error = refusal(new Uint8Array(0), 'empty.jpg');
    expect(error.message).toBe('empty.jpg could not be decoded: the file is empty (0 bytes)');
    expect(error.file).toBe('empty.jpg');
  });

  it('a text file renamed .jpg', () => {
    const { message } = refusal(text('Dear diary, today'), 'notes.jpg');
    expect(message).toContain('notes.jpg could not be decoded');
    expect(message).toContain('it starts with "Dear dia"');
  });

  it('a HEIC photo, whose container is that of AVIF', () => {
    const heic = new Uint8Array([0, 0, 0, 24, ...text('ftypheic'), 0, 0, 0, 0, ...text('mif1heic')]);
    expect(refusal(heic).reason).toContain('not a picture format that is read');
  });

  it('an SVG has no pixels yet', () => {
    expect(refusal(text('<svg/>')).reason).toContain('not a picture format');
    expect(refusal(text('<svg xmlns="http://www.w3.org/2000/svg"/>')).reason).toContain('has to be drawn');
  });
});

describe('SVG', () => {
  it.each([
    '<svg xmlns="http://www.w3.org/2000/svg">',
    '\uFEFF<?xml version="1.0"?>\n<!-- > a <svg> b --><!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]>\n<svg\nwidth="1">',
    '<!-- one --><!-- two --><svg:svg xmlns:svg="http://www.w3.org/2000/svg">',
  ])('is recognised: %j', (content) => {
    expect(sniff(text(content))).toBe('SVG');
  });

  it.each(['<!DOCTYPE html><html><svg></svg></html>', '<html>', '<svgfoo>', '<!-- <svg> -->', 'a <svg>'])(
    'is not seen in %j',
    (content) => {
      expect(sniff(text(content))).toBeUndefined();
    },
  );

  it('gives up on thousands of comments at once', () => {
    expect(sniff(text('<!---->'.repeat(2000)))).toBeUndefined();
  });
});

describe('size', () => {
  /** The PNG with another size in its header. */
  function png(width: number, height: number): Uint8Array {
    const bytes = bytesOf('alpha.png');
    new DataView(bytes.buffer).setUint32(16, width);
    new DataView(bytes.buffer).setUint32(20, height);
    return bytes;
  }

  it.each([
    [10_000, 10_000],
    [1, 100_000],
    [100_000_000, 1],
  ])('%i×%i is allowed', (width, height) => {
    expect(inspectPicture(png(width, height), 'large.png')).toMatchObject({ width, height });
  });

  it('more than 100 megapixels are refused with the numbers, before decoding', () => {
    expect(refusal(png(10_000, 10_001), 'vast.png').message).toBe(
      'vast.png could not be decoded: the picture is 10000×10001, that is 100,010,000 pixels, at most 100,000,000 are allowed',
    );
  });

  it('no pixels are refused', () => {
    expect(refusal(png(0, 5)).reason).toBe('the picture is 0×5 pixels');
  });

  it('the limit can be set', () => {
    const limits = { ...PICTURE_LIMITS, pixels: 383 };
    expect(() => inspectPicture(bytesOf('baseline.jpg'), 'small.jpg', limits)).toThrow('384 pixels, at most 383');
  });
});

it('requireFormat names the format of a head alone', () => {
  expect(requireFormat(bytesOf('lossy.webp').subarray(0, 20), 'a')).toBe('WebP');
});
