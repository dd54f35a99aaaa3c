/** Where a step of the tour points: rings its part of the page and keeps it on the screen. Plain DOM. */
import type { TourId } from '../../state/tour';
import type { View } from '../../state/pageState';
import { scrollToSection } from '../shell/useSections';

/** The flow's drawings stand together around that of A. */
const DRAWINGS = '[data-testid="flow-a"]';

/** Where to find what a step speaks of, inside its section. */
const SUBJECTS: Readonly<Record<TourId, string>> = {
  dense: DRAWINGS,
  split: DRAWINGS,
  cio: 'figure:has([aria-label="Save the chart CIO"])',
  truncate: DRAWINGS,
  first: DRAWINGS,
  last: DRAWINGS,
  // Compute is the first of the charts, under a name that follows the convention.
  listing: 'figure:has([aria-label^="Save the chart"])',
  photo: '[data-testid="picture-input"]',
};

/** What to look at first where the screen is too low for all of it. */
const FIRST_SEEN: Partial<Record<TourId, string>> = { last: '[data-testid="flow-b"]' };

/** Its value says where the ring goes: around a section, or inside a part, whose surroundings would cut it off. */
const RINGED = 'data-toured';

/** What a step speaks of, with the frame around it; its whole section where that is not there yet. */
function subjectOf(id: TourId, view: View): Element | null {
  const section = document.getElementById(view);
  const part = section?.querySelector(SUBJECTS[id]);
  return part?.closest('.mantine-Paper-root') ?? part?.parentElement ?? section;
}

/** What a person does to take the page over. */
const GESTURES = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;

/** Below the header, px. */
const HEADER = 100;

/** Where to scroll to: the subject, or what matters most in it where it is higher than what the card leaves free. */
function targetOf(subject: Element, id: TourId, card: Element): Element {
  const place = subject.getBoundingClientRect();
  const sheet = card.getBoundingClientRect();
  const free = (sheet.left >= place.right ? window.innerHeight : sheet.top) - HEADER;
  const first = FIRST_SEEN[id];
  return (place.height > free && first !== undefined && subject.querySelector(first)) || subject;
}

interface Pointing {
  readonly id: TourId;
  readonly view: View;
  /** The tour's card, which covers a part of small screens. */
  readonly card: Element;
  /** Whether to scroll there in sight; a page that just opens is simply there. */
  readonly travel: boolean;
}

/**
 * Rings the subject of a step and scrolls to it. Parts of the page that arrive later may move it or take its place:
 * it is followed until the person does something.
 * @returns ends the ring and the following.
 */
export function pointAt({ id, view, card, travel }: Pointing): () => void {
  let ringed: Element | null = null;
  const ring = (): Element | null => {
    const subject = subjectOf(id, view);
    if (subject === ringed) return subject;
    ringed?.removeAttribute(RINGED);
    subject?.setAttribute(RINGED, subject.id === view ? 'around' : 'inside');
    ringed = subject;
    return subject;
  };
  let behavior: ScrollBehavior = travel ? 'smooth' : 'instant';
  const scroll = () => {
    const subject = ring();
    if (subject) targetOf(subject, id, card).scrollIntoView({ behavior, block: 'start' });
  };
  const arrived = () => {
    behavior = 'instant';
  };
  // Says that the page travels by itself; the scroll that is to be seen is the subject's.
  if (travel) scrollToSection(view);
  const growth = new ResizeObserver(scroll);
  growth.observe(document.body);
  window.addEventListener('scrollend', arrived);
  const begun = performance.now();
  // The key that asked for this step is still on its way up to the window.
  const stay = (event: Event) => {
    if (event.timeStamp > begun) growth.disconnect();
  };
  for (const gesture of GESTURES) window.addEventListener(gesture, stay, { passive: true });
  scroll();
  return () => {
    growth.disconnect();
    window.removeEventListener('scrollend', arrived);
    for (const gesture of GESTURES) window.removeEventListener(gesture, stay);
    ringed?.removeAttribute(RINGED);
  };
}
