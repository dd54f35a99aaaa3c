/** Equations 2 and 4: what is truncated, and what counting their arguments can say. */
import { List } from '@mantine/core';
import { Notation } from '../../flow/Notation';
import { PartialUpdate } from '../equations/Partial';
import { integer } from '../../inWords';
import type { Counted } from '../subject';
import { useSubject } from '../useSubject';
import { P } from './answer';
import type { Answer } from './answer';

export const truncate: Answer = {
  Short: () => (
    <P>
      A transition between the dense block and the concatenation mixes everything into x<sub>T</sub>. What comes after
      it sees one gradient g<sub>T</sub> in place of g₀″, g₁ … g<sub>k</sub>. The gradient is projected again by that
      1×1 convolution; it does not stop there.
    </P>
  ),
  More: function More() {
    const { csp, name, plain, stage } = useSubject();
    const shared = ({ gradient }: Counted) => gradient.shared.length;
    const hasTransition = csp.facts.transition !== undefined;
    return (
      <>
        <PartialUpdate />
        <P>
          Stage {stage} of {name}, fusion {csp.spec.fusion}:{' '}
          {hasTransition
            ? `the transition after the concatenation shares ${shared(csp)} gradients with the block.`
            : 'there is no transition after the concatenation, so nothing is shared with the block inside this stage.'}{' '}
          {plain.facts.transition === undefined
            ? 'DenseNet’s last stage has no transition either.'
            : `In DenseNet the transition shares ${shared(plain)}.`}
        </P>
      </>
    );
  },
};

export const counting: Answer = {
  Short: () => (
    <P>
      No. It counts the arguments of the paper’s equations 2 and 4. Nobody has published a measurement, and readers
      dispute the equations themselves: g<sub>i</sub> is never defined, and the indices of equation 2 look reversed
      against back-propagation.
    </P>
  ),
  More: function More() {
    const { csp, name, plain, stage } = useSubject();
    const repeated = ({ gradient }: Counted) => integer(gradient.reads - gradient.unique);
    const line = (what: string, one: Counted) => (
      <List.Item>
        {what}: {one.gradient.terms} arguments, {one.gradient.distinct} distinct, {one.gradient.duplicates} repeated;
        weighed by channels the block reads {repeated(one)} a further time.
      </List.Item>
    );
    return (
      <>
        <P>Stage {stage}:</P>
        <List size="sm">
          {line(name, csp)}
          {line('DenseNet', plain)}
        </List>
        <P>
          Repetitions inside the block do not fall with the split. What falls is the sharing between the block and what
          follows it, and the number of channels behind g₀.
        </P>
        <P>
          <Notation text="The reading used here: the weight gradient of layer k uses the slices x₀ … x_k₋₁ of its input. The authors’ later papers call concatenated gradients “split and not intersected”. The dispute is in issues 27 and 48 of their repository CrossStagePartialNetworks." />
        </P>
      </>
    );
  },
};
