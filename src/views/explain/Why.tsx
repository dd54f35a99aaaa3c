/**
 * A "?" beside what people ask about: opens the short answer in place, with the way to the long one in Explain.
 * Stands in a div, not in a paragraph: the answer is a block of its own.
 */
import { useId, useState } from 'react';
import type { ToggleEvent } from 'react';
import { lazyPart } from '../lazyPart';
import classes from './explain.module.css';
import { QUESTIONS } from './questions';
import type { TopicId } from './questions';

const WhyAnswer = lazyPart(async () => (await import('./WhyAnswer')).WhyAnswer);

/** Between button and popover, and popover and the edge of the screen, px. */
const GAP = 6;
const MARGIN = 12;
/** The popover's width where there is room, px; explain.module.css has the same. */
const WIDTH = 340;

/** Puts the popover under its button, or above it in the lower part of the screen; it scrolls with the page. */
function place(popover: HTMLElement, button: Element): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { clientWidth } = document.documentElement;
  const width = Math.min(WIDTH, clientWidth - 2 * MARGIN);
  const below = bottom < 0.6 * window.innerHeight;
  popover.style.left = `${Math.max(MARGIN, Math.min(left - MARGIN, clientWidth - width - MARGIN)) + window.scrollX}px`;
  popover.style.top = `${(below ? bottom + GAP : top - GAP) + window.scrollY}px`;
  popover.style.translate = below ? '' : '0 -100%';
}

export function Why({ topic }: { readonly topic: TopicId }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const question = QUESTIONS[topic];
  return (
    <>
      <button type="button" className={classes.why} popoverTarget={id} aria-label={question} />
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label={question}
        className={classes.popover}
        onBeforeToggle={(event: ToggleEvent<HTMLDivElement>) => {
          const button = event.currentTarget.previousElementSibling;
          if (event.newState === 'open' && button) place(event.currentTarget, button);
        }}
        onToggle={(event: ToggleEvent<HTMLDivElement>) => setOpen(event.newState === 'open')}
      >
        {open && <WhyAnswer topic={topic} />}
      </div>
    </>
  );
}
