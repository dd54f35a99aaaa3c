/** Collects what a layout draws and finishes it: labels that would overlap give way, and everything is moved into view. */
import type { Box, Columns, Diagram, Label, Part, Ribbon } from './diagram';
import { textWidth } from './notation';

/** Estimated rectangle of a label, px. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

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
function withoutOverlaps(labels: readonly Label[]): readonly Label[] {
  const kept: { label: Label; bounds: Bounds }[] = [];
  for (const label of [...labels].sort((a, b) => b.priority - a.priority)) {
    const bounds = labelBounds(label);
    if (!kept.some((other) => overlaps(other.bounds, bounds))) kept.push({ label, bounds });
  }
  const chosen = new Set(kept.map(({ label }) => label));
  return labels.filter((label) => chosen.has(label));
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

  /** The diagram, moved so that its topmost mark stands just below 0. */
  finish(scale: number, width: number, columns: Columns | undefined): Diagram {
    const labels = withoutOverlaps(this.labels);
    const items = [...this.ribbons, ...this.boxes];
    const bounds = labels.map(labelBounds);
    const top = Math.min(...items.map((i) => Math.min(i.y0a, i.y1a)), ...bounds.map((b) => b.top));
    const bottom = Math.max(...items.map((i) => Math.max(i.y0b, i.y1b)), ...bounds.map((b) => b.bottom));
    const down = Math.ceil(MARGIN - top);
    const moved = <T extends Ribbon | Box>(i: T): T => ({
      ...i,
      y0a: i.y0a + down,
      y0b: i.y0b + down,
      y1a: i.y1a + down,
      y1b: i.y1b + down,
    });
    return {
      width,
      height: Math.ceil(bottom + down + MARGIN),
      scale,
      ribbons: this.ribbons.map(moved),
      boxes: this.boxes.map(moved),
      labels: labels.map((label) => ({ ...label, y: label.y + down })),
      parts: this.parts,
      columns,
    };
  }
}
