/** React's way to the lab: a context that main.tsx fills, and a hook that selects from its state. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Lab } from '../state/lab';
import type { LabState } from '../state/labState';

export const LabContext = createContext<Lab | null>(null);

/** The lab's actions. */
export function useLabActions(): Lab {
  const lab = useContext(LabContext);
  if (!lab) throw new Error('there is no lab around this component');
  return lab;
}

/** A part of the lab's state; the component is drawn again when it changes. */
export function useLab<T>(select: (state: LabState) => T): T {
  return useStore(useLabActions().store, select);
}
