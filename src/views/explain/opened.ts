/** Which questions of Explain are open, and which one the page was asked to show. In no link: texts, not state. */
import { create } from 'zustand';
import { usePage } from '../../state/page';
import { scrollToSection } from '../shell/useSections';
import type { TopicId } from './questions';

interface Opened {
  readonly open: readonly string[];
  /** A topic that is to be brought on the screen once Explain is there. */
  readonly asked: TopicId | null;
  readonly setOpen: (open: readonly string[]) => void;
  readonly arrived: () => void;
}

export const useOpened = create<Opened>((set) => ({
  open: ['idea'],
  asked: null,
  setOpen: (open) => set({ open }),
  arrived: () => set({ asked: null }),
}));

/** Opens a question in Explain and goes there. */
export function openTopic(topic: TopicId): void {
  useOpened.setState(({ open }) => ({ open: open.includes(topic) ? open : [...open, topic], asked: topic }));
  if (document.fullscreenElement) void document.exitFullscreen();
  usePage.getState().change({ view: 'explain' });
  scrollToSection('explain');
}
