/** The networks that the texts of Explain count, as React sees them; what they are is subject.ts. */
import { useMemo } from 'react';
import { usePageHere } from '../nearScreen';
import { subjectOf } from './subject';
import type { Subject } from './subject';

/** The subject of the page as it is, or as it was when Explain was last in sight. */
export function useSubject(): Subject {
  const a = usePageHere((page) => page.state.a);
  const b = usePageHere((page) => page.state.b);
  const stage = usePageHere((page) => page.state.stage);
  const convention = usePageHere((page) => page.state.convention);
  return useMemo(() => subjectOf({ a, b, stage, convention }), [a, b, stage, convention]);
}
