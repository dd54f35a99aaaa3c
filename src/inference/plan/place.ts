/**
 * Fused steps → where everything lies: every value gets a place in a feature map, and every feature map a buffer, such
 * that whatever a step reads is one run of channels there. So no slice and no concatenation is ever computed: x₀′ is
 * written where the merge will read it. Pure; channels are in groups of four, rounded up, because kernels read four at
 * a time, and no pixel of another value lies between.
 */
import type { Shape } from '../../network/network';
import { allotBest, peakOf } from './allot';
import type { FusedPlan, FusedStep, Piece } from './fuse';

/** Channels of a group: what a kernel reads at once. */
export const GROUP = 4;

/** A feature map [H, W, groups × 4] that holds the pieces of one or more values side by side. */
export interface FeatureMap {
  readonly height: number;
  readonly width: number;
  readonly groups: number;
  /** Index of the buffer that it lies in from its first write to its last read, and its first float there. */
  readonly buffer: number;
  readonly offset: number;
  /** Steps of its first write and its last read. */
  readonly first: number;
  readonly last: number;
  readonly pieces: readonly PlacedPiece[];
}

/** A piece and its place. */
export interface PlacedPiece extends Piece {
  /** Index of the feature map. */
  readonly map: number;
  /** First group there. */
  readonly group: number;
}

/** A run of groups of a feature map and what they hold. */
export interface Span {
  readonly map: number;
  readonly group: number;
  readonly groups: number;
  /** For every channel of the run, four to a group: the reader's or writer's own channel, −1 where there is none. */
  readonly channels: readonly number[];
}

/** Groups of several runs together. */
export const groupsOfAll = (spans: readonly Span[]) => spans.reduce((sum, { groups }) => sum + groups, 0);

/** A step and where it reads and writes. */
export interface PlacedStep {
  readonly step: FusedStep;
  readonly read: Span;
  /** In the order of feature maps; each written channel is in one of them. */
  readonly writes: readonly Span[];
}

/** A plan with a place for everything. */
export interface Placement {
  readonly plan: FusedPlan;
  readonly maps: readonly FeatureMap[];
  readonly steps: readonly PlacedStep[];
  /** Floats of each buffer for one picture. */
  readonly buffers: readonly number[];
  /**
   * Whether all feature maps lie side by side in one buffer, which kernels then read and write at once; else each lies
   * alone, while it is needed.
   */
  readonly together: boolean;
  /** Place of the network's input and of its logits. */
  readonly input: Span;
  readonly logits: Span;
  /** The largest sum of the feature maps that are needed at once, in floats: no plan of these maps can do with less. */
  readonly leastFloats: number;
}

const groupsOf = ({ from, to }: Piece) => Math.ceil((to - from) / GROUP);
const keyOf = ({ value, from }: Piece) => `${value}@${from}`;

/** Pieces of every value, cut wherever a reader begins or ends, in the order in which they are first read. */
function cutPieces(plan: FusedPlan): { pieces: Map<string, Piece>; split: (reads: readonly Piece[]) => Piece[] } {
  const cuts = new Map<string, Set<number>>();
  for (const { reads } of plan.steps) {
    for (const { value, from, to } of reads) {
      const points = cuts.get(value) ?? new Set();
      cuts.set(value, points.add(from).add(to));
    }
  }
  const split = (reads: readonly Piece[]) =>
    reads.flatMap(({ value, from, to }) => {
      const points = [...(cuts.get(value) ?? [])].filter((at) => at > from && at < to).sort((a, b) => a - b);
      const ends = [...points, to];
      return ends.map((end, index) => ({ value, from: ends[index - 1] ?? from, to: end }));
    });
  const pieces = new Map<string, Piece>();
  for (const { reads } of plan.steps) for (const piece of split(reads)) pieces.set(keyOf(piece), piece);
  return { pieces, split };
}

/** Pieces that some step reads together lie in one feature map: the connected parts, each in the order of first reading. */
function connected(pieces: ReadonlyMap<string, Piece>, readings: readonly (readonly Piece[])[]): Piece[][] {
  const parent = new Map([...pieces.keys()].map((key) => [key, key]));
  const root = (key: string): string => {
    const up = parent.get(key) ?? key;
    return up === key ? key : root(up);
  };
  for (const [head, ...rest] of readings) {
    for (const piece of rest) if (head) parent.set(root(keyOf(piece)), root(keyOf(head)));
  }
  const parts = new Map<string, Piece[]>();
  for (const [key, piece] of pieces) parts.set(root(key), [...(parts.get(root(key)) ?? []), piece]);
  return [...parts.values()];
}

/** The run of a feature map that holds just these pieces. */
function spanOf(wanted: readonly Piece[], places: ReadonlyMap<string, PlacedPiece>, reader: string): Span {
  const placed = wanted.map((piece) => {
    const place = places.get(keyOf(piece));
    if (!place) throw new Error(`${reader} needs ${keyOf(piece)}, which has no place`);
    return place;
  });
  let own = 0;
  const begin = placed.map((piece) => {
    const at = own;
    own += piece.to - piece.from;
    return at;
  });
  const order = placed.map((_, index) => index).sort((a, b) => (placed[a]?.group ?? 0) - (placed[b]?.group ?? 0));
  const channels: number[] = [];
  const head = placed[order[0] ?? 0];
  if (!head) throw new Error(`${reader} reads nothing`);
  for (const index of order) {
    const piece = placed[index];
    if (piece?.map !== head.map || piece.group !== head.group + channels.length / GROUP) {
      throw new Error(`what ${reader} reads does not lie together: ${placed.map(keyOf).join(', ')}`);
    }
    const count = piece.to - piece.from;
    for (let c = 0; c < groupsOf(piece) * GROUP; c++) channels.push(c < count ? (begin[index] ?? 0) + c : -1);
  }
  return { map: head.map, group: head.group, groups: channels.length / GROUP, channels };
}

