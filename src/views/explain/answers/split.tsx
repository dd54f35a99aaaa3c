/** The split: what γ means, and whether it costs anything. */
import { formatCount } from '../../../analysis/format';
import { useSubject } from '../useSubject';
import { P } from './answer';
import type { Answer } from './answer';

export const gamma: Answer = {
  Short: () => (
    <P>
      γ is the share of the base layer’s channels that <b>bypass</b> the dense block, as in the paper’s Table 1, where
      compute falls as γ rises. The first floor(γ·c) channels bypass. Some repositories use the opposite sense.
    </P>
  ),
  More: function More() {
    const { csp, name, stage } = useSubject();
    return (
      <P>
        {name} has γ = {csp.spec.gamma}: in stage {stage}, {csp.facts.bypass} of {csp.facts.base.shape[0]} channels
        bypass. One sentence of the paper’s text has it the other way round (“the former is directly linked to the end
        of the stage” after naming x₀″ first); its equations and figures agree that x₀′ bypasses and x₀″ enters the
        block.
      </P>
    );
  },
};

export const split: Answer = {
  Short: () => (
    <P>
      In CSPDenseNet a slice: it reads nothing and computes nothing. The authors’ darknet networks use two 1×1
      convolutions instead and call the forms equivalent. In cost they are not: two convolutions read the base layer
      twice.
    </P>
  ),
  More: function More() {
    const { csp, name, stage } = useSubject();
    const [c, height, width] = csp.facts.base.shape;
    const { bypass, entering } = csp.facts;
    const pixels = height * width;
    return (
      <P>
        For stage {stage} of {name} two 1×1 convolutions from {c} channels to {bypass} and to {entering} would add{' '}
        {formatCount((2 * c + bypass + entering) * pixels)} elements of CIO and{' '}
        {formatCount(c * (bypass + entering) * pixels)} multiply-accumulates at {height}×{width}. What they buy is that
        each part can choose from all channels.
      </P>
    );
  },
};
