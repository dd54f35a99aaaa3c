/** Keeps the section in the link and the one on the screen the same, both ways. */
import { useEffect, useEffectEvent } from 'react';
import { usePage } from '../../state/page';
import { VIEWS } from '../../state/pageState';
import type { View } from '../../state/pageState';

/** True while the page scrolls by itself: what it passes on the way was not chosen by anyone. */
let travelling = false;

/** Scrolls to a section; at once where people asked for less motion. */
export function scrollToSection(view: View): void {
  travelling = true;
  document.getElementById(view)?.scrollIntoView({ behavior: 'smooth' });
}

/** The section in the middle of the screen becomes the link's; opening a link and back and forward scroll there. */
export function useSections(): void {
  const change = usePage((page) => page.change);
  const shown = useEffectEvent((view: View) => {
    if (view !== usePage.getState().state.view) change({ view }, 'replace');
  });
  useEffect(() => {
    const { view } = usePage.getState().state;
    let last = view;
    const forget = usePage.subscribe((_, before) => {
      last = before.state.view;
    });
    // Until the person does something the page stays where the link opens it, also while parts of it still arrive.
    let touched = false;
    const touch = () => {
      touched = true;
    };
    const GESTURES = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;
    for (const gesture of GESTURES) window.addEventListener(gesture, touch, { passive: true });
    const arrive = () => {
      // The first section is on the screen as it is, below the networks.
      if (!touched && view !== VIEWS[0]) document.getElementById(view)?.scrollIntoView({ behavior: 'instant' });
    };
    const growth = new ResizeObserver(arrive);
    growth.observe(document.body);
    const arrived = () => {
      travelling = false;
    };
    window.addEventListener('scrollend', arrived);
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          const section = VIEWS.find((name) => name === target.id);
          if (isIntersecting && section && touched && !travelling) shown(section);
        }
      },
      { rootMargin: '-45% 0px -45% 0px' },
    );
    for (const name of VIEWS) {
      const section = document.getElementById(name);
      if (section) observer.observe(section);
    }
    // The store has read the address by now: main.tsx listens first.
    const travelled = () => {
      const { view: now } = usePage.getState().state;
      if (now !== last) scrollToSection(now);
    };
    window.addEventListener('popstate', travelled);
    return () => {
      for (const gesture of GESTURES) window.removeEventListener(gesture, touch);
      window.removeEventListener('scrollend', arrived);
      growth.disconnect();
      observer.disconnect();
      forget();
      window.removeEventListener('popstate', travelled);
    };
  }, []);
}
