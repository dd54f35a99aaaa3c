/** What is pointed at or selected, as the parts of cost need it. */
import { useEffect } from 'react';
import type { RefObject } from 'react';
import type { Network } from '../../network/network';
import { usePage } from '../../state/page';

/** The role or node that is pointed at, or else the selected one; null for none. */
export function useHighlight(): string | null {
  return usePage((page) => page.hover ?? (page.state.select === '' ? null : page.state.select));
}

/** The stage of a node id: ids begin with the name of their stage. Null for a role. */
export function stageOf(highlight: string | null): string | null {
  return highlight?.includes('/') ? (highlight.split('/')[0] ?? null) : null;
}

/** The stage that is lit; draws again only when it becomes another one. */
export function useLitStage(): string | null {
  return usePage((page) => stageOf(page.hover ?? page.state.select));
}

/**
 * Marks the elements below a root that are lit, by their `data-part`: `data-lit` on each of them, and `data-some` on the
 * root where there are any. Sets attributes and draws nothing again, because a pointer passes hundreds of rows and bars.
 * @param litParts the parts that a highlight names.
 */
export function useMarks(root: RefObject<Element | null>, litParts: (highlight: string | null) => ReadonlySet<string>) {
  useEffect(() => {
    const mark = () => {
      const { hover, state } = usePage.getState();
      const lit = litParts(hover ?? (state.select === '' ? null : state.select));
      let some = false;
      for (const element of root.current?.querySelectorAll('[data-part]') ?? []) {
        const is = lit.has(element.getAttribute('data-part') ?? '');
        some ||= is;
        if (is !== element.hasAttribute('data-lit')) element.toggleAttribute('data-lit', is);
      }
      root.current?.toggleAttribute('data-some', some);
    };
    mark();
    return usePage.subscribe((now, before) => {
      if (now.hover !== before.hover || now.state.select !== before.state.select) mark();
    });
  });
}

const NO_PARTS: ReadonlySet<string> = new Set();

/** {@link useMarks} for parts that are stages. */
export function useStageMarks(root: RefObject<Element | null>): void {
  useMarks(root, (highlight) => {
    const stage = stageOf(highlight);
    return stage === null ? NO_PARTS : new Set([stage]);
  });
}

/** The node that stands for a whole stage when one points at it: what the stage hands on. */
export function nodeOfStage(network: Network, stage: string): string | null {
  return network.nodes.findLast((node) => node.stage === stage)?.id ?? null;
}

/** Selects a layer, or no longer, and shows the flow of its stage. */
export function chooseLayer({ id, stage }: { readonly id: string; readonly stage: string }): void {
  const { state, change } = usePage.getState();
  const index = Number(stage.replace('stage', ''));
  change({ select: state.select === id ? '' : id, ...(Number.isInteger(index) ? { stage: index } : {}) });
}
