import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { alignedPair } from './alignedPair';
import { samePart } from './samePart';

const build = (text: string) => buildNetwork(parseNetwork(text));

function shown(a: string, b: string, stage: 'all' | number, chosen: string) {
  const networks = [build(a), build(b)] as const;
  const pair = alignedPair(networks[0], networks[1], stage, { width: 1000 });
  const drawn = [
    { network: networks[0], diagram: pair.a },
    { network: networks[1], diagram: pair.b },
  ];
  return samePart(drawn, chosen).map((found) => found && `${found.node} ${found.part?.name}`);
}

describe('samePart', () => {
  const pair = ['cspdensenet121-first', 'cspdensenet121-last'] as const;
  it('is the node of the same name, with its part', () => {
    expect(shown(...pair, 1, 'stage1/dense2/conv2')).toEqual(['stage1/dense2/conv2 x₂', 'stage1/dense2/conv2 x₂']);
    expect(shown(...pair, 3, 'stage3/dense9/conv2')).toEqual(['stage3/dense9/conv2 x₉', 'stage3/dense9/conv2 x₉']);
    expect(shown(...pair, 1, 'stage1/merge')).toEqual(['stage1/merge [x₀′, x₀″, x₁ … x₆]', 'stage1/merge [x₀′, x_T]']);
  });

  it('is the node of the same part where the names differ', () => {
    const listing = 'cspdensenet121-last@definition=listing';
    expect(shown('densenet121', listing, 2, 'stage1/pool')).toEqual(['stage1/pool x₀', 'stage1/merge x₀']);
    expect(shown('densenet121', 'cspdensenet121-last', 1, 'stage1/split/part2')).toEqual([
      'stem/pool x₀',
      'stage1/split/part2 x₀″',
    ]);
  });

  it('is nothing where there is no such part', () => {
    expect(shown(...pair, 1, 'stage1/denseTransition/conv')).toEqual([undefined, 'stage1/denseTransition/conv x_T']);
    expect(shown(...pair, 1, 'nonsense')).toEqual([undefined, undefined]);
    expect(shown('cspdensenet-first@growth=8,blocks=2-2,stem=8,size=64', 'densenet121', 3, 'stage3/pool')).toEqual([
      undefined,
      'stage3/pool x_U',
    ]);
  });

  it('shows the head where it has maps', () => {
    expect(shown(...pair, 'all', 'head/linear')).toEqual(['head/relu head', 'head/relu head']);
  });
});
