/** Flow, wired to the page: which networks are drawn, and which of their layers are chosen elsewhere. */
import { useMemo } from 'react';
import { formatNetwork } from '../../network/text';
import { usePage } from '../../state/page';
import { usePageHere } from '../nearScreen';
import { analysisOf } from '../useAnalysis';
import { FlowView } from './FlowView';

export function FlowSection() {
  const a = usePageHere((page) => page.state.a);
  const b = usePageHere((page) => page.state.b);
  const brush = usePage((page) => page.state.brush);
  const knownA = analysisOf(a);
  // The strip of all layers counts the convolutions and the linear layer of A.
  const brushed = useMemo(() => {
    if (!brush) return undefined;
    const strip = knownA.analysis.layers.filter((layer) => layer.op !== 'batchNorm');
    return new Set(strip.slice(brush[0], brush[1] + 1).map((layer) => layer.id));
  }, [brush, knownA]);
  return (
    <FlowView
      a={knownA.network}
      b={b && analysisOf(b).network}
      labelA={formatNetwork(a)}
      labelB={b ? formatNetwork(b) : ''}
      brushed={brushed}
    />
  );
}
