/**
 * Placement → the list of dispatches: which program, with which numbers, on which feature maps, how many workgroups.
 * Pure; program.ts turns it into pipelines, buffers and bind groups.
 */
import type { PlacedStep, Placement, Span } from '../plan/place';
import { groupsOfAll, placeOf } from '../plan/place';
import { CONVOLUTION_FIELDS, convolutionGrid, convolutionShader } from './convolution';
import type { ConvolutionKind, Tile } from './convolution';
import { globalPoolShader, POOL_FIELDS, POOL_WORKGROUP, poolShader } from './pooling';
import { familyOf, tileOf } from './tiles';
import type { TileChoice } from './tiles';
import type { Fork, Precision, Source } from './wgsl';

/** A shader: its text, and a name that is the same for the same text. */
export interface Program {
  readonly key: string;
  readonly code: () => string;
}

/** One dispatch. */
export interface Dispatch {
  readonly program: Program;
  readonly placed: PlacedStep;
  /** One or two: the part of the step's value that it writes. */
  readonly writes: readonly Span[];
  /** Of the uniform, in the order of the program's fields. */
  readonly numbers: readonly number[];
  /** Workgroups along x and y; z is the number of pictures. */
  readonly grid: readonly [number, number];
  /** Of a pool: for each channel written its place in the run of channels read, −1 for none. */
  readonly table?: readonly number[];
  /** Of a convolution. */
  readonly tile?: Tile;
}

/** Most feature maps that a dispatch writes. */
const MOST_WRITES = 2;

function pick(fields: readonly string[], values: Readonly<Record<string, number>>): number[] {
  return fields.map((field) => {
    const value = values[field];
    if (value === undefined) throw new Error(`no value for ${field}`);
    return value;
  });
}

/** Numbers of where a step reads and writes. */
function placeNumbers(placement: Placement, { step, read }: PlacedStep, writes: readonly Span[]) {
  const [one, other = one] = writes;
  if (!one || !other) throw new Error(`${step.id} writes nothing`);
  const source = placeOf(placement, read);
  const first = placeOf(placement, one);
  const second = placeOf(placement, other);
  const [, outHeight, outWidth] = step.shape;
  return {
    inStride: source.map.groups,
    inGroup: source.first,
    inImage: source.image,
    inWidth: source.map.width,
    inHeight: source.map.height,
    outWidth,
    outHeight,
    outGroups: groupsOfAll(writes),
    split: one.groups,
    stride0: first.map.groups,
    group0: first.first,
    image0: first.image,
    stride1: second.map.groups,
    group1: second.first,
    image1: second.image,
  };
}

function convolutionOf(placed: PlacedStep): Omit<ConvolutionKind, 'forked' | 'source'> | undefined {
  const { op, inputNorm, outputNorm } = placed.step;
  const norm = inputNorm !== undefined;
  if (op.kind === 'linear') {
    return { kernel: 1, stride: 1, padding: 0, norm, pooled: false, bias: true, relu: false };
  }
  if (op.kind !== 'conv') return undefined;
  const { kernel, stride, padding, pooled, relu } = op;
  return { kernel, stride, padding, norm, pooled, bias: outputNorm !== undefined, relu };
}

const forkOf = ({ together }: Placement, [first, second]: readonly Span[]): Fork =>
  !second ? 'none' : together || second.map === first?.map ? 'same' : 'other';

const sourceOf = ({ together }: Placement): Source => (together ? 'y0' : 'x');

const flags = (values: Readonly<Record<string, number | boolean | string>>) =>
  Object.entries(values)
    .filter(([, value]) => value !== false && value !== 'none' && value !== 'x')
    .map(([name, value]) => (value === true ? name : `${name}${value}`))
    .join(' ');

/** The dispatch of a convolution with a given tile. */
export function convolutionDispatch(
  placement: Placement,
  placed: PlacedStep,
  writes: readonly Span[],
  tile: Tile,
  precision: Precision,
): Dispatch {
  const plain = convolutionOf(placed);
  if (!plain) throw new Error(`${placed.step.id} is no convolution`);
  const kind = { ...plain, forked: forkOf(placement, writes), source: sourceOf(placement) };
  const numbers = placeNumbers(placement, placed, writes);
  const { outWidth: width, outHeight: height, outGroups: groups } = numbers;
  return {
    program: {
      key: `convolution ${flags({ ...kind })} ${flags({ ...tile })} ${precision}`,
      code: () => convolutionShader(kind, tile, precision),
    },
    placed,
    writes,
    numbers: pick(CONVOLUTION_FIELDS, { ...numbers, inGroups: placed.read.groups }),
    grid: convolutionGrid(kind, tile, { width, height, groups }),
    tile,
  };
}

function poolDispatch(
  placement: Placement,
  placed: PlacedStep,
  writes: readonly Span[],
  precision: Precision,
): Dispatch {
  const { op } = placed.step;
  const numbers = placeNumbers(placement, placed, writes);
  const { outWidth: width, outHeight: height, outGroups: groups } = numbers;
  // Where each of the pool's own channels lies in the run that it reads.
  const lies = new Map(placed.read.channels.map((channel, at) => [channel, at]));
  const table = writes.flatMap(({ channels }) =>
    channels.map((channel) => (channel < 0 ? -1 : (lies.get(channel) ?? -1))),
  );
  const source = sourceOf(placement);
  if (op.kind === 'globalPool') {
    if (writes.length > 1) throw new Error(`${placed.step.id} goes to two places`);
    return {
      program: {
        key: `global pool ${flags({ source })} ${precision}`,
        code: () => globalPoolShader(source, precision),
      },
      placed,
      writes,
      numbers: pick(POOL_FIELDS, { ...numbers, kernel: 0, stride: 0, padding: 0 }),
      grid: [Math.ceil(groups / POOL_WORKGROUP), 1],
      table,
    };
  }
  if (op.kind !== 'maxPool' && op.kind !== 'avgPool') throw new Error(`no dispatch for ${op.kind}`);
  const kind = {
    reduce: op.kind === 'maxPool' ? 'max' : 'average',
    forked: forkOf(placement, writes),
    source,
  } as const;
  const { kernel, stride } = op;
  const padding = op.kind === 'maxPool' ? op.padding : 0;
  return {
    program: { key: `pool ${flags(kind)} ${precision}`, code: () => poolShader(kind, precision) },
    placed,
    writes,
    numbers: pick(POOL_FIELDS, { ...numbers, kernel, stride, padding }),
    grid: [Math.ceil((width * height * groups) / POOL_WORKGROUP), 1],
    table,
  };
}

/** Every dispatch of a run, in order. */
export function dispatchesOf(placement: Placement, choice: TileChoice, precision: Precision): Dispatch[] {
  return placement.steps.flatMap((placed) => {
    const family = familyOf(placed);
    const made: Dispatch[] = [];
    for (let at = 0; at < placed.writes.length; at += MOST_WRITES) {
      const writes = placed.writes.slice(at, at + MOST_WRITES);
      made.push(
        family
          ? convolutionDispatch(placement, placed, writes, tileOf(placed, family, choice), precision)
          : poolDispatch(placement, placed, writes, precision),
      );
    }
    return made;
  });
}
