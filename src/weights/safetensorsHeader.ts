/**
 * The header of a safetensors file: 8 bytes with its length, then JSON with each tensor's format, shape and place. Every
 * inconsistency is refused with its reason. Decoding the numbers is safetensors.ts.
 */
import { foreignFile } from './foreignFiles';
import { WeightsError } from './weightsError';

/** Number formats that are read, with their bytes per number. I64 is read for PyTorch's counters. */
export const DTYPE_BYTES = { F32: 4, F16: 2, BF16: 2, I64: 8 } as const;
export type Dtype = keyof typeof DTYPE_BYTES;

/** Same limit as the reference implementation's: no real header comes near it. */
export const MAX_HEADER_BYTES = 100_000_000;

/** What the header says of one tensor; offsets count from the first byte of the numbers. */
export interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** A header whose tensors cover the file's numbers exactly. */
export interface Header {
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the numbers begin. */
  readonly dataStart: number;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isDtype = (value: unknown): value is Dtype => typeof value === 'string' && Object.hasOwn(DTYPE_BYTES, value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isCounts = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isCount);
const number = (value: number | bigint) => value.toLocaleString('en-US');

/** The first key that stands twice at the top level of a JSON object's text; JSON.parse would keep the later one. */
function repeatedKey(json: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1) {
      // At depth 1 strings are keys: a header's values there are objects.
      if (seen.has(token)) return token;
      seen.add(token);
    }
  }
  return undefined;
}

function readEntry(name: string, value: unknown): Entry {
  const refuse = (reason: string) => new WeightsError(`tensor "${name}": ${reason}`);
  if (!isObject(value)) throw refuse('its header entry is not an object');
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype)) {
    throw refuse(`its number format is ${JSON.stringify(dtype)}; readable are ${Object.keys(DTYPE_BYTES).join(', ')}`);
  }
  if (!isCounts(shape)) throw refuse(`its shape is ${JSON.stringify(shape)}; expected is a list of whole numbers ≥ 0`);
  const [begin, end] = isCounts(offsets) && offsets.length === 2 ? offsets : [];
  if (begin === undefined || end === undefined || begin > end) {
    throw refuse(`its data_offsets are ${JSON.stringify(offsets)}; expected are two whole numbers, begin ≤ end`);
  }
  const needed = shape.reduce((product, size) => product * size, DTYPE_BYTES[dtype]);
  if (needed !== end - begin) {
    const held = number(end - begin);
    throw refuse(
      `shape [${shape.join(', ')}] in ${dtype} takes ${number(needed)} bytes, its data_offsets span ${held}`,
    );
  }
  return { name, dtype, shape, begin, end };
}

/** Checks that the tensors cover the data exactly, without gaps, overlaps or leftovers. */
function checkCover(entries: readonly Entry[], dataBytes: number): void {
  const last = entries.reduce<Entry | undefined>((a, b) => (a && a.end >= b.end ? a : b), undefined);
  if (last && last.end > dataBytes) {
    throw new WeightsError(
      `the file is cut short: tensor "${last.name}" ends at byte ${number(last.end)} of the data, ` +
        `and there are ${number(dataBytes)}`,
    );
  }
  let at = 0;
  let before = 'the header';
  for (const entry of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin < at) {
      const bytes = number(Math.min(at, entry.end) - entry.begin);
      throw new WeightsError(`tensors "${before}" and "${entry.name}" overlap by ${bytes} bytes`);
    }
    if (entry.begin > at) {
      throw new WeightsError(
        `${number(entry.begin - at)} bytes between "${before}" and tensor "${entry.name}" belong to nothing`,
      );
    }
    at = entry.end;
    before = entry.name;
  }
  if (at !== dataBytes)
    throw new WeightsError(`${number(dataBytes - at)} bytes after the last tensor belong to nothing`);
}

function parseHeader(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new WeightsError(
      `this is no safetensors file: its header of ${number(bytes.length)} bytes is not UTF-8 text`,
    );
  }
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WeightsError(`this is no safetensors file: its header is not JSON (${reason})`);
  }
  const twice = repeatedKey(text);
  if (twice !== undefined) throw new WeightsError(`the header names tensor ${twice} twice`);
  return header;
}

/**
 * Reads and checks the header of a safetensors file.
 * @throws WeightsError with the reason where the file is not safetensors or contradicts itself.
 */
export function readHeader(bytes: Uint8Array): Header {
  const foreign = foreignFile(bytes);
  if (foreign !== undefined) throw new WeightsError(foreign);
  if (bytes.length < 8) {
    throw new WeightsError(`the file is cut short: it has ${bytes.length} bytes, and its header length alone takes 8`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw new WeightsError(
      `this is no safetensors file: its header would have ${number(length)} bytes; allowed are ${number(MAX_HEADER_BYTES)}`,
    );
  }
  const dataStart = 8 + Number(length);
  if (dataStart > bytes.length) {
    throw new WeightsError(
      `the file is cut short or no safetensors file: its header would have ${number(length)} bytes, ` +
        `and ${number(bytes.length - 8)} follow`,
    );
  }
  const header = parseHeader(bytes.subarray(8, dataStart));
  if (!isObject(header)) throw new WeightsError('this is no safetensors file: its header is not a JSON object');
  const metadata: Record<string, string> = {};
  const entries: Entry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name !== '__metadata__') {
      entries.push(readEntry(name, value));
      continue;
    }
    if (!isObject(value)) throw new WeightsError('the header’s __metadata__ is not an object of texts');
    for (const [key, text] of Object.entries(value)) {
      if (typeof text !== 'string')
        throw new WeightsError(`the header’s __metadata__ has a "${key}" that is not a text`);
      metadata[key] = text;
    }
  }
  checkCover(entries, bytes.length - dataStart);
  return { entries, metadata, dataStart };
}
