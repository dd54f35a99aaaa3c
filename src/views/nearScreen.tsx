/**
 * Parts of the page that rest while they are off the screen: there they do not follow every move of a slider, but catch
 * up when the page has been still for a moment, or at once when they come in sight. What is in sight always follows.
 *
 * `<NearScreen>` marks a part; inside it `usePageHere` takes the place of `usePage`, and outside of any it is the same.
 */
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { usePage } from '../state/page';

type Page = ReturnType<typeof usePage.getState>;

/** Where a part gets the page's state from. */
interface Source {
  readonly subscribe: (listener: () => void) => () => void;
  readonly get: () => Page;
}

/** How long the page has to be still before parts that are far away catch up, ms. */
const STILL_MS = 200;

/** Whether a finger or a button is down: a slider that is held is not at rest, however long it stays where it is. */
let held = false;
for (const kind of ['pointerdown', 'pointerup', 'pointercancel', 'blur'] as const) {
  addEventListener(kind, () => (held = kind === 'pointerdown'), { capture: true, passive: true });
}

const LIVE: Source = { subscribe: usePage.subscribe, get: usePage.getState };
const SourceContext = createContext<Source>(LIVE);

/** The page's state as one part sees it. */
class Place implements Source {
  private seen = usePage.getState();
  private inSight = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stop = () => {};
  private readonly listeners = new Set<() => void>();

  readonly get = () => {
    // Nobody has listened, so nobody has seen anything older.
    if (this.listeners.size === 0) this.seen = usePage.getState();
    return this.seen;
  };

  readonly subscribe = (listener: () => void) => {
    if (this.listeners.size === 0) {
      this.stop = usePage.subscribe(() => this.changed());
      this.catchUp();
    }
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.stop();
      clearTimeout(this.timer);
    };
  };

  setInSight(inSight: boolean): void {
    this.inSight = inSight;
    if (inSight) this.catchUp();
  }

  private changed(): void {
    if (this.inSight) this.catchUp();
    else this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (held ? this.wait() : this.catchUp()), STILL_MS);
  }

  private catchUp(): void {
    clearTimeout(this.timer);
    const now = usePage.getState();
    if (now === this.seen) return;
    this.seen = now;
    for (const listener of this.listeners) listener();
  }
}

/** A part of the page that rests while it is far from the screen. It must not be drawn again by what is around it. */
export function NearScreen({ children }: { readonly children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [place] = useState(() => new Place());
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      const last = entries.at(-1);
      if (last) place.setInSight(last.isIntersecting);
    });
    if (frame.current) observer.observe(frame.current);
    return () => {
      observer.disconnect();
      place.setInSight(true);
    };
  }, [place]);
  // Whoever uses it has it in sight, also before the observer says so.
  const used = () => place.setInSight(true);
  return (
    <div ref={frame} onPointerDownCapture={used} onFocusCapture={used}>
      <SourceContext value={place}>{children}</SourceContext>
    </div>
  );
}

/** A part of the page's state and its actions, as `usePage` gives them, but at rest where the part around is. */
export function usePageHere<T>(select: (page: Page) => T): T {
  const source = useContext(SourceContext);
  return useSyncExternalStore(source.subscribe, () => select(source.get()));
}
