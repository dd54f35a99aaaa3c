/** From what a person clicked to the channels that it opens, which stand below the screen. Plain DOM, no state. */

/** Whether someone asked for the channels, and not the link that the page was opened with. */
let asked = false;

/** The channels are about to be opened by a person. */
export function askForChannels(): void {
  asked = true;
}

/** Scrolls to the channels and gives their heading the focus, once, if they were asked for. */
export function reachChannels(section: Element | null, heading: HTMLElement | null): void {
  if (!asked) return;
  asked = false;
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  heading?.focus({ preventScroll: true });
  section?.scrollIntoView({ behavior: isStill ? 'instant' : 'smooth', block: 'start' });
}
