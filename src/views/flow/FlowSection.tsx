/** Flow, wired to the page: which networks, which stage, what is lit up, and how large it is drawn. */
import { useCallback } from 'react';
import { formatNetwork } from '../../network/text';
import { usePage } from '../../state/page';
import { analysisOf } from '../useAnalysis';
import { FlowView } from './FlowView';

export function FlowSection() {
  const { a, b, stage, select, zoom } = usePage((page) => page.state);
  const hover = usePage((page) => page.hover);
  const point = usePage((page) => page.point);
  const change = usePage((page) => page.change);
  const onSelect = useCallback((id: string | null) => change({ select: id ?? '' }), [change]);
  const onStage = useCallback((next: 'all' | number) => change({ stage: next }), [change]);
  const onZoom = useCallback((next: number) => change({ zoom: next }), [change]);
  const selected = select === '' ? null : select;
  return (
    <FlowView
      a={analysisOf(a).network}
      b={b && analysisOf(b).network}
      labelA={formatNetwork(a)}
      labelB={b ? formatNetwork(b) : ''}
      stage={stage}
      onStage={onStage}
      highlight={hover ?? selected}
      onHighlight={point}
      selected={selected}
      onSelect={onSelect}
      zoom={zoom}
      onZoom={onZoom}
    />
  );
}
