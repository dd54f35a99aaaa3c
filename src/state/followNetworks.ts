/**
 * Tells the lab which networks the page shows. A knob that is being turned shows a new network sixty times a second;
 * the lab hears of the first at once, so that no answer of the network before stays, and then of the one at which the
 * knob has come to rest: nothing is loaded for those on the way.
 */
import type { Slot } from '../inference/protocol';
import type { NetworkSpec } from '../network/spec';

/** How long a network has to stay before it counts as the one that was meant, ms. */
export const AT_REST_MS = 350;

type Shown = { readonly [S in Slot]: NetworkSpec | null };

interface Page {
  readonly getState: () => { readonly state: Shown };
  readonly subscribe: (listener: () => void) => () => void;
}

type Show = (slot: Slot, spec: NetworkSpec | null) => void;

function followSlot(page: Page, slot: Slot, show: Show): () => void {
  let told = page.getState().state[slot];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = told;
  const tell = () => {
    if (latest === told) return;
    told = latest;
    show(slot, told);
  };
  const atRest = () => {
    timer = undefined;
    tell();
  };
  show(slot, told);
  const stop = page.subscribe(() => {
    const spec = page.getState().state[slot];
    if (spec === latest) return;
    latest = spec;
    if (timer === undefined) tell();
    clearTimeout(timer);
    timer = setTimeout(atRest, AT_REST_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** Follows both slots until the returned function is called. */
export function followNetworks(page: Page, show: Show): () => void {
  const stopA = followSlot(page, 'a', show);
  const stopB = followSlot(page, 'b', show);
  return () => {
    stopA();
    stopB();
  };
}
