/** Keeps the section in the link and the one on the screen the same, both ways. */
import { useEffect, useEffectEvent } from 'react';
import { usePage } from '../../state/page';
import { VIEWS } from '../../state/pageState';
import type { View } from '../../state/pageState';

/** Scrolls to a section; at once where people asked for less motion. */
export function scrollToSection(view: View): void {
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
    // The first section is on the screen as it is, below the networks.
    if (view !== VIEWS[0]) document.getElementById(view)?.scrollIntoView();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          const section = VIEWS.find((name) => name === target.id);
          if (isIntersecting && section) shown(section);
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
      observer.disconnect();
      forget();
      window.removeEventListener('popstate', travelled);
    };
  }, []);
}
