/** A drawing made small: its ribbons, concats and pools merged into one path per colour, without labels. */
import { boxPath, ribbonPath } from './diagram';
import type { Box, Diagram } from './diagram';
import type { ColourPair } from './roles';

export interface Thumbnail {
  /** Of what is drawn, px of the diagram. */
  readonly top: number;
  readonly bottom: number;
  readonly paths: readonly { readonly d: string; readonly colour: ColourPair }[];
}

const isSeen = (box: Box) => box.kind === 'bar' || box.kind === 'concat' || box.kind === 'pool';

/** The drawing as few paths; what is the same colour is one of them. */
export function thumbnail(diagram: Diagram): Thumbnail {
  const boxes = diagram.boxes.filter(isSeen);
  const items = [...diagram.ribbons, ...boxes];
  const byColour = new Map<string, { d: string; colour: ColourPair }>();
  const add = (d: string, colour: ColourPair) => {
    const key = `${colour.light} ${colour.dark}`;
    const found = byColour.get(key);
    if (found) found.d += d;
    else byColour.set(key, { d, colour });
  };
  for (const ribbon of diagram.ribbons) add(ribbonPath(ribbon), ribbon.colour);
  for (const box of boxes) add(boxPath(box), box.colour);
  return {
    top: Math.min(...items.map((i) => Math.min(i.y0a, i.y1a))),
    bottom: Math.max(...items.map((i) => Math.max(i.y0b, i.y1b))),
    paths: [...byColour.values()],
  };
}
