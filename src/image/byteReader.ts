// Reading numbers and names out of a file's bytes. Reading past the end throws RangeError, which whoever walks a
// container takes as "the file ends too early".

export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.#view.getUint8(at);
  }

  u16le(at: number): number {
    return this.#view.getUint16(at, true);
  }

  u16be(at: number): number {
    return this.#view.getUint16(at, false);
  }

  u24le(at: number): number {
    return this.u16le(at) | (this.u8(at + 2) << 16);
  }

  u32le(at: number): number {
    return this.#view.getUint32(at, true);
  }

  i32le(at: number): number {
    return this.#view.getInt32(at, true);
  }

  u32be(at: number): number {
    return this.#view.getUint32(at, false);
  }

  /** A 64-bit length. Beyond 2⁵³ it is inexact, which does not matter: no file is that long. */
  u64be(at: number): number {
    return Number(this.#view.getBigUint64(at, false));
  }

  /** `length` bytes as Latin-1 text; shorter at the end of the file. */
  text(at: number, length: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + length));
  }
}
