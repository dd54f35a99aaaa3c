/** What of the networks' insides the page shows now: tells the lab, and says which node of each is open. */
import { useEffect, useMemo } from 'react';
import { spotsOf } from '../../diagram/activationSpots';
import { samePart } from '../../diagram/samePart';
import type { Drawn, PartNode } from '../../diagram/samePart';
import type { Slot } from '../../inference/protocol';
import { usePage } from '../../state/page';
import { useLab, useLabActions } from '../useLab';

/** A slot's network with its drawing. */
export interface Side extends Drawn {
  readonly slot: Slot;
  /** Text form of the network. */
  readonly label: string;
}

/** A side and the node of it that is chosen; undefined where it has no such part. */
export interface OpenSide extends Side {
  readonly chosen: PartNode | undefined;
}

const NOTHING: readonly string[] = [];

/** Which node of each side the page's selection means. */
export function useChosen(sides: readonly Side[]): readonly OpenSide[] {
  const select = usePage((page) => page.state.select);
  return useMemo(() => {
    const found = samePart(sides, select);
    return sides.map((side, i) => ({ ...side, chosen: found[i] }));
  }, [sides, select]);
}

/**
 * Asks for what one side shows: the mean activations on its drawing, and the channels of the chosen node.
 * @param seen whether the drawing is on the screen, or near; else nothing is asked for.
 */
export function useLook({ slot, label, diagram }: Side, open: string | null, seen: boolean): void {
  const lab = useLabActions();
  // Before there is an answer there is nothing to look into, and no need to know where it would be drawn.
  const answered = useLab(({ slots, picture }) => picture !== null && slots[slot].result?.pictureId === picture.id);
  const nodes = useMemo(
    () => (diagram && answered ? [...new Set(spotsOf(diagram).map(({ node }) => node))] : NOTHING),
    [diagram, answered],
  );
  useEffect(() => {
    lab.lookAt(slot, { network: label, nodes: seen ? nodes : NOTHING, open: seen ? open : null });
  }, [lab, slot, label, nodes, open, seen]);
}
