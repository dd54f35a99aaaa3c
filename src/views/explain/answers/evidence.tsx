/** What has been published about first against last, what our own networks say, and the other families of the paper. */
import { List } from '@mantine/core';
import { formatShare } from '../../../analysis/format';
import { parseNetwork } from '../../../network/text';
import type { Fusion } from '../../../network/spec';
import type { ModelCard } from '../../../weights/card';
import { useLab } from '../../useLab';
import { P } from './answer';
import type { Answer } from './answer';

function cardOf(cards: readonly ModelCard[], fusion: Fusion): ModelCard | undefined {
  return cards.find((card) => parseNetwork(card.network).fusion === fusion);
}

/** Our own two networks, and whether their intervals tell them apart. */
function OwnNetworks() {
  const cards = useLab((state) => state.cards);
  const first = cardOf(cards, 'first');
  const last = cardOf(cards, 'last');
  if (!first || !last) return null;
  const of = ({ accuracy: { overall } }: ModelCard) =>
    `${formatShare(overall.top1)} (95 % interval ${formatShare(overall.interval[0])} to ${formatShare(overall.interval[1])})`;
  const [low, high] = [first, last].map(({ accuracy }) => accuracy.overall.interval);
  const apart = low && high && (low[1] < high[0] || high[1] < low[0]);
  return (
    <List.Item>
      Our own small networks on {first.dataset.name}: first {of(first)}, last {of(last)}.{' '}
      {apart ? 'The intervals do not overlap.' : 'The intervals overlap: no ranking follows.'}
    </List.Item>
  );
}

export const evidence: Answer = {
  Short: () => (
    <P>
      The evidence is mixed. In the paper’s Figure 4 fusion last loses 0.1 points of top-1 and fusion first 1.5, both
      for less compute. In the authors’ later comparison on COCO the order of the two is reversed.
    </P>
  ),
  More: () => (
    <List size="sm" spacing={4}>
      <List.Item>
        Published, Figure 4 of the paper: PeleeNet on ImageNet at γ = ½, against PeleeNet itself. Standard −13 % compute
        and +0.2 points, fusion last −21 % and −0.1, fusion first −26 % and −1.5.
      </List.Item>
      <List.Item>
        Published, arXiv 2211.04800, Table 6, COCO AP: CSP 51.0, fusion first 50.8, fusion last 50.6.
      </List.Item>
      <OwnNetworks />
    </List>
  ),
};

export const c3: Answer = {
  Short: () => (
    <P>
      Yes. Its two branches are concatenated first, and a 1×1 convolution then works on the result. Its split is two 1×1
      convolutions, not a slice.
    </P>
  ),
};

export const families: Answer = {
  Short: () => (
    <P>
      The paper cuts other backbones the same way. Half of the channels go through the blocks, so ResNet’s and ResNeXt’s
      bottleneck is no longer needed. EFM is a detection neck, not part of the backbone.
    </P>
  ),
  More: () => (
    <List size="sm" spacing={4}>
      <List.Item>
        <b>CSPResNet, CSPResNeXt</b>, published as darknet configurations at 256×256: ResNeXt-50 10.11 → 7.93 BFLOPs at
        77.8 → 77.9 top-1. Their split is two 1×1 convolutions.
      </List.Item>
      <List.Item>
        <b>CSPPeleeNet</b> was never released; the paper gives 0.888 BFLOPs at γ = ½ against PeleeNet’s 1.017. Both are
        published. A recount by hand, not on this page, of its Figure 3 taken literally, with the second transition at
        full resolution, comes to 1.124: more than PeleeNet.
      </List.Item>
      <List.Item>
        <b>EFM</b>, the Exact Fusion Model: scale s of the pyramid joins scales s − 1, s and s + 1, and Maxout across
        channels compresses the result.
      </List.Item>
    </List>
  ),
};
