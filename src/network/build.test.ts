import { describe, expect, it } from 'vitest';
import { buildNetwork, share } from './build';
import { nodeOf } from './network';
import { elements, parametersOf } from './parameters';
import { makeSpec, SMALLEST_SIZE } from './spec';
import { parseNetwork } from './text';

const build = (text: string) => buildNetwork(parseNetwork(text));
const trainable = (text: string) =>
  parametersOf(build(text)).reduce((sum, p) => sum + (p.trainable ? elements(p.shape) : 0), 0);
const features = (text: string) => nodeOf(build(text), 'head/pool').shape[0];

/** Trainable parameters and features before the classifier, counted with PyTorch. */
const REFERENCE: readonly (readonly [text: string, params: number, features: number])[] = [
  ['densenet121', 7_978_856, 1024],
  ['densenet161', 28_681_000, 2208],
  ['densenet169', 14_149_480, 1664],
  ['densenet201', 20_013_928, 1920],
  ['densenet264', 33_337_704, 2688],
  ['cspdensenet121-standard@definition=listing', 5_646_468, 366],
  ['cspdensenet121-first@definition=listing', 6_303_812, 731],
  ['cspdensenet121-last@definition=listing', 6_239_336, 512],
  ['cspdensenet121-last@definition=listing,pool=yes', 6_239_336, 512],
  ['cspdensenet161-standard@definition=listing', 21_276_778, 813],
  ['cspdensenet161-first@definition=listing', 23_010_958, 1625],
  ['cspdensenet161-last@definition=listing', 23_262_088, 1104],
  ['cspdensenet169-standard@definition=listing', 10_414_340, 654],
  ['cspdensenet169-first@definition=listing', 11_347_492, 1307],
  ['cspdensenet169-last@definition=listing', 11_486_184, 832],
  ['cspdensenet201-standard@definition=listing', 14_919_300, 718],
  ['cspdensenet201-first@definition=listing', 16_172_772, 1435],
  ['cspdensenet201-last@definition=listing', 16_292_584, 960],
  ['cspdensenet121-standard', 5_921_123, 434],
  ['cspdensenet121-first', 6_922_216, 1024],
  ['cspdensenet121-last', 6_989_504, 712],
  ['densenet@growth=16,blocks=4-8-12-8,stem=32,classes=61,size=96', 693_697, 268],
];

describe('buildNetwork', () => {
  it.each(REFERENCE)('%s has the reference parameters and features', (text, params, width) => {
    expect(trainable(text)).toBe(params);
    expect(features(text)).toBe(width);
  });

  it('cuts part 1 from the first channels and sends the rest through the block', () => {
    const network = build('cspdensenet121-standard@gamma=0.25');
    const [stage] = network.stages;
    expect(nodeOf(network, stage?.part1 ?? '').op).toEqual({ kind: 'slice', from: 0, to: 16 });
    expect(nodeOf(network, stage?.part2 ?? '').op).toEqual({ kind: 'slice', from: 16, to: 64 });
  });

  it('concatenates x0 prime before the dense side', () => {
    const network = build('cspdensenet121-last');
    expect(nodeOf(network, 'stage1/merge').inputs).toEqual(['stage1/split/part1', 'stage1/denseTransition/conv']);
    expect(nodeOf(network, 'stage1/merge').shape).toEqual([144, 56, 56]);
  });

  it('leaves x0 double prime out of the listing’s concatenation', () => {
    const inputs = (text: string) => nodeOf(build(text), 'stage1/merge').inputs;
    expect(inputs('cspdensenet121-first')).toContain('stage1/split/part2');
    expect(inputs('cspdensenet121-first@definition=listing')).not.toContain('stage1/split/part2');
  });

  it('keeps every stage of the listing’s fusion last at the stem’s resolution', () => {
    expect(nodeOf(build('cspdensenet121-last@definition=listing'), 'head/relu').shape).toEqual([512, 56, 56]);
    expect(nodeOf(build('cspdensenet121-last@definition=listing,pool=yes'), 'head/relu').shape).toEqual([512, 7, 7]);
  });

  it('has neither split nor merge where no channel bypasses', () => {
    const network = build('cspdensenet121-first@gamma=0');
    expect(network.nodes.some((node) => node.op.kind === 'slice')).toBe(false);
    expect(network.nodes.map((node) => node.shape)).toEqual(build('densenet121').nodes.map((node) => node.shape));
  });

  it('builds at the smallest size for 1 to 6 stages and at every γ', () => {
    SMALLEST_SIZE.forEach((size, index) => {
      const blocks = Array.from({ length: index + 1 }, () => 2);
      for (const fusion of ['plain', 'standard', 'first', 'last'] as const) {
        for (const gamma of [0, 0.25, 0.5, 0.875]) {
          const network = buildNetwork(makeSpec({ fusion, gamma, size, blocks, growth: 3, stem: 5, classes: 2 }));
          expect(network.nodes.every((node) => node.shape.every((n) => n >= 1))).toBe(true);
        }
      }
    });
  });

  it('has unique ids and inputs that come before', () => {
    for (const fusion of ['plain', 'standard', 'first', 'last'] as const) {
      const seen = new Set<string>();
      for (const node of buildNetwork(makeSpec({ fusion })).nodes) {
        expect(node.inputs.every((id) => seen.has(id))).toBe(true);
        expect(seen.has(node.id)).toBe(false);
        seen.add(node.id);
      }
    }
  });
});

describe('share', () => {
  it('rounds down in decimal, not in binary', () => {
    expect(share(0.29, 100)).toBe(29);
    expect(share(0.57, 100)).toBe(57);
    expect(share(0.5, 19)).toBe(9);
  });
});
