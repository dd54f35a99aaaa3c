/** Plays numbered steps in time with the screen's frames; knows nothing of what a step is. */
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Player {
  readonly playing: boolean;
  /** Starts, from the beginning where the end was reached, or pauses. Always the same function. */
  readonly toggle: () => void;
  /** Pauses without a word, because a step is chosen by hand. Always the same function. */
  readonly stop: () => void;
}

/**
 * @param step now shown, 0 for none
 * @param last number of steps
 * @param every ms for one step
 * @param onStep the next step: `drag` while playing, `push` where it pauses or ends
 */
export function usePlayer(
  step: number,
  last: number,
  every: number,
  onStep: (step: number, how: 'drag' | 'push') => void,
): Player {
  const [playing, setPlaying] = useState(false);
  // What the running loop and the buttons read: the loop must not start again because one of them changes.
  const now = useRef({ playing, step, last, every, onStep });
  useEffect(() => {
    now.current = { playing, step, last, every, onStep };
  });
  useEffect(() => {
    if (!playing) return undefined;
    let frame = 0;
    let shown: number | undefined;
    const tick = (time: number) => {
      const { step: at, last: end, every: duration, onStep: go } = now.current;
      shown ??= time;
      if (time - shown >= duration) {
        shown = time;
        if (at + 1 >= end) {
          setPlaying(false);
          go(end, 'push');
          return;
        }
        go(at + 1, 'drag');
      }
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [playing]);
  const toggle = useCallback(() => {
    const { playing: wasPlaying, step: at, last: end, onStep: go } = now.current;
    if (wasPlaying) go(at, 'push');
    else go(at >= end ? 1 : Math.max(1, at), 'drag');
    setPlaying(!wasPlaying);
  }, []);
  const stop = useCallback(() => setPlaying(false), []);
  return { playing, toggle, stop };
}
