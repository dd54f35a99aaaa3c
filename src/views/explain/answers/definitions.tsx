/** Where paper and listing part: x₀″ is dropped, fusion last has no pool, and the paper's own text slips. */
import { List } from '@mantine/core';
import { computeOf } from '../../../analysis/conventions';
import { makeSpec } from '../../../network/spec';
import { chooseFusion } from '../../../state/knobs';
import { computeText, times } from '../../inWords';
import { countedAt } from '../subject';
import { useSubject } from '../useSubject';
import { P } from './answer';
import type { Answer } from './answer';

export const definitions: Answer = {
  Short: () => (
    <P>
      The paper’s equations and the article’s PyTorch listing do not describe the same network. “Paper” is what the
      paper describes; “listing” loads and reproduces checkpoints trained with the article’s code.
    </P>
  ),
  More: function More() {
    const { csp, stage } = useSubject();
    const paper = countedAt(makeSpec({ ...csp.spec, definition: 'paper', pool: true }), stage).facts;
    const listing = countedAt(makeSpec({ ...csp.spec, definition: 'listing', pool: true }), stage).facts;
    return (
      <List size="sm" spacing={4}>
        <List.Item>
          <b>x₀″ is dropped.</b> In the paper the dense side’s transition, or fusion first’s concatenation, sees [x₀″,
          x₁ … x<sub>m</sub>]; the listing concatenates only [x₁ … x<sub>m</sub>]. In stage {stage} of this network that
          is {paper.block} channels against {listing.block}
          {paper.entering === listing.entering
            ? ''
            : `, of bases that have already grown apart: ${paper.base.shape[0]} and ${listing.base.shape[0]} channels`}
          .
        </List.Item>
        <List.Item>
          <b>No pool in fusion last.</b> The listing’s only pool is inside the transition that its fusion last leaves
          out. All stages then work at the first one’s resolution. The pool has no weights, so such a checkpoint fits
          the pooled network too: choose “listing” and switch the pool on.
        </List.Item>
        <List.Item>
          <b>x₀′ and x₀″ swapped.</b> One sentence of the paper’s text lets the wrong part bypass. Equations, figures
          and listing agree: the first channels, x₀′, bypass.
        </List.Item>
        <List.Item>
          <b>Names.</b> The listing’s <code>stand</code>, <code>fusionfirst</code> and <code>fusionlast</code> are
          standard, first and last here. Its part 1 is c // 2 channels and its transitions halve with // 2.
        </List.Item>
      </List>
    );
  },
};

export const listing: Answer = {
  Short: () => (
    <P>
      It never makes the maps smaller. The listing’s only pool is inside the transition that fusion last leaves out, so
      every stage works at the resolution of the first.
    </P>
  ),
  More: function More() {
    const { csp, plain, convention } = useSubject();
    const last = chooseFusion(csp.spec, 'last');
    const asListed = countedAt(makeSpec({ ...last, definition: 'listing', pool: false }), last.blocks.length);
    const pooled = countedAt(makeSpec({ ...last, definition: 'listing', pool: true }), last.blocks.length);
    const of = (one: typeof plain) => computeOf(one.analysis.totals, convention);
    const text = (one: typeof plain) => computeText(one.analysis.totals, convention);
    const side = (one: typeof plain) => `${one.facts.base.shape[1]}×${one.facts.base.shape[2]}`;
    const ratio = (one: typeof plain) => times(of(asListed) / of(one));
    return (
      <>
        <P>
          At the depth and input size on the page: fusion last as listed takes {text(asListed)}. That is {ratio(plain)}{' '}
          the {text(plain)} of DenseNet, and {ratio(pooled)} the {text(pooled)} of the same code with pools.
        </P>
        <P>
          Its last stage works at {side(asListed)}, with pools at {side(pooled)}. For DenseNet-121 at 224×224 people
          speak of “seven times”: that is against the same network with pools; against DenseNet-121 it is a little over
          six.
        </P>
      </>
    );
  },
};
