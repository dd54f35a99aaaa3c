/**
 * A "?" beside what people ask about: opens the short answer in place, with the way to the long one in Explain.
 * Stands in a div, not in a paragraph: the answer is a block of its own.
 */
import { useId, useState } from 'react';
import type { ToggleEvent } from 'react';
import { lazyPart } from '../lazyPart';
import { placePopover } from '../placePopover';
import classes from './explain.module.css';
import { QUESTIONS } from './questions';
import type { TopicId } from './questions';

const WhyAnswer = lazyPart(async () => (await import('./WhyAnswer')).WhyAnswer);

/** The popover's width where there is room, px; explain.module.css has the same. */
const WIDTH = 340;

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
          if (event.newState === 'open' && button) placePopover(event.currentTarget, button, WIDTH);
        }}
        onToggle={(event: ToggleEvent<HTMLDivElement>) => setOpen(event.newState === 'open')}
      >
        {open && <WhyAnswer topic={topic} />}
      </div>
    </>
  );
}
