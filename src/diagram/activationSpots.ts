/**
 * Where pictures of the feature maps stand in a diagram: a small square for every part that has room for it, clear of
 * all texts and of each other. Numbers only; what is seen in them is not known here.
 */
import type { Bounds, Box, Diagram, Item, Part, Ribbon } from './diagram';
import { labelBounds, overlaps } from './drawing';
import { ROLE_COLOURS } from './roles';
import type { ColourPair } from './roles';

/** A square for the mean activation of a node. */
export interface Spot {
  /** Key of the part that it stands for. */
  readonly part: string;
  readonly node: string;
  readonly colour: ColourPair;
  readonly x: number;
  readonly y: number;
  /** px */
  readonly side: number;
  /** Id of the ribbon or box that it belongs to, so that it can be drawn as faintly as that. */
  readonly item: string;
}

/** Smallest side, px: below, nothing can be made out. */
const LEAST = 14;
/** Largest side at least and at most, px; between them as a share of the largest plane, which grows with the zoom. */
const MOST = { low: 30, high: 64, share: 0.75 } as const;
const STEP = 2;
/** A plane of at least this side is its picture's frame, px. */
const FRAME = 28;
/** px between a square and what it must not touch. */
const CLEAR = 2;

type Square = Pick<Spot, 'x' | 'y' | 'side'>;

const boundsOf = ({ x, y, side }: Square): Bounds => ({ left: x, right: x + side, top: y, bottom: y + side });

const boundsOfItem = ({ x0, x1, y0a, y0b, y1a, y1b }: Item): Bounds => {
  return { left: x0, right: x1, top: Math.min(y0a, y1a), bottom: Math.max(y0b, y1b) };
};

/** Upper and lower side of a ribbon at x: a cubic whose control points stand half way, as ribbonPath draws it. */
function edgesAt(ribbon: Ribbon, x: number): readonly [top: number, bottom: number] {
  const { x0, x1, y0a, y0b, y1a, y1b } = ribbon;
  if (y0a === y1a && y0b === y1b) return [y0a, y0b];
  const wanted = (x - x0) / (x1 - x0);
  let low = 0;
  let high = 1;
  for (let i = 0; i < 20; i++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < wanted) low = t;
    else high = t;
  }
  const eased = low * low * (3 - 2 * low);
  return [y0a + (y1a - y0a) * eased, y0b + (y1b - y0b) * eased];
}

/** Finds places in one diagram, none of which touch. */
class Places {
  private readonly taken: Bounds[];
  private readonly walls: readonly { readonly item: Item; readonly bounds: Bounds }[];
  private readonly ribbons: readonly Bounds[];
  private readonly most: number;

  constructor(private readonly diagram: Diagram) {
    this.taken = diagram.labels.map(labelBounds);
    const solid = diagram.boxes.filter(({ kind }) => kind !== 'plane' && kind !== 'area');
    this.walls = solid.map((item) => ({ item, bounds: boundsOfItem(item) }));
    this.ribbons = diagram.ribbons.map(boundsOfItem);
    const planes = diagram.boxes.filter(({ kind }) => kind === 'plane').map(({ x0, x1 }) => x1 - x0);
    this.most =
      STEP * Math.round(Math.min(MOST.high, Math.max(MOST.low, ...planes.map((side) => side * MOST.share))) / STEP);
  }

  /** Whether nothing is in the way; `own` may be covered. */
  private isFree(square: Square, own?: Item): boolean {
    const b = boundsOf(square);
    const grown = { left: b.left - CLEAR, right: b.right + CLEAR, top: b.top - CLEAR, bottom: b.bottom + CLEAR };
    const { width, height } = this.diagram;
    if (grown.left < 0 || grown.top < 0 || grown.right > width || grown.bottom > height) return false;
    if (this.walls.some(({ item, bounds }) => item !== own && overlaps(bounds, grown))) return false;
    return !this.taken.some((bounds) => overlaps(bounds, grown));
  }

  take(square: Square): Square {
    this.taken.push(boundsOf(square));
    return square;
  }

  /** The largest square that `at` places freely; `at` gives the places to try for a side, the best first. */
  private largest(at: (side: number) => Iterable<Square>, isFree: (square: Square) => boolean): Square | undefined {
    for (let side = this.most; side >= LEAST; side -= STEP) {
      for (const square of at(side)) if (isFree(square)) return this.take(square);
    }
    return undefined;
  }

  /** On a ribbon, inside it. */
  onRibbon(ribbon: Ribbon, from: 'left' | 'right'): Square | undefined {
    const { y0a, y0b, y1a, y1b } = ribbon;
    if (Math.max(y0b - y0a, y1b - y1a) < LEAST + 2) return undefined;
    const places = function* (side: number) {
      if (Math.max(y0b - y0a, y1b - y1a) < side + 2) return;
      const length = ribbon.x1 - ribbon.x0 - side - 2 * CLEAR;
      for (let step = 0; step <= length; step += 4) {
        const x = from === 'left' ? ribbon.x0 + CLEAR + step : ribbon.x1 - CLEAR - side - step;
        const left = edgesAt(ribbon, x);
        const right = edgesAt(ribbon, x + side);
        const top = Math.max(left[0], right[0]);
        const bottom = Math.min(left[1], right[1]);
        if (bottom - top >= side + 2) yield { x, y: (top + bottom - side) / 2, side };
      }
    };
    return this.largest(places, (square) => this.isFree(square));
  }

