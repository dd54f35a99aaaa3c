/** How the page counts at present: the convention for compute and the one for parameters. */
import { useMemo } from 'react';
import type { Counting } from '../analysis/metrics';
import { usePageHere } from './nearScreen';

export function useCounting(): Counting {
  const convention = usePageHere((page) => page.state.convention);
  const parameters = usePageHere((page) => page.state.parameters);
  return useMemo(() => ({ convention, parameters }), [convention, parameters]);
}
