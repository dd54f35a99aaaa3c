/**
 * Protocol Buffers' wire format, as much of it as an ONNX file needs to be written: varints, floats, bytes and nested
 * messages. No reading. A message is kept as pieces until the end, so that weights are copied once.
 */

const text = new TextEncoder();

/** One message under construction. Methods return it, so that fields can be chained. */
export class Message {
  private readonly pieces: Uint8Array[] = [];
  private length = 0;

  private push(piece: Uint8Array): this {
    this.pieces.push(piece);
    this.length += piece.length;
    return this;
  }

  /** @param value a whole number from 0 to 2^53 − 1. */
  private varint(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${value} cannot be written as a varint`);
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
    bytes.push(rest);
    return this.push(Uint8Array.from(bytes));
  }

  /** A field of type int32, int64 or enum. */
  int(field: number, value: number): this {
    return this.varint(field * 8).varint(value);
  }

  /** Repeated int64, each with its own tag, which every reader takes. */
  ints(field: number, values: readonly number[]): this {
    for (const value of values) this.int(field, value);
    return this;
  }

  /** A 32-bit float, little-endian. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.varint(field * 8 + 5).push(bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.varint(field * 8 + 2)
      .varint(value.length)
      .push(value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, text.encode(value));
  }

  message(field: number, inner: Message): this {
    this.varint(field * 8 + 2).varint(inner.length);
    for (const piece of inner.pieces) this.push(piece);
    return this;
  }

  /** The finished message. */
  encode(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}
