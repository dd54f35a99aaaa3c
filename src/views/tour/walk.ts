/** Walking through the tour: what start, next, skip and finish do to the page. The steps are state/tour.ts. */
import { usePage } from '../../state/page';
import { TOUR_STEPS } from '../../state/pageState';
import { bareLinkFields, endFields, pageBefore, stepFields } from '../../state/tour';
import { writeUrl } from '../../state/url';

/** Where the link of the page before the tour lies, so that a reload does not lose the person's networks. */
const STORED = 'cspnet-lens-before-tour';

/** What an earlier load of this page left; null where a link was opened, which is another tour. */
function stored(): string | null {
  if (typeof sessionStorage === 'undefined') return null;
  const [navigation] = performance.getEntriesByType('navigation');
  const isAgain = navigation instanceof PerformanceNavigationTiming && navigation.type !== 'navigate';
  try {
    if (!isAgain) sessionStorage.removeItem(STORED);
    return sessionStorage.getItem(STORED);
  } catch {
    // Storage is forbidden here: the tour is remembered as long as the page is open.
    return null;
  }
}

function store(link: string): void {
  try {
    sessionStorage.setItem(STORED, link);
  } catch {
    // As above.
  }
}

/** The page as the person had it before the tour, as its link; null where a link opened the tour. */
let before: string | null = stored();

/** What had the focus when the tour began, to give it back; undefined where no button of this page began it. */
let opener: Element | null | undefined;

/** Where the focus goes after a tour that no button of this page began. */
export const TOUR_BUTTON = 'tour-button';

/** Shows a step; from outside the tour this starts it and remembers the page. One step of history. */
export function goToStep(number: number): void {
  const { state, change } = usePage.getState();
  if (state.tour === 0) {
    before = writeUrl(state);
    store(before);
    opener = document.activeElement;
  }
  change(stepFields(number));
  listenForEscape();
}

function giveFocusBack(): void {
  const target = opener?.isConnected ? opener : document.getElementById(TOUR_BUTTON);
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  opener = undefined;
}

/** Ends the tour and brings the person's networks back; after a link to a step, the page at its default. */
export function skipTour(): void {
  const { state, change } = usePage.getState();
  change(endFields(pageBefore(before, state)));
  giveFocusBack();
}

/** Ends the tour and leaves the page as it is. */
export function finishTour(): void {
  usePage.getState().change(endFields(null));
  giveFocusBack();
}

/** What Escape and the cross do: at the last step the tour is over, before it is skipped. */
export function endTour(): void {
  if (usePage.getState().state.tour === TOUR_STEPS) finishTour();
  else skipTour();
}

/** Whether skipping brings networks of the person back. */
export function canGoBack(): boolean {
  return before !== null;
}

/** Whether the tour began on the page as it is open now: not by a link, and not before a reload. */
export function beganHere(): boolean {
  return opener !== undefined;
}

/** Escape on its way up to the window: while the focus is not in the card yet, or was never given anywhere. */
function onEscape(event: KeyboardEvent): void {
  if (usePage.getState().state.tour === 0) {
    window.removeEventListener('keydown', onEscape);
    return;
  }
  if (event.key !== 'Escape' || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  const { target } = event;
  const isNowhere = target === document.body || target === document.documentElement;
  const isOpener = target instanceof Element && (target === opener || target.id === TOUR_BUTTON);
  // Elsewhere Escape means something else: it closes an answer, or clears a choice.
  if (isNowhere || isOpener) endTour();
}

/** The card takes Escape where it has the focus; this takes it until then. */
export function listenForEscape(): void {
  window.addEventListener('keydown', onEscape);
}

/** A link that names a step and nothing else shows the step in full. */
export function completeLink(): void {
  const { state, change } = usePage.getState();
  const fields = bareLinkFields(state);
  if (fields) change(fields, 'replace');
}
