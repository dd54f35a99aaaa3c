/** Flow, wired to the page: which networks, which stage, and what is lit up. */
import { usePage } from '../../state/page';
import { analysisOf } from '../useAnalysis';
import { FlowView } from './FlowView';

export function FlowSection() {
  const { a, b, stage, select } = usePage((page) => page.state);
  const change = usePage((page) => page.change);
  return (
    <FlowView
      a={analysisOf(a).network}
      b={b && analysisOf(b).network}
      labelA="A"
      labelB="B"
      stage={stage}
      onStage={(next) => change({ stage: next })}
      highlight={select === '' ? null : select}
      onHighlight={(id) => change({ select: id ?? '' }, 'drag')}
    />
  );
}
