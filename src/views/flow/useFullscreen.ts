/** Fills the screen with an element, where the browser can. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

export interface Fullscreen<E extends HTMLElement> {
  readonly ref: RefObject<E | null>;
  readonly isFull: boolean;
  /** undefined where the browser cannot. */
  readonly toggle: (() => void) | undefined;
}

export function useFullscreen<E extends HTMLElement>(): Fullscreen<E> {
  const ref = useRef<E>(null);
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const onChange = () => setFull(ref.current !== null && document.fullscreenElement === ref.current);
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, []);
  const toggle = useCallback(() => {
    // Refused where a page is embedded without the permission: then the flow stays as it is.
    const asked = document.fullscreenElement ? document.exitFullscreen() : ref.current?.requestFullscreen();
    asked?.catch(() => setFull(false));
  }, []);
  return { ref, isFull, toggle: document.fullscreenEnabled ? toggle : undefined };
}
