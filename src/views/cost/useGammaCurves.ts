/** Curves over γ, made in the browser's idle moments and kept: while a curve is being made the one before stays. */
import { useEffect, useEffectEvent, useState } from 'react';
import { familyOf, gammaCurves } from '../../analysis/gamma';
import type { GammaCurves } from '../../analysis/gamma';
import type { NetworkSpec } from '../../network/spec';

interface Made {
  readonly maker: ReturnType<typeof gammaCurves>;
  done: boolean;
}

/** Families whose curves are kept. */
const KEPT = 16;
const made = new Map<string, Made>();

function madeFor(family: string, spec: NetworkSpec): Made {
  const found = made.get(family);
  if (found) return found;
  const one = { maker: gammaCurves(spec), done: false };
  made.set(family, one);
  const [oldest] = made.keys();
  if (made.size > KEPT && oldest !== undefined) made.delete(oldest);
  return one;
}

/** What is left of an idle moment has to be more than this for another network to be analysed, ms. */
const ENOUGH_MS = 4;

/** Calls back in idle moments until told to stop; Safari, which has none, gets short turns instead. */
function whenIdle(work: (left: () => number) => boolean): () => void {
  let stopped = false;
  let handle = 0;
  const turn = (left: () => number) => {
    if (!stopped && work(left)) next();
  };
  const hasIdle = 'requestIdleCallback' in globalThis;
  function next() {
    if (hasIdle) {
      handle = requestIdleCallback((deadline) => turn(() => deadline.timeRemaining()));
      return;
    }
    const start = performance.now();
    handle = Number(setTimeout(() => turn(() => 8 - (performance.now() - start)), 1));
  }
  next();
  return () => {
    stopped = true;
    if (hasIdle) cancelIdleCallback(handle);
    else clearTimeout(handle);
  };
}

export interface ShownCurves {
  readonly family: string;
  readonly curves: GammaCurves;
  readonly done: boolean;
}

/** The curves of a network's family, as far as they are made; those of the family before until there are any. */
export function useGammaCurves(spec: NetworkSpec): { readonly shown: ShownCurves | null; readonly stale: boolean } {
  const family = familyOf(spec);
  const [shown, setShown] = useState<ShownCurves | null>(null);
  const done = shown?.family === family && shown.done;
  // Of the spec the family is all that matters: a γ that moves starts nothing anew.
  const maker = useEffectEvent(() => madeFor(family, spec));
  useEffect(() => {
    if (done) return undefined;
    return whenIdle((left) => {
      const one = maker();
      while (!one.done) {
        one.done = one.maker.step();
        if (left() < ENOUGH_MS) break;
      }
      const curves = one.maker.curves();
      // Two points make a line: both ends of all three.
      if (curves.curves.last.length > 1) setShown({ family, curves, done: one.done });
      return !one.done;
    });
  }, [family, done]);
  return { shown, stale: shown !== null && shown.family !== family };
}
