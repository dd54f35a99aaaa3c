/** Going from the whole network into a stage and back, with the keyboard's focus. */
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { usePage } from '../../state/page';
import type { FigureHandle } from './DiagramFigure';

/** Goes to a stage, or to the whole network: as it fits, at rest. */
export type GoTo = (next: 'all' | number) => void;

/** The focus that was on a part of a figure moves to the part that takes its place. */
export function useStages(stage: 'all' | number, figures: readonly RefObject<FigureHandle | null>[]): GoTo {
  const change = usePage((page) => page.change);
  const refocus = useRef<{ figure: RefObject<FigureHandle | null>; key: string } | null>(null);
  // After the viewport has been placed anew.
  useEffect(() => {
    const { current } = refocus;
    refocus.current = null;
    current?.figure.current?.focus(current.key);
  }, [stage]);
  return (next) => {
    if (next === stage) return;
    const figure = figures.find((one) => one.current?.hasFocus());
    if (figure) refocus.current = { figure, key: next === 'all' ? `stage${stage}` : '' };
    change({ stage: next, step: 0, zoom: 1, centre: [0.5, 0.5] });
  };
}
