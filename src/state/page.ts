/** The store of the page's state; the browser's history is its undo. */
import { create } from 'zustand';
import type { PageState } from './pageState';
import { withValidStage } from './pageState';
import { readUrl, writeUrl } from './url';

interface PageStore {
  readonly state: PageState;
  /** Parts of the link that were ignored, each with its reason. */
  readonly ignored: readonly string[];
  /** The role or node that is pointed at: lit up everywhere, and in no link. */
  readonly hover: string | null;
  readonly point: (part: string | null) => void;
  /**
   * Changes some fields: one step of history (`push`), the present step (`replace`), or none while a slider is being
   * dragged or a number typed (`drag`), whose end is one.
   */
  readonly change: (fields: Partial<PageState>, how?: 'push' | 'replace' | 'drag') => void;
  readonly swap: () => void;
  /** Reads the state from the address again, after back or forward. */
  readonly readAddress: () => void;
  readonly dismissIgnored: () => void;
}

const initial = readUrl(typeof location === 'undefined' ? '' : location.search);

/** Whether a slider is being dragged or a number typed: changes that are no step of history yet. */
let drafting = false;

export const usePage = create<PageStore>((set, get) => ({
  state: initial.state,
  ignored: initial.ignored,
  hover: null,
  point(part) {
    if (part !== get().hover) set({ hover: part });
  },
  change(fields, how = 'push') {
    const state = withValidStage({ ...get().state, ...fields });
    set({ state });
    if (how === 'drag') drafting = true;
    // A change that is not finished must not get into the present step of history.
    if (how === 'drag' || (how === 'replace' && drafting)) return;
    drafting = false;
    const search = writeUrl(state, location.search);
    if (search === location.search) return;
    const address = `${location.pathname}${search}${location.hash}`;
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  },
  swap() {
    const { a, b } = get().state;
    if (b) get().change({ a: b, b: a });
  },
  readAddress() {
    set(readUrl(location.search));
  },
  dismissIgnored() {
    set({ ignored: [] });
  },
}));
