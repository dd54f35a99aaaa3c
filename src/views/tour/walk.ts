/** Walking through the tour: what start, next, skip and finish do to the page. The steps are state/tour.ts. */
import { usePage } from '../../state/page';
import type { PageState } from '../../state/pageState';
import { bareLinkFields, endFields, stepFields } from '../../state/tour';

/** The page as the person had it before the tour; null where a link opened the tour. In no link, in no storage. */
let before: PageState | null = null;

/** What had the focus when the tour began, to give it back. */
let opener: Element | null = null;

/** Where the focus goes after a tour that no button of this page began. */
export const TOUR_BUTTON = 'tour-button';

/** Shows a step; from outside the tour this starts it and remembers the page. One step of history. */
export function goToStep(number: number): void {
  const { state, change } = usePage.getState();
  if (state.tour === 0) {
    before = state;
    opener = document.activeElement;
  }
  change(stepFields(number));
}

function giveFocusBack(): void {
  const target = opener?.isConnected ? opener : document.getElementById(TOUR_BUTTON);
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  opener = null;
}

/** Ends the tour and brings the person's networks back, where the tour knows them. One step of history. */
export function skipTour(): void {
  usePage.getState().change(endFields(before));
  giveFocusBack();
}

/** Ends the tour and leaves the page as it is. */
export function finishTour(): void {
  usePage.getState().change(endFields(null));
  giveFocusBack();
}

/** Whether skipping brings networks back. */
export function canGoBack(): boolean {
  return before !== null;
}

/** A link that names a step and nothing else shows the step in full. */
export function completeLink(): void {
  const { state, change } = usePage.getState();
  const fields = bareLinkFields(state);
  if (fields) change(fields, 'replace');
}
