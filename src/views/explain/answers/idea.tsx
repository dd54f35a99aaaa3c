/** A stage of DenseNet, the cut that makes it Cross Stage Partial, and where the parts meet again. */
import { describeStage } from '../../../diagram/describePair';
import { Notation } from '../../flow/Notation';
import { DenseForward, DenseUpdate } from '../equations/Dense';
import { PartialForward } from '../equations/Partial';
import { integer } from '../../inWords';
import { useSubject } from '../useSubject';
import { P } from './answer';
import type { Answer } from './answer';

export const dense: Answer = {
  Short: () => (
    <P>
      Every dense layer reads the concatenation of all that was made before it in its stage and adds d channels of its
      own. After the last one a transition, a 1×1 convolution and a pool, makes the stack narrower and smaller.
    </P>
  ),
  More: function More() {
    const { plain, stage } = useSubject();
    const { facts, gradient } = plain;
    return (
      <>
        <DenseForward />
        <P>
          Stage {stage} of DenseNet at the widths shown: {facts.base.shape[0]} channels enter, {facts.layers.length}{' '}
          layers add {facts.layers[0]?.channels ?? 0} each. Together the layers read {integer(gradient.reads)} channels,
          of which {integer(gradient.unique)} are different; the other {integer(gradient.reads - gradient.unique)} are
          read again. Backwards the same lists appear once more:
        </P>
        <DenseUpdate />
      </>
    );
  },
};

export const idea: Answer = {
  Short: () => (
    <P>
      A stage’s base layer x₀ is cut in two along its channels: x₀′ goes around the dense block, x₀″ goes through it,
      and both meet again at the end of the stage.
    </P>
  ),
  More: function More() {
    const { csp, name, plain, stage } = useSubject();
    return (
      <>
        <PartialForward />
        <P>
          Stage {stage} of {name}: {csp.facts.bypass} of {csp.facts.base.shape[0]} channels bypass, {csp.facts.entering}{' '}
          enter. Its {csp.facts.layers.length} layers read {integer(csp.gradient.reads)} channels;{' '}
          {plain.facts.base.shape[0] === csp.facts.base.shape[0]
            ? 'without the split,'
            : `DenseNet’s, with its ${plain.facts.base.shape[0]} channels there,`}{' '}
          {integer(plain.gradient.reads)}.
        </P>
      </>
    );
  },
};

export const fusions: Answer = {
  Short: () => (
    <P>
      In where the parts meet. <b>Standard</b>: transition on the dense side, concatenation, transition over everything.{' '}
      <b>Fusion first</b>: concatenation, then one transition over everything. <b>Fusion last</b>: transition on the
      dense side, then concatenation.
    </P>
  ),
  More: function More() {
    const { csp, name, stage } = useSubject();
    return (
      <>
        <P>
          <b>
            Stage {stage} of {name}, fusion {csp.spec.fusion}, definition {csp.spec.definition}.
          </b>{' '}
          <Notation text={describeStage(csp.network, stage)} />
        </P>
        <P>
          In the last stage there is no transition after the concatenation and no pool, as in DenseNet; the transition
          on the dense side is there in every stage of standard and last.
        </P>
      </>
    );
  },
};
