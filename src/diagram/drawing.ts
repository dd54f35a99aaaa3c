/** Collects what a layout draws and finishes it: labels that would overlap give way, and everything is moved into view. */
import type { Bounds, Box, Columns, Diagram, Label, Part, Ribbon, Sides } from './diagram';
import { textWidth } from './notation';

/** Where a label is expected to be seen. */
export function labelBounds(label: Label): Bounds {
  const width = textWidth(label.text, label.size) * (label.bold ? 1.06 : 1);
  const left = label.anchor === 'start' ? label.x : label.anchor === 'end' ? label.x - width : label.x - width / 2;
  return { left, right: left + width, top: label.y - 0.85 * label.size, bottom: label.y + 0.25 * label.size };
}

/** Whether two rectangles share more than an edge. */
export function overlaps(a: Bounds, b: Bounds): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The labels that can be seen together: the more important one stays, and of equals the earlier. */
export function withoutOverlaps(labels: readonly Label[]): readonly Label[] {
  const kept: { label: Label; bounds: Bounds }[] = [];
  for (const label of [...labels].sort((a, b) => b.priority - a.priority)) {
    const bounds = labelBounds(label);
    if (!kept.some((other) => overlaps(other.bounds, bounds))) kept.push({ label, bounds });
  }
  const chosen = new Set(kept.map(({ label }) => label));
  return labels.filter((label) => chosen.has(label));
}

/** The label where none of it is beside a drawing so wide; at its left edge where it is too long. */
function withinWidth(label: Label, width: number): Label {
  const { left, right } = labelBounds(label);
  const by = Math.max(-left, Math.min(0, width - right));
  return by === 0 ? label : { ...label, x: label.x + by };
}

/** Sides at another magnification; columns fall on whole pixels, so that ribbons that meet leave no seam. */
export function magnifySides({ x0, y0a, y0b, x1, y1a, y1b }: Sides, zoom: number): Sides {
  const x = (value: number) => Math.round(value * zoom);
  return { x0: x(x0), y0a: y0a * zoom, y0b: y0b * zoom, x1: x(x1), y1a: y1a * zoom, y1b: y1b * zoom };
}

/** Margin above and below what is drawn, px. */
const MARGIN = 4;

export class Drawing {
  readonly ribbons: Ribbon[] = [];
  readonly boxes: Box[] = [];
  readonly labels: Label[] = [];
  readonly parts: Part[] = [];

  ribbon(ribbon: Ribbon): void {
    if (ribbon.x1 > ribbon.x0) this.ribbons.push(ribbon);
  }

  box(box: Box): void {
    this.boxes.push(box);
  }

  label(label: Partial<Label> & Pick<Label, 'part' | 'text' | 'x' | 'y'>): void {
    const id = `${label.part}#${this.labels.length}`;
    this.labels.push({ id, anchor: 'middle', size: 11, bold: false, priority: 5, ...label });
  }

  part(part: Part): void {
    this.parts.push(part);
  }

  /**
   * Makes everything drawn so far larger. What is drawn and written afterwards keeps its size: labels, and what belongs
   * to them.
   * @param zoom 1 or more
   */
  magnify(zoom: number): void {
    if (zoom === 1) return;
    const enlarged = <T extends Ribbon | Box>(item: T): T => ({ ...item, ...magnifySides(item, zoom) });
    this.ribbons.splice(0, Infinity, ...this.ribbons.map(enlarged));
    this.boxes.splice(0, Infinity, ...this.boxes.map(enlarged));
  }

  /**
   * The diagram, moved so that its topmost mark stands just below 0.
   * @param natural the same drawing at zoom 1, where this one is magnified: its margins are magnified too, so that the
   *   same place is the same share of the height at every zoom.
   */
  finish(scale: number, width: number, columns: Columns | undefined, natural?: Diagram): Diagram {
    // A stage's columns leave room for its labels; where they stand close together, what sticks out moves in.
    const labels = withoutOverlaps(columns ? this.labels.map((label) => withinWidth(label, width)) : this.labels);
    const items = [...this.ribbons, ...this.boxes];
    const bounds = labels.map(labelBounds);
    const top = Math.min(...items.map((i) => Math.min(i.y0a, i.y1a)), ...bounds.map((b) => b.top));
    const bottom = Math.max(...items.map((i) => Math.max(i.y0b, i.y1b)), ...bounds.map((b) => b.bottom));
    const zoom = natural ? scale / natural.scale : 1;
    const down = Math.max(Math.ceil(MARGIN - top), Math.round(zoom * (natural?.origin ?? 0)));
    const height = Math.max(Math.ceil(bottom + down + MARGIN), Math.round(zoom * (natural?.height ?? 0)));
    const moved = <T extends Ribbon | Box>(i: T): T => ({
      ...i,
      y0a: i.y0a + down,
      y0b: i.y0b + down,
      y1a: i.y1a + down,
      y1b: i.y1b + down,
    });
    return {
      width,
      height,
      origin: down,
      scale,
      ribbons: this.ribbons.map(moved),
      boxes: this.boxes.map(moved),
      labels: labels.map((label) => ({ ...label, y: label.y + down })),
      parts: this.parts,
      columns,
    };
  }
}
