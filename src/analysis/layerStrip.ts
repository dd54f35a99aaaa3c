/**
 * The strip of all layers: which layers stand in it, which of several networks stand below each other, which are lit,
 * and what a choice of them adds up to. Where their bars stand is stripLayout.ts.
 */
import { computeOf } from './conventions';
import type { Convention } from './conventions';
import type { Analysis, LayerCost } from './cost';

/** The layers of the strip: convolutions and the linear layer, in the network's order. The brush counts these. */
export function stripLayers(analysis: Analysis): readonly LayerCost[] {
  return analysis.layers.filter((layer) => layer.op !== 'batchNorm');
}

/** One place of the strip, shared by the layers of that name in all networks. */
export interface Slot {
  /** Id of the layer, e.g. `stage2/dense3/conv1`. */
  readonly id: string;
  readonly stage: string;
}

/** The slots of one stage, both ends included. */
export interface SlotRange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The layers of several networks, those of one name below each other. */
export interface Strip {
  readonly slots: readonly Slot[];
  /** In order. */
  readonly stages: readonly SlotRange[];
  /** Place of a layer by id. */
  readonly slotOf: ReadonlyMap<string, number>;
}

/** Merges two orders: what the first lacks goes behind what precedes it in the second. */
function merge(ids: readonly string[], more: readonly string[]): readonly string[] {
  const known = new Set(ids);
  const behind = new Map<string | null, string[]>();
  let last: string | null = null;
  for (const id of more) {
    if (known.has(id)) last = id;
    else behind.set(last, [...(behind.get(last) ?? []), id]);
  }
  return [...(behind.get(null) ?? []), ...ids.flatMap((id) => [id, ...(behind.get(id) ?? [])])];
}

/** Lays the layers of networks in one row of slots. Layers meet by id, which says their stage and role. */
export function alignLayers(networks: readonly (readonly LayerCost[])[]): Strip {
  const longest = networks.reduce<readonly LayerCost[]>(
    (best, layers) =>
      new Set(layers.map((l) => l.stage)).size > new Set(best.map((l) => l.stage)).size ? layers : best,
    networks[0] ?? [],
  );
  const names = [...new Set(longest.map((layer) => layer.stage))];
  const slots: Slot[] = [];
  const stages: SlotRange[] = [];
  for (const name of names) {
    const ids = networks
      .map((layers) => layers.filter((layer) => layer.stage === name).map((layer) => layer.id))
      .reduce(merge, []);
    if (ids.length === 0) continue;
    stages.push({ name, from: slots.length, to: slots.length + ids.length - 1 });
    slots.push(...ids.map((id) => ({ id, stage: name })));
  }
  return { slots, stages, slotOf: new Map(slots.map((slot, index) => [slot.id, index])) };
}

/** The layers that compute most, in order; several where they compute the same. */
export function bottlenecks(layers: readonly LayerCost[], convention: Convention): readonly LayerCost[] {
  const most = Math.max(0, ...layers.map((layer) => computeOf(layer, convention)));
  return layers.filter((layer) => computeOf(layer, convention) === most);
}

/**
 * The layers of each network that a highlight names: a layer itself, all of a role, or the layers around a node that is
 * none itself (`stage2/dense3/norm1` lights both convolutions of that dense layer). A network that lacks the named
 * layers shows those of the same stage and role instead, as the flow does: a transition for a transition.
 */
export function litLayers(
  networks: readonly (readonly LayerCost[])[],
  highlight: string | null,
): readonly (readonly LayerCost[])[] {
  if (highlight === null || highlight === '') return networks.map(() => []);
  if (!highlight.includes('/')) return networks.map((layers) => layers.filter((layer) => layer.role === highlight));
  const parent = highlight.slice(0, highlight.lastIndexOf('/'));
  const own = networks.map((layers) => {
    const exact = layers.filter((layer) => layer.id === highlight);
    if (exact.length > 0 || !parent.includes('/')) return exact;
    return layers.filter((layer) => layer.id.startsWith(`${parent}/`));
  });
  const named = own.flat().find((layer) => layer.role !== 'growth');
  return networks.map((layers, index) => {
    const found = own[index] ?? [];
    if (found.length > 0 || !named) return found;
    return layers.filter((layer) => layer.stage === named.stage && layer.role === named.role);
  });
}

/** The brush within a strip of `count` layers; null where it lies outside, as after a change to a shallower network. */
export function clampBrush(brush: readonly [from: number, to: number] | null, count: number) {
  if (brush === null || brush[0] >= count) return null;
  return [brush[0], Math.min(brush[1], count - 1)] as const;
}

/** What the chosen layers of a network add up to. */
export interface ChosenSum {
  readonly count: number;
  readonly compute: number;
  readonly cio: number;
  /** Of the network's, batch normalisations included where the convention counts them; 0 … 1. */
  readonly computeShare: number;
  readonly cioShare: number;
}

/** Adds up chosen layers against the whole network. */
export function sumLayers(chosen: readonly LayerCost[], analysis: Analysis, convention: Convention): ChosenSum {
  const compute = chosen.reduce((sum, layer) => sum + computeOf(layer, convention), 0);
  const cio = chosen.reduce((sum, layer) => sum + layer.cio, 0);
  const total = computeOf(analysis.totals, convention);
  return {
    count: chosen.length,
    compute,
    cio,
    computeShare: total === 0 ? 0 : compute / total,
    cioShare: analysis.totals.cio === 0 ? 0 : cio / analysis.totals.cio,
  };
}

/**
 * The layers of a network that a brush over the first network's layers chooses: those that stand between its ends.
 * @param first the network whose layers the brush counts.
 */
export function brushedLayers(
  strip: Strip,
  first: readonly LayerCost[],
  layers: readonly LayerCost[],
  brush: readonly [from: number, to: number] | null,
): readonly LayerCost[] {
  const slots = brushSlots(strip, first, brush);
  if (!slots) return [];
  return layers.filter((layer) => {
    const slot = strip.slotOf.get(layer.id);
    return slot !== undefined && slot >= slots[0] && slot <= slots[1];
  });
}

/** The slots between the ends of a brush over the first network's layers. */
export function brushSlots(
  strip: Strip,
  first: readonly LayerCost[],
  brush: readonly [from: number, to: number] | null,
): readonly [from: number, to: number] | null {
  const range = clampBrush(brush, first.length);
  if (!range) return null;
  const from = strip.slotOf.get(first[range[0]]?.id ?? '');
  const to = strip.slotOf.get(first[range[1]]?.id ?? '');
  return from === undefined || to === undefined ? null : [from, to];
}

/** The brush over the first network's layers that covers slots from … to; null where none of its layers lies there. */
export function brushFromSlots(
  strip: Strip,
  first: readonly LayerCost[],
  from: number,
  to: number,
): readonly [from: number, to: number] | null {
  const inside = first.flatMap((layer, index) => {
    const slot = strip.slotOf.get(layer.id) ?? -1;
    return slot >= Math.min(from, to) && slot <= Math.max(from, to) ? [index] : [];
  });
  const [start] = inside;
  const end = inside.at(-1);
  return start === undefined || end === undefined ? null : [start, end];
}
