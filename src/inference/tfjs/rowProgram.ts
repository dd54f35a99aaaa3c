/**
 * A WebAssembly program of a few loops over rows of channels that works in another module's memory: `copyRows` and
 * `scaleRelu`, 16 bytes at a time. Written out as instructions, since it is too small to be worth a compiler. It is no
 * tfjs kernel and knows no tensors: wasmKernels.ts hands it addresses. Needs SIMD.
 */

/** The program's functions. Addresses and lengths are in bytes, and multiples of 4. */
export interface RowProgram {
  /** Copies `length` bytes of each of `rows` rows, which lie `fromStride` and `toStride` bytes apart. All at least 1. */
  copyRows(from: number, to: number, rows: number, length: number, fromStride: number, toStride: number): void;
  /** to = max(scale·from + shift, 0), float32, for `rows` rows of `length` bytes, one after another. All at least 1. */
  scaleRelu(from: number, to: number, rows: number, length: number, scale: number, shift: number): void;
}

/** Most pages of a shared memory, as a program that imports one must say: all 4 GiB. */
const MOST_PAGES = 65536;

type Code = readonly (number | Code)[];

const flat = (code: Code): number[] => code.flatMap((part) => (typeof part === 'number' ? [part] : flat(part)));

/** LEB128, unsigned. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

const list = (items: readonly Code[]): number[] => [...unsigned(items.length), ...items.flatMap(flat)];
const sized = (code: Code): number[] => list(flat(code).map((byte) => [byte]));
const text = (value: string) => sized([...new TextEncoder().encode(value)]);
const section = (id: number, code: Code): number[] => [id, ...sized(code)];

const I32 = 0x7f;
const EMPTY = 0x40;
const get = (local: number): Code => [0x20, local];
const set = (local: number, value: Code): Code => [value, 0x21, local];
/** A literal below 64: above that its encoding would have a sign. */
const literal = (value: number): Code => [0x41, value];
const add = (a: Code, b: Code): Code => [a, b, 0x6a];
const subtract = (a: Code, b: Code): Code => [a, b, 0x6b];
const above = (a: Code, b: Code): Code => [a, b, 0x4b];
const advance = (local: number, by: Code): Code => set(local, add(get(local), by));
/** Repeats while the condition, looked at after each round, holds. */
const repeatWhile = (condition: Code, ...body: Code): Code => [0x03, EMPTY, body, condition, 0x0d, 0, 0x0b];
const when = (condition: Code, ...body: Code): Code => [condition, 0x04, EMPTY, body, 0x0b];

/** One float or four: how they are loaded and stored, and the arithmetic. Aligned to 4 bytes. */
interface Lanes {
  readonly bytes: number;
  readonly load: (address: Code) => Code;
  readonly store: (address: Code, value: Code) => Code;
  readonly scaleRelu: (x: Code, scale: Code, shift: Code) => Code;
}
const simd = (code: number): Code => [0xfd, unsigned(code)];
const FOUR: Lanes = {
  bytes: 16,
  load: (address) => [address, simd(0x00), 2, 0],
  store: (address, value) => [address, value, simd(0x0b), 2, 0],
  scaleRelu: (x, scale, shift) => {
    const zero: Code = [simd(0x0c), Array<number>(16).fill(0)];
    return [x, scale, simd(0xe6), shift, simd(0xe4), zero, simd(0xe9)];
  },
};
const ONE: Lanes = {
  bytes: 4,
  load: (address) => [address, 0x2a, 2, 0],
  store: (address, value) => [address, value, 0x38, 2, 0],
  scaleRelu: (x, scale, shift) => [x, scale, 0x94, shift, 0x92, [0x43, 0, 0, 0, 0], 0x97],
};

/** Parameters of both functions, in order; then locals. */
const [FROM, TO, ROWS, LENGTH, FIFTH, SIXTH] = [0, 1, 2, 3, 4, 5];
const [END, SCALE, SHIFT] = [6, 7, 8];

/** From FROM to TO, both moved on, until FROM is at END: by fours, then one by one. */
function along(step: (lanes: Lanes) => Code): Code {
  const rounds = (lanes: Lanes): Code => {
    // Room for one more, without going below zero.
    const room = above(subtract(get(END), get(FROM)), literal(lanes.bytes - 1));
    return when(room, repeatWhile(room, step(lanes)));
  };
  return [rounds(FOUR), rounds(ONE)];
}

const move = (local: number, lanes: Lanes) => advance(local, literal(lanes.bytes));

const COPY_ROWS: Code = repeatWhile(
  get(ROWS),
  set(END, add(get(FROM), get(LENGTH))),
  along((lanes) => [lanes.store(get(TO), lanes.load(get(FROM))), move(FROM, lanes), move(TO, lanes)]),
  advance(FROM, subtract(get(FIFTH), get(LENGTH))),
  advance(TO, subtract(get(SIXTH), get(LENGTH))),
  set(ROWS, subtract(get(ROWS), literal(1))),
);

const SCALE_RELU: Code = repeatWhile(
  get(ROWS),
  set(END, add(get(FROM), get(LENGTH))),
  set(SCALE, get(FIFTH)),
  set(SHIFT, get(SIXTH)),
  along((lanes) => [
    lanes.store(get(TO), lanes.scaleRelu(lanes.load(get(FROM)), lanes.load(get(SCALE)), lanes.load(get(SHIFT)))),
    [FROM, TO, SCALE, SHIFT].map((local) => move(local, lanes)),
  ]),
  set(ROWS, subtract(get(ROWS), literal(1))),
);

/** A function's code: three locals beside its six parameters. */
const body = (code: Code) => sized([list([[3, I32]]), code, 0x0b]);

/** What every program starts with: its name and version. */
const MAGIC = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

function programBytes(shared: boolean): Uint8Array<ArrayBuffer> {
  const limits = shared ? [3, 0, ...unsigned(MOST_PAGES)] : [0, 0];
  const signature: Code = [0x60, list(Array<Code>(6).fill([I32])), list([])];
  return Uint8Array.from([
    ...MAGIC,
    ...section(1, list([signature])),
    ...section(2, list([[text('env'), text('memory'), 2, limits]])),
    ...section(3, list([[0], [0]])),
    ...section(
      7,
      list([
        [text('copyRows'), 0, 0],
        [text('scaleRelu'), 0, 1],
      ]),
    ),
    ...section(10, list([body(COPY_ROWS), body(SCALE_RELU)])),
  ]);
}

/**
 * The program on a memory.
 * @throws WebAssembly.CompileError where there is no SIMD.
 */
export function rowProgram(memory: WebAssembly.Memory): RowProgram {
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const program = new WebAssembly.Module(programBytes(shared));
  const { copyRows, scaleRelu } = new WebAssembly.Instance(program, { env: { memory } }).exports;
  if (typeof copyRows !== 'function' || typeof scaleRelu !== 'function') throw new Error('the program is not whole');
  return {
    copyRows: (...numbers) => void copyRows(...numbers),
    scaleRelu: (...numbers) => void scaleRelu(...numbers),
  };
}
