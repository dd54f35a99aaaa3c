/**
 * Draws one stage into a Drawing: split, staircase of the dense block, concat, transitions, pool. Knows nothing of
 * how a page is filled: columns and scale are given. Channel order is kept everywhere, so that a concat is stacking
 * and a split is cutting.
 */
import type { Role } from '../network/network';
import { BAR } from './columns';
import type { Slot } from './columns';
import type { Columns, Sides } from './diagram';
import type { Drawing } from './drawing';
import { growthColour, ROLE_COLOURS } from './roles';
import type { ColourPair } from './roles';
import type { StageFacts } from './stageFacts';

/** How far a box stands out above and below what goes through it, px. */
export const OVERHANG = 3;

/** Channels on their way, with the place where they were last seen. */
interface Flow {
  readonly key: string;
  readonly role: Role;
  readonly colour: ColourPair;
  readonly nodes: readonly string[];
  readonly channels: number;
  x: number;
  top: number;
}

export interface StageLayout {
  readonly facts: StageFacts;
  readonly slots: readonly Slot[];
  readonly columns: Columns;
  /** px per channel */
  readonly scale: number;
  /** px between the lanes of x₀′ and of the dense block */
  readonly gap: number;
  /** Whether the lanes hang from y = 0, or base, lanes and output are centred on y = 0. */
  readonly align: 'top' | 'centre';
  /** Whether the boxes of H_i, the bars of x₀ and x_U are drawn. */
  readonly detail: boolean;
}

/** Where things came to stand, for labels. */
export interface StagePlaces {
  readonly baseTop: number;
  readonly laneTop: number;
  readonly denseTop: number;
  /** Lower side of the stack right of layer i; [0] is before the first. */
  readonly bottoms: readonly number[];
  readonly funnelBottom: number;
  readonly mergeTop: number;
  readonly mergeBottom: number;
  readonly outTop: number;
  readonly outBottom: number;
}

/** The same places in a drawing that has been magnified. */
export function magnifyPlaces(at: StagePlaces, zoom: number): StagePlaces {
  return {
    baseTop: at.baseTop * zoom,
    laneTop: at.laneTop * zoom,
    denseTop: at.denseTop * zoom,
    bottoms: at.bottoms.map((y) => y * zoom),
    funnelBottom: at.funnelBottom * zoom,
    mergeTop: at.mergeTop * zoom,
    mergeBottom: at.mergeBottom * zoom,
    outTop: at.outTop * zoom,
    outBottom: at.outBottom * zoom,
  };
}

