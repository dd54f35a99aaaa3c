import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { nodeOf } from '../network/network';
import { parseNetwork } from '../network/text';
import { channelName, channelOrigins, originOfChannel } from './channelOrigins';
import { subscript } from './notation';
import { ROLE_COLOURS } from './roles';

const build = (text: string) => buildNetwork(parseNetwork(text));
const ODD = 'growth=7,blocks=3-2-2,stem=19,size=61';
const named = (text: string, id: string) =>
  channelOrigins(build(text), id).map(({ name, count }) => `${name} ${count}`);

const TEXTS = [
  'densenet121',
  `densenet@${ODD}`,
  ...(['standard', 'first', 'last'] as const).flatMap((fusion) =>
    (['paper', 'listing'] as const).flatMap((definition) =>
      [0, 0.25, 0.33, 0.5, 0.875].map(
        (gamma) => `cspdensenet-${fusion}@${ODD},definition=${definition},gamma=${gamma}`,
      ),
    ),
  ),
  `cspdensenet-last@${ODD},definition=listing,pool=yes`,
];

describe.each(TEXTS)('the channels of %s', (text) => {
  const network = build(text);
  it('come from sources that add up at every node, one after another', () => {
    for (const node of network.nodes) {
      const origins = channelOrigins(network, node.id);
      let from = 0;
      for (const origin of origins) {
        expect(origin.from, node.id).toBe(from);
        expect(origin.count, node.id).toBe(nodeOf(network, origin.node).shape[0]);
        from += origin.count;
      }
      expect(from, node.id).toBe(node.shape[0]);
    }
  });

  it('keep their source through concat, split and pool', () => {
    for (const { part1, part2, growth, block, merge, denseTransition, base, index, name } of network.stages) {
      const names = growth.map((_, i) => `x${subscript(i + 1)}`);
      const entering = part1 === undefined ? 'x₀' : 'x₀″';
      const dense = network.spec.definition === 'listing' ? names : [entering, ...names];
      const of = (id: string) => channelOrigins(network, id).map((origin) => origin.name);
      if (part1 !== undefined) expect(of(part1)).toEqual(['x₀′']);
      if (part1 !== undefined) expect(of(part2)).toEqual(['x₀″']);
      if (block !== merge) expect(of(block)).toEqual(dense);
      if (merge !== undefined) expect(of(merge)).toEqual(['x₀′', ...(denseTransition === undefined ? dense : ['x_T'])]);
      expect(of(`${name}/dense2/relu1`)).toEqual([entering, 'x₁']);
      // What enters a stage is what the stage before hands on.
      if (index > 1) expect(of(base)).toEqual(of(network.stages[index - 2]?.output ?? ''));
    }
    expect(channelOrigins(network, 'head/relu')).toEqual(channelOrigins(network, network.stages.at(-1)?.output ?? ''));
  });
});

describe('channelOrigins', () => {
  it('cuts at the right channels', () => {
    expect(named(`cspdensenet-first@${ODD},gamma=0.33`, 'stage1/merge')).toEqual([
      'x₀′ 6',
      'x₀″ 13',
      'x₁ 7',
      'x₂ 7',
      'x₃ 7',
    ]);
    expect(named(`cspdensenet-last@${ODD},gamma=0.33`, 'stage1/pool')).toEqual(['x₀′ 6', 'x_T 17']);
    expect(named(`cspdensenet-standard@${ODD},gamma=0.33`, 'stage1/pool')).toEqual(['x_U 11']);
    expect(named('densenet121', 'stage1/dense3/relu2')).toEqual(['H₃ 1×1 128']);
    expect(named('densenet121', 'stem/pool')).toEqual(['stem 64']);
    expect(named('densenet121', 'input')).toEqual(['picture 3']);
    expect(named('densenet121', 'head/linear')).toEqual(['class 1000']);
    expect(() => named('densenet121', 'stage9/merge')).toThrow('no node "stage9/merge"');
  });

  it('finds and names a channel', () => {
    const origins = channelOrigins(build('cspdensenet121-last'), 'stage4/merge');
    expect(origins.map(({ from, count }) => [from, count])).toEqual([
      [0, 304],
      [304, 408],
    ]);
    const origin = originOfChannel(origins, 304);
    expect(origin).toMatchObject({ name: 'x_T', role: 'transition', colour: ROLE_COLOURS.transition });
    expect(origin && channelName(origin, 306)).toBe('x_T·2');
    expect(originOfChannel(origins, 303)?.name).toBe('x₀′');
    expect(originOfChannel(origins, 712)).toBeUndefined();
  });
});
