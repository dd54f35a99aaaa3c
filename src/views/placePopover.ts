/** Where the browser's own popovers open: under their button, or above it in the lower part of the screen. */

/** Between button and popover, and popover and the edge of the screen, px. */
const GAP = 6;
const MARGIN = 12;

/**
 * Places a popover that is positioned absolutely, so that it scrolls with the page.
 * @param width the popover's, where there is room, px.
 */
export function placePopover(popover: HTMLElement, button: Element, width: number): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { clientWidth } = document.documentElement;
  const own = Math.min(width, clientWidth - 2 * MARGIN);
  const below = bottom < 0.6 * window.innerHeight;
  popover.style.left = `${Math.max(MARGIN, Math.min(left - MARGIN, clientWidth - own - MARGIN)) + window.scrollX}px`;
  popover.style.top = `${(below ? bottom + GAP : top - GAP) + window.scrollY}px`;
  popover.style.translate = below ? '' : '0 -100%';
}
