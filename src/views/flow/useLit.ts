/** Which parts of both drawings are lit: what is pointed at, else what is selected, else the layers chosen elsewhere. */
import { useMemo } from 'react';
import { keysOfNodes, litKeys } from '../../diagram/alignedPair';
import type { Pair } from '../../diagram/alignedPair';
import type { Part } from '../../diagram/diagram';

export interface Lit {
  /** Keys of the lit parts; undefined where nothing is lit anywhere, empty where only the other drawing has some. */
  readonly a: ReadonlySet<string> | undefined;
  readonly b: ReadonlySet<string> | undefined;
  readonly parts: readonly [a: readonly Part[], b: readonly Part[]];
}

const NONE: ReadonlySet<string> = new Set();

/** @param highlight a role or a node id */
export function useLit(pair: Pair, highlight: string | null, brushed: ReadonlySet<string> | undefined): Lit {
  return useMemo(() => {
    const diagrams = [pair.a, pair.b].filter((diagram) => diagram !== null);
    const lit = litKeys(diagrams, highlight) ?? (highlight === null && brushed && keysOfNodes(diagrams, brushed));
    if (!lit) return { a: undefined, b: undefined, parts: [[], []] };
    const a = (pair.a && lit[0]) ?? NONE;
    const b = (pair.b && lit[pair.a ? 1 : 0]) ?? NONE;
    const partsOf = (diagram: Pair['a'], keys: ReadonlySet<string>) =>
      diagram?.parts.filter((part) => keys.has(part.key)) ?? [];
    return { a, b, parts: [partsOf(pair.a, a), partsOf(pair.b, b)] };
  }, [pair, highlight, brushed]);
}
