import { describe, expect, it } from 'vitest';
import { FIXTURES, fixtureBytes } from './fixture.testing';
import { readSafetensors, readSafetensorsMetadata } from './safetensors';
import { bytesOf, safetensorsFile } from './safetensors.testing';
import { WeightsError } from './weightsError';

const f32 = (count: number) => bytesOf(Float32Array.from({ length: count }, (_, index) => index + 0.5));
const entry = (shape: readonly unknown[], data_offsets: readonly unknown[], dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets,
});

describe('readSafetensors', () => {
  it('reads tensors and notes', () => {
    const file = safetensorsFile(
      { __metadata__: { format: 'pt' }, b: entry([2], [16, 24]), a: entry([2, 2], [0, 16]) },
      f32(6),
    );
    const tensors = readSafetensors(file);
    expect([...tensors.keys()]).toEqual(['b', 'a']);
    expect(tensors.get('a')).toMatchObject({ name: 'a', dtype: 'F32', shape: [2, 2] });
    expect(tensors.get('a')?.values).toEqual(Float32Array.of(0.5, 1.5, 2.5, 3.5));
    expect(tensors.get('b')?.values).toEqual(Float32Array.of(4.5, 5.5));
    expect(readSafetensorsMetadata(file)).toEqual({ format: 'pt' });
    expect(readSafetensors(file.buffer).size).toBe(2);
  });

  it('reads numbers at any address: header lengths of every remainder, and files inside a larger buffer', () => {
    for (let padding = 0; padding < 8; padding++) {
      const file = safetensorsFile(JSON.stringify({ a: entry([3], [0, 12]) }) + ' '.repeat(padding), f32(3));
      const inside = new Uint8Array(file.length + 5);
      inside.set(file, 3);
      expect(readSafetensors(file).get('a')?.values).toEqual(Float32Array.of(0.5, 1.5, 2.5));
      const part = inside.subarray(3, 3 + file.length);
      expect(readSafetensors(part).get('a')?.values).toEqual(Float32Array.of(0.5, 1.5, 2.5));
    }
  });

  it('decodes F16, BF16 and I64', () => {
    const half = bytesOf(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00));
    expect(readSafetensors(safetensorsFile({ a: entry([4], [0, 8], 'F16') }, half)).get('a')?.values).toEqual(
      Float32Array.of(1, -2, 2 ** -24, Infinity),
    );
    const brain = bytesOf(Uint16Array.of(0x3f80, 0xc040));
    expect(readSafetensors(safetensorsFile({ a: entry([2], [0, 4], 'BF16') }, brain)).get('a')?.values).toEqual(
      Float32Array.of(1, -3),
    );
    const count = bytesOf(BigInt64Array.of(6760n));
    expect(readSafetensors(safetensorsFile({ a: entry([], [0, 8], 'I64') }, count)).get('a')?.values).toEqual(
      Float32Array.of(6760),
    );
  });

  it('accepts a tensor without numbers and a file without tensors', () => {
    expect(readSafetensors(safetensorsFile({ a: entry([0, 3], [0, 0]) })).get('a')?.values).toHaveLength(0);
    expect(readSafetensors(safetensorsFile({})).size).toBe(0);
  });

  const whole = safetensorsFile({ a: entry([2], [0, 8]), b: entry([1], [8, 12]) }, f32(3));
  const withLength = (length: bigint) => {
    const bytes = whole.slice();
    new DataView(bytes.buffer).setBigUint64(0, length, true);
    return bytes;
  };
  const text = (content: string) => new TextEncoder().encode(content);
  const refused: readonly [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(), /cut short: it has 0 bytes/],
    ['a file shorter than its header length', whole.slice(0, 5), /cut short: it has 5 bytes/],
    ['a file cut in its header', whole.slice(0, 40), /header would have [\d,]+ bytes, and 32 follow/],
    [
      'a file cut in its numbers',
      whole.slice(0, -3),
      /cut short: tensor "b" ends at byte 12 of the data, and there are 9/,
    ],
    [
      'a header over the limit',
      withLength(100_000_001n),
      /header would have 100,000,001 bytes; allowed are 100,000,000/,
    ],
    ['a header of 2⁶⁴ − 1 bytes', withLength(2n ** 64n - 1n), /18,446,744,073,709,551,615 bytes/],
    ['a header that is not JSON', safetensorsFile('{"a":'), /header is not JSON/],
    ['a header that is not text', withLength(BigInt(whole.length - 8)), /not UTF-8|not JSON/],
    ['a header that is a list', safetensorsFile('[]'), /not a JSON object/],
    ['a header that is null', safetensorsFile('null'), /not a JSON object/],
    ['an entry that is a number', safetensorsFile({ a: 3 }), /"a": its header entry is not an object/],
    [
      'an unknown number format',
      safetensorsFile({ a: entry([1], [0, 8], 'F64') }, f32(2)),
      /"F64"; readable are F32, F16, BF16, I64/,
    ],
    [
      'a number format from the prototype',
      safetensorsFile({ a: entry([1], [0, 8], 'toString') }, f32(2)),
      /"toString"/,
    ],
    ['a negative size', safetensorsFile({ a: entry([-1], [0, 4]) }, f32(1)), /shape is \[-1\]/],
    ['a fractional size', safetensorsFile({ a: entry([1.5], [0, 6]) }, f32(2)), /shape is \[1.5\]/],
    [
      'a size that overflows',
      safetensorsFile({ a: entry([2 ** 40, 2 ** 40], [0, 4]) }, f32(1)),
      /takes .* bytes, its data_offsets span 4/,
    ],
    ['offsets the wrong way round', safetensorsFile({ a: entry([0], [4, 0]) }, f32(1)), /data_offsets are \[4,0\]/],
    ['three offsets', safetensorsFile({ a: entry([1], [0, 4, 8]) }, f32(2)), /data_offsets are \[0,4,8\]/],
    [
      'a shape of other length than its bytes',
      safetensorsFile({ a: entry([3], [0, 8]) }, f32(2)),
      /shape \[3\] in F32 takes 12 bytes, its data_offsets span 8/,
    ],
    [
      'overlapping tensors',
      safetensorsFile({ a: entry([2], [0, 8]), b: entry([2], [4, 12]) }, f32(3)),
      /"a" and "b" overlap by 4 bytes/,
    ],
    [
      'two tensors in one place',
      safetensorsFile({ a: entry([1], [0, 4]), b: entry([1], [0, 4]) }, f32(1)),
      /overlap by 4 bytes/,
    ],
    [
      'a gap',
      safetensorsFile({ a: entry([1], [0, 4]), b: entry([1], [8, 12]) }, f32(3)),
      /4 bytes between "a" and tensor "b"/,
    ],
    ['bytes left over', safetensorsFile({ a: entry([1], [0, 4]) }, f32(3)), /8 bytes after the last tensor/],
    [
      'a name that stands twice',
      safetensorsFile(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        f32(1),
      ),
      /names tensor "a" twice/,
    ],
    ['notes that are not texts', safetensorsFile({ __metadata__: { epoch: 4 } }), /"epoch" that is not a text/],
    ['a page', text('\n<!DOCTYPE html><html></html>'), /a page instead of weights/],
    ['a page without doctype', text('<html lang="en">'), /a page instead of weights/],
    ['a torch.save file', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 8, 8), /torch\.save.*safetensors\.torch/],
    ['an old torch.save file', Uint8Array.of(0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46), /torch\.save/],
    ['a Git LFS pointer', text('version https://git-lfs.github.com/spec/v1\n'), /Git LFS pointer/],
  ];
  it.each(refused)('refuses %s', (_, bytes, reason) => {
    expect(() => readSafetensors(bytes)).toThrow(WeightsError);
    expect(() => readSafetensors(bytes)).toThrow(reason);
  });

  it('does not take repeated keys inside entries or notes for repeated tensors', () => {
    const header = { __metadata__: { dtype: '{"a":1}', shape: 'a' }, a: entry([1], [0, 4]), 'a"': entry([1], [4, 8]) };
    expect(readSafetensors(safetensorsFile(header, f32(2))).size).toBe(2);
  });

  it.each(FIXTURES)('refuses %s cut anywhere', (name) => {
    const bytes = fixtureBytes(`${name}.safetensors`);
    expect(readSafetensors(bytes).size).toBeGreaterThan(100);
    for (const share of [0, 0.01, 0.1, 0.5, 0.9, 0.9999]) {
      expect(() => readSafetensors(bytes.subarray(0, Math.floor(bytes.length * share)))).toThrow(WeightsError);
    }
  });
});
