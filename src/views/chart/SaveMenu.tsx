/** A button that opens the ways to save a picture. */
import { IconDownload } from '@tabler/icons-react';
import { memo, useId, useRef } from 'react';
import type { ToggleEvent } from 'react';
import { placePopover } from '../placePopover';
import classes from './save.module.css';

interface Props {
  /** What is saved, for the button's name: `the chart MACs`. */
  readonly what: string;
  /** One word or two each: `SVG`, `A: PNG`. The same array as long as they are the same. */
  readonly choices: readonly string[];
  /** Called with the place of the choice. */
  readonly onSave: (choice: number) => void;
  /** With a border, as the buttons beside it. */
  readonly framed?: boolean;
}

/** Width of the list, px; save.module.css has the same. */
const WIDTH = 130;

export const SaveMenu = memo(function SaveMenu({ what, choices, onSave, framed = false }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  return (
    <>
      <button
        type="button"
        className={classes.button}
        data-framed={framed}
        popoverTarget={id}
        aria-label={`Save ${what}`}
        title={`Save ${what}`}
      >
        <IconDownload size={framed ? 16 : 14} aria-hidden />
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="group"
        aria-label={`Save ${what} as`}
        className={classes.list}
        onBeforeToggle={(event: ToggleEvent<HTMLDivElement>) => {
          const button = event.currentTarget.previousElementSibling;
          if (event.newState === 'open' && button) placePopover(event.currentTarget, button, WIDTH);
        }}
      >
        {choices.map((choice, index) => (
          <button
            key={choice}
            type="button"
            className={classes.choice}
            onClick={() => {
              list.current?.hidePopover();
              onSave(index);
            }}
          >
            {choice}
          </button>
        ))}
      </div>
    </>
  );
});