  /** Across a concat's bar. */
  onBar(bar: Box): Square | undefined {
    const height = bar.y0b - bar.y0a;
    const middle = (bar.x0 + bar.x1) / 2;
    const places = (side: number): Square[] => {
      const y = (bar.y0a + bar.y0b - side) / 2;
      return side + 4 > height
        ? []
        : [middle - side / 2, bar.x1 + CLEAR, bar.x0 - CLEAR - side].map((x) => ({ x, y, side }));
    };
    return this.largest(places, (square) => this.isFree(square, bar));
  }

  /** On the paper, clear of ribbons too. */
  onPaper(at: (side: number) => readonly Square[]): Square | undefined {
    return this.largest(at, (square) => {
      return this.isFree(square) && !this.ribbons.some((bounds) => overlaps(bounds, boundsOf(square)));
    });
  }
}

/** In a plane, or where that is too small, below or beside it. */
function atPlane(places: Places, plane: Box, beside: boolean): Square | undefined {
  const side = plane.x1 - plane.x0;
  if (side >= FRAME) return places.take({ x: plane.x0, y: plane.y0a, side });
  return places.onPaper((most) => {
    const right = { x: plane.x1 + 5, y: plane.y0a, side: most };
    const below = [plane.x0, plane.x1 - most].map((x) => ({ x, y: plane.y0b + 5, side: most }));
    return beside ? [right, ...below] : [...below, right];
  });
}

/** Below the end of a dense layer, where its label stands, or on what it adds. */
function atLayer(places: Places, diagram: Diagram, key: string): Square | undefined {
  const layer = diagram.boxes.find((box) => box.part === key && box.kind === 'layer');
  if (!layer) return undefined;
  const label = diagram.labels.find(({ part, anchor }) => part === key && anchor === 'start');
  // Without its label nobody could tell which layer's it is.
  const below =
    label && places.onPaper((side) => [{ x: layer.x1 + 4, y: labelBounds(label).bottom + CLEAR + 1, side }]);
  if (below) return below;
  const row = diagram.ribbons.find((ribbon) => ribbon.part === key);
  return row && places.onRibbon(row, 'right');
}

function atPart(places: Places, diagram: Diagram, part: Part): Square | undefined {
  const { key } = part;
  if (key.startsWith('growth/')) return atLayer(places, diagram, key);
  const bar = diagram.boxes.find((box) => box.part === key && box.kind === 'concat');
  if (bar) return places.onBar(bar);
  const own = diagram.ribbons.filter((ribbon) => ribbon.part === key);
  const isFunnel = ({ channels, channelsOut }: Ribbon) => channels !== channelsOut;
  const isLevel = (ribbon: Ribbon) => ribbon.y0a === ribbon.y1a;
  const ways = own.filter((ribbon) => !isFunnel(ribbon));
  const onFunnel = own.filter(isFunnel).map((ribbon) => [ribbon, 'right'] as const);
  const onWay = [...ways.filter(isLevel), ...ways.filter((way) => !isLevel(way))].map((way) => [way, 'left'] as const);
  // A funnel's narrow end is what comes out of it.
  for (const [ribbon, from] of [...onFunnel, ...onWay]) {
    const found = places.onRibbon(ribbon, from);
    if (found) return found;
  }
  return undefined;
}

/** Parts that show what another one shows: x₀″ where nothing bypasses, what is pooled, what is folded. */
function isShown({ key, role }: Part): boolean {
  if (key === 'part2') return role === 'part2';
  return (
    key === 'part1' || key === 'block' || key === 'merge' || key === 'denseTransition' || key.startsWith('growth/')
  );
}

/** A square for every part of a diagram that has room for one. */
export function spotsOf(diagram: Diagram): readonly Spot[] {
  const places = new Places(diagram);
  const found: Spot[] = [];
  const add = (square: Square | undefined, part: string, node: string, item: Item | undefined, colour: ColourPair) => {
    if (square) found.push({ ...square, part, node, colour, item: item?.id ?? part });
  };
  for (const plane of diagram.boxes.filter(({ kind }) => kind === 'plane')) {
    const [node = ''] = plane.nodes;
    // In the row of stages a plane stands at a border; it shows what the part before hands on.
    const before = diagram.columns ? undefined : diagram.parts.find((part) => part.node === node);
    add(atPlane(places, plane, diagram.columns === undefined), before?.key ?? plane.part, node, plane, plane.colour);
  }
  if (!diagram.columns) return found;
  for (const part of diagram.parts.filter(isShown)) {
    const item =
      diagram.ribbons.find((ribbon) => ribbon.part === part.key) ?? diagram.boxes.find((box) => box.part === part.key);
    const colour = item?.colour ?? ROLE_COLOURS[part.role ?? 'base'];
    add(atPart(places, diagram, part), part.key, part.node, item, colour);
  }
  return found;
}