/** Spans of the pieces of a value, neighbours joined. */
function spansOf(pieces: readonly PlacedPiece[]): Span[] {
  const sorted = pieces.toSorted((a, b) => a.map - b.map || a.group - b.group);
  const spans: { map: number; group: number; groups: number; channels: number[] }[] = [];
  for (const piece of sorted) {
    const count = piece.to - piece.from;
    const channels = Array.from({ length: groupsOf(piece) * GROUP }, (_, c) => (c < count ? piece.from + c : -1));
    const last = spans.at(-1);
    if (last?.map === piece.map && last.group + last.groups === piece.group) {
      last.channels.push(...channels);
      last.groups += channels.length / GROUP;
    } else spans.push({ map: piece.map, group: piece.group, groups: channels.length / GROUP, channels });
  }
  return spans;
}

/**
 * Places a plan.
 * @throws Error naming a step whose pieces cannot lie together in this way; networks made by `buildNetwork` have none.
 */
export function place(plan: FusedPlan): Placement {
  const output = plan.steps.at(-1);
  if (!output) throw new Error('the network has nothing to compute');
  const { pieces, split } = cutPieces(plan);
  const readings = plan.steps.map(({ reads }) => split(reads));
  const logits: Piece = { value: output.id, from: 0, to: output.shape[0] };
  pieces.set(keyOf(logits), logits);
  const parts = connected(pieces, readings);
  const places = new Map<string, PlacedPiece>();
  const groups = parts.map((part, map) => {
    let group = 0;
    for (const piece of part) {
      places.set(keyOf(piece), { ...piece, map, group });
      group += groupsOf(piece);
    }
    return group;
  });
  const byValue = new Map<string, PlacedPiece[]>();
  for (const piece of places.values()) byValue.set(piece.value, [...(byValue.get(piece.value) ?? []), piece]);
  const steps = plan.steps.map((step, index): PlacedStep => {
    const read = spanOf(readings[index] ?? [], places, step.id);
    const writes = spansOf(byValue.get(step.id) ?? []);
    if (writes.some(({ map }) => map === read.map)) throw new Error(`${step.id} would write where it reads`);
    return { step, read, writes };
  });
  const input = spansOf(byValue.get('input') ?? [])[0];
  if (!input) throw new Error('nothing reads the input');

  const shapes = new Map<string, Shape>([
    ['input', plan.steps[0]?.inputShape ?? [0, 0, 0]],
    ...plan.steps.map(({ id, shape }): [string, Shape] => [id, shape]),
  ]);
  const lives = parts.map((part, map) => {
    const [, height, width] = shapes.get(part[0]?.value ?? '') ?? [0, 0, 0];
    const writes = steps.flatMap(({ writes: spans }, at) => (spans.some((span) => span.map === map) ? [at] : []));
    const reads = steps.flatMap(({ read }, at) => (read.map === map ? [at] : []));
    // The input is there before the first step; the logits are wanted after the last.
    const first = input.map === map ? -1 : Math.min(...writes);
    const last = steps.at(-1)?.writes[0]?.map === map ? steps.length : Math.max(...reads);
    return { height, width, first, last, floats: height * width * (groups[map] ?? 0) * GROUP };
  });
  const leastFloats = peakOf(lives, steps.length);
  const { buffer, offset, sizes, together } = allotBest(lives, leastFloats);
  const maps = parts.map((part, map): FeatureMap => {
    const { height = 0, width = 0, first = 0, last = 0 } = lives[map] ?? {};
    const held = part.flatMap((piece) => places.get(keyOf(piece)) ?? []);
    const lies = { buffer: buffer[map] ?? 0, offset: offset[map] ?? 0 };
    return { height, width, groups: groups[map] ?? 0, ...lies, first, last, pieces: held };
  });
  return {
    plan,
    maps,
    steps,
    buffers: sizes,
    together,
    input,
    logits: spanOf([logits], places, 'the page'),
    leastFloats,
  };
}

/** Floats from a feature map of one picture to the next one's. */
export function pictureStride({ together, buffers, maps }: Placement, map: number): number {
  if (together) return buffers[0] ?? 0;
  const { height = 0, width = 0, groups = 0 } = maps[map] ?? {};
  return height * width * groups * GROUP;
}

/** Where a run of groups lies in its buffer, in groups, not floats. */
export interface Place {
  readonly map: FeatureMap;
  /** The first of the run, of the first picture's first pixel. */
  readonly first: number;
  /** From a picture's to the next one's. */
  readonly image: number;
}

/** @throws Error where the placement has no such feature map. */
export function placeOf(placement: Placement, span: Pick<Span, 'map' | 'group'>): Place {
  const map = placement.maps[span.map];
  if (!map) throw new Error(`there is no feature map ${span.map}`);
  return { map, first: map.offset / GROUP + span.group, image: pictureStride(placement, span.map) / GROUP };
}

/** Bytes of feature maps that a run of one picture reads and writes, each once per step: what no cache can save. */
export function trafficOf({ steps, maps }: Placement, bytesPerValue = 4): number {
  let floats = 0;
  for (const { step, read, writes } of steps) {
    const area = ({ map }: Span) => (maps[map]?.height ?? 0) * (maps[map]?.width ?? 0);
    floats += step.reads.reduce((sum, { from, to }) => sum + to - from, 0) * area(read);
    for (const span of writes) floats += span.channels.filter((channel) => channel >= 0).length * area(span);
  }
  return floats * bytesPerValue;
}
