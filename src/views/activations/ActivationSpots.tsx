/** The mean activations on one drawing, from code that is fetched when there are some for the first time: Spots.tsx. */
import { useEffect, useState } from 'react';
import type { Diagram, Looks } from '../../diagram/diagram';
import type { Slot } from '../../inference/protocol';
import { usePage } from '../../state/page';
import { useLab, useLabActions } from '../useLab';

type SpotsPart = (typeof import('./Spots'))['Spots'];

interface Props {
  readonly slot: Slot;
  readonly diagram: Diagram;
  readonly looks: Looks | undefined;
}

export function ActivationSpots({ slot, diagram, looks }: Props) {
  const lab = useLabActions();
  const summaries = useLab((state) => state.activations[slot].summaries);
  // In the view of the gradients it is not features that flow.
  const isForward = usePage((page) => page.state.flow === 'forward');
  const [Spots, setSpots] = useState<SpotsPart | null>(null);
  const isWanted = summaries.size > 0 && isForward;
  useEffect(() => {
    if (!isWanted || Spots) return undefined;
    let shown = true;
    import('./Spots').then(
      (loaded) => shown && setSpots(() => loaded.Spots),
      () => shown && lab.notice('The pictures on the parts could not be fetched; give a picture again to retry.'),
    );
    return () => {
      shown = false;
    };
  }, [isWanted, Spots, lab]);
  return isWanted && Spots ? <Spots {...{ slot, diagram, looks, summaries }} /> : null;
}
