/** What is drawn of the pair, and how large: measures the frame, lays out for it, and says what there is to pan over. */
import { useElementSize } from '@mantine/hooks';
import { useDeferredValue, useMemo } from 'react';
import { alignedPair } from '../../diagram/alignedPair';
import type { Pair } from '../../diagram/alignedPair';
import type { Scene, View } from '../../diagram/viewport';
import type { Network } from '../../network/network';
import type { Layers } from '../../state/pageState';

/** Blocks with more dense layers are folded until asked for. */
export const FOLD_ABOVE = 8;
/** Width to lay out for before the frame has been measured, px. */
const UNMEASURED = 1000;
/** Largest zoom; of the whole network, a stage opens beyond it. */
const LARGEST = { stage: 4, all: 3 } as const;
/** Smallest zoom, where a stage's labels make it wider than the screen. */
const SMALLEST = 0.5;
/** px on the screen per px of the diagram when the flow fills the screen of a lecture. */
const LECTURE = 1.35;
/** A drawing that is only so little larger than its frame is made a little smaller, text and all. */
const NEARLY = 0.85;
/** Height of a figure's name and of the edges around it, px. */
const CAPTION = 44;

export interface Drawing {
  /** The element whose size decides. */
  readonly ref: (element: HTMLDivElement | null) => void;
  /** px */
  readonly available: number;
  /** px on the screen per px of the diagrams. */
  readonly unit: number;
  /** The drawings at zoom 1: they decide on the frames, and the mini-map shows them. */
  readonly base: Pair;
  /** The drawings as they are drawn. */
  readonly pair: Pair;
  /** The page's zoom, within what is allowed. */
  readonly zoom: number;
  /** The zoom that `pair` is laid out for. */
  readonly drawn: number;
  /** What there is to pan over. */
  readonly scene: Scene;
  readonly view: View;
  /** Heights of the frames, px. */
  readonly heights: { readonly a: number; readonly b: number };
}

interface Input {
  readonly a: Network | null;
  readonly b: Network | null;
  readonly stage: 'all' | number;
  readonly layers: Layers;
  readonly zoom: number;
  readonly centre: readonly [number, number];
  /** Whether the flow fills the screen. */
  readonly full: boolean;
}

export function useDrawing({ a, b, stage, layers, zoom: wanted, centre, full }: Input): Drawing {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const available = width > 0 ? Math.floor(width) : UNMEASURED;
  const ideal = full ? LECTURE : 1;
  const each = full && height > 0 ? Math.max(160, height / (a && b ? 2 : 1) - CAPTION) : undefined;
  const options = useMemo(
    () => ({
      width: available / ideal,
      foldAbove: FOLD_ABOVE,
      unfolded: layers === 'all',
      ...(each === undefined ? {} : { height: each / ideal }),
    }),
    [available, each, ideal, layers],
  );
  const base = useMemo(() => alignedPair(a, b, stage, options), [a, b, options, stage]);
  const width1 = Math.max(1, base.a?.width ?? 0, base.b?.width ?? 0);
  const height1 = Math.max(1, base.a?.height ?? 0, base.b?.height ?? 0);
  const fit = Math.min(available / (ideal * width1), (each ?? Infinity) / (ideal * height1));
  const unit = ideal * (fit > NEARLY && fit < 1 ? fit : 1);
  const drawing = { width: unit * width1, height: unit * height1 };
  const heightOf = (own: number) => Math.min(each ?? Infinity, unit * own);
  const heights = { a: heightOf(base.a?.height ?? 0), b: heightOf(base.b?.height ?? 0) };
  const fits = available / drawing.width;
  const smallest = stage === 'all' ? 1 : Math.max(SMALLEST, Math.min(1, fits));
  const largest = stage === 'all' ? LARGEST.all : LARGEST.stage;
  const zoom = Math.min(largest, Math.max(smallest, wanted));
  // Laid out anew when there is time: until then what is there is shown larger or smaller.
  // Smaller than 1 it is an overview, the drawing with its text.
  const drawn = useDeferredValue(Math.max(1, zoom));
  const pair = useMemo(
    () => (drawn === 1 ? base : alignedPair(a, b, stage, { ...options, zoom: drawn })),
    [a, b, base, options, stage, drawn],
  );
  // A drawing that is wider than the screen begins at its beginning.
  const isHome = wanted === 1 && centre[0] === 0.5 && centre[1] === 0.5;
  return {
    ref,
    available,
    unit,
    base,
    pair,
    zoom,
    drawn,
    heights,
    scene: {
      drawing,
      frame: { width: available, height: Math.max(heights.a, heights.b) },
      range: [smallest, largest],
    },
    view: { zoom, centre: isHome ? [0, 0.5] : centre },
  };
}
