import { describe, expect, it, vi } from 'vitest';
import { sha256, sha256InScript } from './sha256';
import { checkContentType, faultIn } from './verify';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('sha256', () => {
  it('gives the values of FIPS 180', async () => {
    expect(await sha256(bytesOf('abc'))).toBe(ABC);
    expect(sha256InScript(bytesOf('abc'))).toBe(ABC);
    expect(sha256InScript(bytesOf(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('is the same in script, at every length around a block and for larger data', async () => {
    const data = Uint8Array.from({ length: 100_003 }, (_, index) => (index * 7919) >> 3);
    for (const length of [1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 100_003]) {
      const part = data.subarray(0, length);
      expect(sha256InScript(part)).toBe(await sha256(part));
    }
  });

  it('works where the browser offers none', async () => {
    vi.stubGlobal('crypto', {});
    try {
      expect(await sha256(bytesOf('abc'))).toBe(ABC);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('faultIn', () => {
  const card = { file: 'a.safetensors', bytes: 3, sha256: ABC };

  it('accepts the file of the card', async () => {
    expect(await faultIn(card, bytesOf('abc'))).toBeUndefined();
  });

  it.each([
    ['a cut file', 'ab', /a\.safetensors is cut short: got 2 of 3 bytes/],
    ['a longer file', 'abcd', /longer than it should be: got 4 of 3 bytes/],
    ['an altered file', 'abd', /was altered: its SHA-256 is [0-9a-f]{12}…, its card says ba7816bf8f01…/],
    ['a page', '<!doctype html>', /a page instead of weights/],
  ])('refuses %s', async (_, text, reason) => {
    expect(await faultIn(card, bytesOf(text))).toMatch(reason);
  });
});

it('recognises a page by its type', () => {
  expect(() => checkContentType('a.safetensors', 'text/html; charset=utf-8')).toThrow(
    /page .* instead of a\.safetensors/,
  );
  expect(() => checkContentType('a.safetensors', 'application/octet-stream')).not.toThrow();
  expect(() => checkContentType('a.safetensors', null)).not.toThrow();
});
