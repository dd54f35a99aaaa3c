/**
 * The gradient view of a drawing: which ribbon stands for which gradient, what is lit for a weight, the cells that
 * show what each update reads, and where a transition cuts. Numbers only; which gradients an update has is counted in
 * analysis/gradients.ts and given. Labels are gradientLabels.ts, arrows arrowHeads.ts.
 */
import type { Diagram, ItemLook, Looks, Ribbon, Sides } from './diagram';
import { ROLE_COLOURS } from './roles';
import type { ColourPair } from './roles';

/** A gradient and the weights whose updates use it. */
export interface Use {
  /** `g0`, `g0'`, `g0''`, `g1` …, `gT` */
  readonly source: string;
  readonly weights: readonly string[];
}

/** The key of the part whose gradient a source is. */
export function partOfSource(source: string): string {
  if (source === "g0'") return 'part1';
  if (source === "g0''" || source === 'g0') return 'part2';
  if (source === 'gT') return 'denseTransition';
  return `growth/${source.slice(1)}`;
}

/** The key of the part whose weight it is: `w3` → `growth/3`. */
export function partOfWeight(weight: string): string {
  if (weight === 'wT') return 'denseTransition';
  if (weight === 'wU') return 'transition';
  return `growth/${weight.slice(1)}`;
}

/** The weight that a part has; undefined where it has none. The counterpart of {@link partOfWeight}. */
export function weightOfPart(key: string): string | undefined {
  if (key === 'denseTransition') return 'wT';
  if (key === 'transition') return 'wU';
  return key.startsWith('growth/') ? `w${key.slice('growth/'.length)}` : undefined;
}

/** Uses by the key of the part whose gradient each is. */
export const byPart = (uses: readonly Use[]): ReadonlyMap<string, Use> =>
  new Map(uses.map((use) => [partOfSource(use.source), use]));

/** What arrives from the next stage: no source of this one. */
const ARRIVING: ItemLook = { opacity: 0.3, colour: ROLE_COLOURS.merge };
const OTHER: ItemLook = { opacity: 0.2 };
const DUPLICATE: ItemLook = { hatched: true };

/**
 * Looks of a stage's ribbons, one colour per source; sources used by more than one update are hatched.
 * @param weight `w1` …, `wT`, `wU`: all that its update does not use steps back; empty for none
 */
export function gradientLooks(diagram: Diagram, uses: readonly Use[], weight: string): Looks {
  const looks = new Map<string, ItemLook>();
  if (!diagram.columns) return looks;
  const sources = byPart(uses);
  for (const { id, part } of diagram.ribbons) {
    const use = sources.get(part);
    if (!use) looks.set(id, ARRIVING);
    else if (weight !== '' && !use.weights.includes(weight)) looks.set(id, OTHER);
    else if (use.weights.length > 1) looks.set(id, DUPLICATE);
  }
  return looks;
}

/** One argument of one update, standing where the layer or transition reads it. */
export interface Cell extends Sides {
  readonly weight: string;
  readonly source: string;
  readonly colour: ColourPair;
}

/** Where a weight's cells stand; `narrow` inside a fold, where there is no room for those of every layer. */
function columnOf(
  diagram: Diagram,
  weight: string,
): { x0: number; x1: number; at: number; narrow: boolean } | undefined {
  const { columns } = diagram;
  if (!columns) return undefined;
  if (weight === 'wT') return { x0: columns.block + 4, x1: columns.block + 11, at: columns.block, narrow: false };
  if (weight === 'wU') return { x0: columns.merge + 4, x1: columns.merge + 11, at: columns.merge, narrow: false };
  const part = partOfWeight(weight);
  const box = diagram.boxes.find((one) => one.kind === 'layer' && one.part === part);
  if (box) return { x0: box.x0 + 2, x1: box.x1 - 2, at: box.x0, narrow: false };
  const added = diagram.ribbons.find((ribbon) => ribbon.part === part);
  return added && { x0: added.x0 - 4, x1: added.x0, at: added.x0, narrow: true };
}

/** Of each part the ribbon that reaches x. */
function reaching(diagram: Diagram, x: number): ReadonlyMap<string, Ribbon> {
  const found = new Map<string, Ribbon>();
  for (const ribbon of diagram.ribbons) {
    if (ribbon.x0 <= x && ribbon.x1 >= x && !(ribbon.x0 === x && found.has(ribbon.part)))
      found.set(ribbon.part, ribbon);
  }
  return found;
}

/**
 * The arguments of the updates: at every H_i and transition one cell for each gradient among them.
 * Layers inside a fold have cells only if their weight is chosen.
 */
export function argumentCells(
  diagram: Diagram,
  updates: readonly { readonly weight: string; readonly sources: readonly string[] }[],
  chosen: string,
): readonly Cell[] {
  return updates
    .filter(({ weight }) => chosen === '' || chosen === weight)
    .flatMap(({ weight, sources }) => {
      const column = columnOf(diagram, weight);
      if (!column || (column.narrow && chosen !== weight)) return [];
      const ribbons = reaching(diagram, column.at);
      return sources.flatMap((source): Cell[] => {
        const ribbon = ribbons.get(partOfSource(source));
        if (!ribbon) return [];
        const ends = ribbon.x1 === column.at;
        const [top, bottom] = ends ? [ribbon.y1a, ribbon.y1b] : [ribbon.y0a, ribbon.y0b];
        const { x0, x1 } = column;
        return [{ weight, source, colour: ribbon.colour, x0, x1, y0a: top, y1a: top, y0b: bottom, y1b: bottom }];
      });
    });
}

/** Where the dense side's transition cuts: behind it, to the left, gradients are other ones than before it. */
export function cutOf(
  diagram: Diagram,
): { readonly x: number; readonly top: number; readonly bottom: number } | undefined {
  const funnel = diagram.ribbons.find(
    (ribbon) => ribbon.part === 'denseTransition' && ribbon.x1 === diagram.columns?.funnel,
  );
  return funnel && { x: funnel.x1, top: funnel.y1a, bottom: funnel.y1b };
}
