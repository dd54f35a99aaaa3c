/**
 * Reading safetensors: tensors by name, their numbers as float32. What makes a file valid is safetensorsHeader.ts,
 * whether the tensors fit a network is fit.ts.
 */
import { fromBF16, fromF16 } from './halfFloats';
import { DTYPE_BYTES, readHeader } from './safetensorsHeader';
import type { Dtype, Entry } from './safetensorsHeader';

/** One tensor of a file. */
export interface Tensor {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /**
   * The numbers, row-major. Decoded at each access, so keep the result; F32 numbers are a view of the file's bytes
   * where these are aligned. I64 is rounded to float32.
   */
  readonly values: Float32Array;
}

const asBytes = (bytes: ArrayBuffer | Uint8Array) => (bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));

/** Bytes of a tensor at an address that typed arrays of its numbers accept: a view if aligned, else a copy. */
function aligned(bytes: Uint8Array, begin: number, end: number, step: number): [ArrayBufferLike, number, number] {
  const start = bytes.byteOffset + begin;
  const count = (end - begin) / step;
  return start % step === 0 ? [bytes.buffer, start, count] : [bytes.slice(begin, end).buffer, 0, count];
}

function decode(bytes: Uint8Array, { dtype }: Entry, begin: number, end: number): Float32Array {
  const place = aligned(bytes, begin, end, DTYPE_BYTES[dtype]);
  switch (dtype) {
    case 'F32':
      return new Float32Array(...place);
    case 'F16':
      return fromF16(new Uint16Array(...place));
    case 'BF16':
      return fromBF16(new Uint16Array(...place));
    case 'I64':
      return Float32Array.from(new BigInt64Array(...place), Number);
  }
}

/**
 * The tensors of a safetensors file by name, in the header's order; numbers are decoded when asked for.
 * @throws WeightsError with the reason where the file is not safetensors or contradicts itself.
 */
export function readSafetensors(file: ArrayBuffer | Uint8Array): ReadonlyMap<string, Tensor> {
  const bytes = asBytes(file);
  const { entries, dataStart } = readHeader(bytes);
  const tensors = entries.map((entry): [string, Tensor] => {
    const { name, dtype, shape, begin, end } = entry;
    const tensor = {
      name,
      dtype,
      shape,
      get values() {
        return decode(bytes, entry, dataStart + begin, dataStart + end);
      },
    };
    return [name, tensor];
  });
  return new Map(tensors);
}

/**
 * The free-form notes of a safetensors file (`__metadata__`); empty where it has none.
 * @throws WeightsError as {@link readSafetensors}.
 */
export function readSafetensorsMetadata(file: ArrayBuffer | Uint8Array): Readonly<Record<string, string>> {
  return readHeader(asBytes(file)).metadata;
}
