/** Arrow heads along the ribbons of a drawing, for gradients that run against them. Numbers and a path. */
import type { Diagram, Ribbon } from './diagram';

/** One arrow head: its middle, its size in px, and the direction in which the ribbon runs there, degrees. */
export interface ArrowHead {
  readonly part: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly slope: number;
}

/** Ribbons lower than this have no arrow heads, px. */
const LOWEST = 4;
/** Between two arrow heads of one ribbon are at least so many px. */
const APART = 70;

/** The middles of the gaps between columns: places where nothing stands but ribbons. */
function gaps(diagram: Diagram): readonly (readonly [from: number, to: number])[] {
  const { columns } = diagram;
  if (!columns) return [];
  const { base, split, slots, block, funnel, merge, narrow, pool } = columns;
  const starts = [base, split, ...slots.map((slot) => slot.x1), block, funnel, merge, narrow];
  const ends = [split, ...slots.map((slot) => slot.x0), block, funnel, merge, narrow, pool];
  return starts.map((from, i) => [from, ends[i] ?? from] as const).filter(([from, to]) => to - from >= 14);
}

function headAt(ribbon: Ribbon, x: number): ArrowHead {
  // Halfway a cubic that is level at its ends stands halfway and is half as steep again as the straight line.
  const rise = (ribbon.y1a + ribbon.y1b - ribbon.y0a - ribbon.y0b) / 2;
  const bends = ribbon.y0a !== ribbon.y1a || ribbon.y0b !== ribbon.y1b;
  const height = bends ? (ribbon.y0b - ribbon.y0a + ribbon.y1b - ribbon.y1a) / 2 : ribbon.y0b - ribbon.y0a;
  const slope = bends ? (Math.atan2(1.5 * rise, ribbon.x1 - ribbon.x0) * 180) / Math.PI : 0;
  const y = (ribbon.y0a + ribbon.y0b) / 2 + (bends ? rise / 2 : 0);
  return { part: ribbon.part, x, y, size: Math.min(7, height * 0.4), slope };
}

/** Arrow heads along the ribbons; in which direction they point is left to whoever draws them. */
export function arrowHeads(diagram: Diagram): readonly ArrowHead[] {
  const places = gaps(diagram);
  return diagram.ribbons.flatMap((ribbon) => {
    const lowest = Math.min(ribbon.y0b - ribbon.y0a, ribbon.y1b - ribbon.y1a);
    // A funnel of a stage has its name inside.
    const isNamed = diagram.columns !== undefined && ribbon.channels !== ribbon.channelsOut;
    if (lowest < LOWEST || ribbon.x1 - ribbon.x0 < 12 || isNamed) return [];
    const middle = (ribbon.x0 + ribbon.x1) / 2;
    const level = ribbon.y0a === ribbon.y1a && ribbon.y0b === ribbon.y1b;
    if (!level || !diagram.columns) return [headAt(ribbon, middle)];
    let last = -Infinity;
    return places.flatMap(([from, to]) => {
      const x = (Math.max(from, ribbon.x0) + Math.min(to, ribbon.x1)) / 2;
      const inside = x > Math.max(from, ribbon.x0) + 4 && x < Math.min(to, ribbon.x1) - 4;
      if (!inside || x - last < APART) return [];
      last = x;
      return [headAt(ribbon, x)];
    });
  });
}

/** SVG path of arrow heads that point to the left. */
export function arrowPath(heads: readonly ArrowHead[]): string {
  return heads
    .map(({ x, y, size, slope }) => {
      const turn = (slope * Math.PI) / 180;
      const corner = (along: number, across: number) => {
        const px = x + along * Math.cos(turn) - across * Math.sin(turn);
        const py = y + along * Math.sin(turn) + across * Math.cos(turn);
        return `${Math.round(px * 100) / 100},${Math.round(py * 100) / 100}`;
      };
      // Hollow behind, so that it is seen which corner is its tip.
      const back = [corner(0.8 * size, -0.65 * size), corner(0.35 * size, 0), corner(0.8 * size, 0.65 * size)];
      return `M${corner(-size, 0)}L${back.join('L')}Z`;
    })
    .join('');
}