/** Draws the stage and says where its lines came to stand. */
export function layoutStage(drawing: Drawing, layout: StageLayout): StagePlaces {
  const { facts, columns, scale, detail } = layout;
  const { parts, layers } = facts;
  const high = (channels: number) => channels * scale;
  let serial = 0;
  const flow = (key: string, role: Role, nodes: readonly string[], channels: number, x: number, top: number): Flow => ({
    key,
    role,
    colour: ROLE_COLOURS[role],
    nodes,
    channels,
    x,
    top,
  });
  /** Carries channels on to x, where their upper side is at `top`. */
  const carry = (f: Flow, x: number, top: number) => {
    drawing.ribbon({
      id: `${parts.name}/${f.key}~${serial++}`,
      part: f.key,
      role: f.role,
      colour: f.colour,
      nodes: f.nodes,
      channels: f.channels,
      channelsOut: f.channels,
      x0: f.x,
      y0a: f.top,
      y0b: f.top + high(f.channels),
      x1: x,
      y1a: top,
      y1b: top + high(f.channels),
    });
    f.x = x;
    f.top = top;
  };
  /** Carries several to x, stacked in their order without gaps from `top` on. */
  const stack = (flows: readonly Flow[], x: number, top: number) => {
    let y = top;
    for (const f of flows) {
      carry(f, x, y);
      y += high(f.channels);
    }
    return y;
  };
  /** A 1×1 convolution: all of `from` narrows to `channels` at x. */
  const funnel = (
    from: readonly Flow[],
    key: string,
    nodes: readonly string[],
    channels: number,
    x: number,
    top: number,
  ) => {
    const y0a = from[0]?.top ?? 0;
    const x0 = from[0]?.x ?? 0;
    const into = from.reduce((sum, f) => sum + f.channels, 0);
    drawing.ribbon({
      id: `${parts.name}/${key}~${serial++}`,
      part: key,
      role: 'transition',
      colour: ROLE_COLOURS.transition,
      nodes,
      channels: into,
      channelsOut: channels,
      x0,
      y0a,
      y0b: y0a + high(into),
      x1: x,
      y1a: top,
      y1b: top + high(channels),
    });
    return flow(key, 'transition', nodes.slice(-1), channels, x, top);
  };
  const box = (
    kind: 'bar' | 'layer' | 'fold' | 'concat' | 'pool' | 'cut',
    key: string,
    role: Role,
    nodes: readonly string[],
    sides: Sides,
  ) =>
    drawing.box({
      id: `${parts.name}/${key}:${kind}`,
      part: key,
      role,
      colour: ROLE_COLOURS[role],
      nodes,
      kind,
      ...sides,
    });
  const upright = (x0: number, x1: number, top: number, bottom: number): Sides => ({
    x0,
    x1,
    y0a: top,
    y0b: bottom,
    y1a: top,
    y1b: bottom,
  });

  const base = facts.base.shape[0];
  const gap = facts.bypass > 0 ? layout.gap : 0;
  const reads = facts.entering + layers.reduce((sum, layer) => sum + layer.channels, 0);
  const laneTop = layout.align === 'top' ? 0 : -(high(facts.bypass + reads) + gap) / 2;
  const denseTop = laneTop + high(facts.bypass) + gap;
  const baseTop = layout.align === 'top' ? (gap > 0 ? 6 : 0) : -high(base) / 2;

  // x₀, cut at the right channel.
  const { start } = columns;
  if (detail) box('bar', 'base', 'base', [parts.base], upright(columns.base, start, baseTop, baseTop + high(base)));
  const bypassing =
    parts.part1 === undefined ? undefined : flow('part1', 'part1', [parts.part1], facts.bypass, start, baseTop);
  const entering = flow(
    'part2',
    bypassing ? 'part2' : 'base',
    [parts.part2],
    facts.entering,
    start,
    baseTop + high(facts.bypass),
  );
  if (bypassing) carry(bypassing, columns.split, laneTop);
  carry(entering, columns.split, denseTop);

  // The staircase: every H_i stands across all that it reads, and what it adds lies below.
  const dense: Flow[] = [entering];
  const bottoms = [denseTop + high(facts.entering)];
  layout.slots.forEach((slot, s) => {
    const at = columns.slots[s];
    if (!at) return;
    const before = bottoms.at(-1) ?? denseTop;
    const run = layers.slice(slot.from - 1, slot.to);
    for (const layer of run) {
      // In a fold the steps are close together, and still every step is there.
      const x = at.x0 + Math.round(((layer.index - slot.from + 1) / run.length) * (at.x1 - at.x0));
      const top = bottoms.at(-1) ?? denseTop;
      const added = flow(`growth/${layer.index}`, 'growth', [layer.output], layer.channels, x, top);
      dense.push({ ...added, colour: growthColour(layer.index, layers.length) });
      bottoms.push(top + high(layer.channels));
    }
    const after = bottoms.at(-1) ?? denseTop;
    const folded = run.length > 1;
    if (detail) {
      const key = folded ? `fold/${slot.from}-${slot.to}` : `growth/${slot.from}`;
      const nodes = run.flatMap((layer) => layer.nodes);
      box(folded ? 'fold' : 'layer', key, 'growth', nodes, {
        x0: at.x0,
        x1: at.x1,
        y0a: denseTop - OVERHANG,
        y0b: before + OVERHANG,
        y1a: denseTop - OVERHANG,
        y1b: after + OVERHANG,
      });
    }
  });

  // The end of the block: in the listing x₀″ goes no further.
  if (facts.dropped) {
    carry(entering, columns.cut, denseTop);
    dense.shift();
    const sides = upright(
      columns.cut,
      columns.cut + 4,
      denseTop - OVERHANG,
      denseTop + high(facts.entering) + OVERHANG,
    );
    box('cut', 'part2', entering.role, [parts.part2], sides);
  }
  for (const f of dense) carry(f, columns.block, f.top);
  const blockTop = dense[0]?.top ?? denseTop;
  const blockBottom = blockTop + high(facts.block);
  const isJoined = parts.merge === parts.block;
  if (!isJoined) {
    box(
      'concat',
      'block',
      'merge',
      [parts.block],
      upright(columns.block, columns.block + 3, blockTop - 1, blockBottom + 1),
    );
  }

  // The dense side's own transition, then x₀′ and the dense side one above the other.
  let side: Flow[] = dense;
  let funnelBottom = blockBottom;
  if (parts.denseTransition !== undefined && facts.denseTransition !== undefined) {
    const prefix = `${parts.name}/denseTransition/`;
    const nodes = [`${prefix}norm`, `${prefix}relu`, parts.denseTransition];
    side = [funnel(dense, 'denseTransition', nodes, facts.denseTransition, columns.funnel, blockTop)];
    funnelBottom = blockTop + high(facts.denseTransition);
  }
  let joined = bypassing ? [bypassing, ...side] : side;
  const joinedHeight = high(joined.reduce((sum, f) => sum + f.channels, 0));
  const mergeTop = bypassing ? laneTop : blockTop;
  const mergeBottom = stack(joined, columns.merge, mergeTop);
  if (parts.merge !== undefined) {
    const sides = upright(columns.merge, columns.merge + 3, mergeTop - 1, mergeBottom + 1);
    box('concat', 'merge', 'merge', [parts.merge], sides);
  }

  // The transition after the concat, the pool, and x_U.
  const out = facts.output.shape[0];
  const outTop = layout.align === 'centre' ? -high(out) / 2 : mergeTop + (joinedHeight - high(out)) / 2;
  if (parts.transition !== undefined && facts.transition !== undefined) {
    const prefix = `${parts.name}/transition/`;
    const nodes = [`${prefix}norm`, `${prefix}relu`, parts.transition];
    joined = [funnel(joined, 'transition', nodes, facts.transition, columns.narrow, outTop)];
  }
  const end = facts.pooled ? columns.pool : columns.output;
  const outBottom = stack(joined, end, outTop);
  if (parts.pool !== undefined) {
    const lip = detail ? 8 : 4;
    const sides = {
      x0: columns.pool,
      x1: columns.output,
      y0a: outTop - lip,
      y0b: outBottom + lip,
      y1a: outTop - 1,
      y1b: outBottom + 1,
    };
    box('pool', 'pool', 'transition', [parts.pool], sides);
  }
  if (detail)
    box('bar', 'output', 'base', [parts.output], upright(columns.output, columns.output + BAR, outTop, outBottom));
  return { baseTop, laneTop, denseTop, bottoms, funnelBottom, mergeTop, mergeBottom, outTop, outBottom };
}
