/** How cost is counted: CIO, and the conventions for compute. */
import { List } from '@mantine/core';
import { computeOf, CONVENTION_TEXTS } from '../../../analysis/conventions';
import type { Convention } from '../../../analysis/conventions';
import { formatCount } from '../../../analysis/format';
import { formatNetwork } from '../../../network/text';
import { CioCount, CioDefinition, CioFormulas } from '../equations/Cio';
import { integer, less } from '../../inWords';
import { useSubject } from '../useSubject';
import { P } from './answer';
import type { Answer } from './answer';

export const cio: Answer = {
  Short: () => (
    <P>
      Convolutional input/output: for every convolution the elements it reads plus the elements it writes, a stand-in
      for memory traffic. A concatenated input counts in full each time it is read. The paper’s formula assumes one
      convolution per dense layer; DenseNet’s layers have two.
    </P>
  ),
  More: function More() {
    const { csp, name, plain, stage } = useSubject();
    const { block } = csp;
    const premise = block.m * block.d < block.c;
    return (
      <>
        <CioDefinition />
        <CioFormulas />
        <CioCount />
        <P>
          Stage {stage} of {name} (c = {block.c}, m = {block.m}, d = {block.d}, b = {block.b}): by the formula the split
          takes the block from {integer(block.formula.dense)} to {integer(block.formula.partial)} per pixel,{' '}
          {less(block.formula.partial, block.formula.dense)}. Counted, from {integer(block.counted.dense)} to{' '}
          {integer(block.counted.partial)}, {less(block.counted.partial, block.counted.dense)}. The whole network,
          transitions included, has {less(csp.analysis.totals.cio, plain.analysis.totals.cio)} CIO than DenseNet.
        </P>
        <P>
          “Up to half” needs m and d far below c. Here m·d = {block.m * block.d}{' '}
          {premise ? 'is below' : 'is not even below'} c = {block.c}; in DenseNet-121 m·d ≥ c holds in every stage.
        </P>
        <P>
          CIO does not fall everywhere: counted from the authors’ configurations, not on this page, CSPDarkNet-53 has 44
          % more than DarkNet-53. The published 34.4 M for ResNeXt-50 and 32.6 M for CSPResNeXt-50 are at 256×256 and
          include max-pool and global average pool.
        </P>
      </>
    );
  },
};

const CONVENTIONS = Object.keys(CONVENTION_TEXTS).filter((key): key is Convention =>
  Object.hasOwn(CONVENTION_TEXTS, key),
);

export const macs: Answer = {
  Short: () => (
    <P>
      MACs are multiply-accumulates of convolutions and the linear layer; FLOPs are twice as many. Several tools print
      MACs and call them FLOPs, and some add batch normalisation. All numbers here are for one picture at the input size
      of the network’s name.
    </P>
  ),
  More: function More() {
    const { csp, name } = useSubject();
    return (
      <>
        <P>
          {name} ({formatNetwork(csp.spec)}) in the conventions that Cost offers:
        </P>
        <List size="sm">
          {CONVENTIONS.map((convention) => (
            <List.Item key={convention}>
              {formatCount(computeOf(csp.analysis.totals, convention))}, {CONVENTION_TEXTS[convention].label}, as in{' '}
              {CONVENTION_TEXTS[convention].tools}
            </List.Item>
          ))}
        </List>
        <P>
          Parameters are all trainable ones, or, as the CSPNet paper counts, weights alone:{' '}
          {formatCount(csp.analysis.totals.params)} or {formatCount(csp.analysis.totals.weights)}. “MAC” also stands for
          memory access cost in the CSPNet and ShuffleNetV2 papers; here it never does.
        </P>
      </>
    );
  },
};
