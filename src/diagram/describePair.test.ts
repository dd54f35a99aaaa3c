import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { describePair, describeStage } from './describePair';

const build = (text: string) => buildNetwork(parseNetwork(text));
const first = build('cspdensenet121-first');
const last = build('cspdensenet121-last');

describe('describePair', () => {
  it('tells fusion first from fusion last by the order of concat and transition', () => {
    expect(describePair(first, last, 1)).toBe(
      'A concatenates x₀′ with the dense side first and sends all 256 channels through the transition, to 128; ' +
        'B sends only the dense side’s 224 channels through a transition, to 112, and concatenates the 32 of x₀′ ' +
        'after it, which no transition touches here. x_U is 128 × 28² in A and 144 × 28² in B.',
    );
  });

  it('follows the networks it is given, not their names', () => {
    const none = build('cspdensenet121-last@gamma=0');
    expect(describePair(none, build('densenet121'), 1)).toBe(
      'Each of A and B lets nothing bypass: all 256 channels of the block pass the transition, to 128. ' +
        'x_U is 128 × 28² in both.',
    );
    const standard = build('cspdensenet121-standard');
    expect(describeStage(standard, 1)).toContain('and sends all 144 through a second transition, to 72');
    expect(describeStage(build('cspdensenet121-first'), 4)).toContain(
      'hands on all 1024 channels without a transition',
    );
  });

  it('says what the listing leaves out and that its maps are not halved', () => {
    const text = describePair(first, build('cspdensenet121-last@definition=listing'), 1);
    expect(text).toContain('192 channels (x₀″, 32 channels, is left out)');
    expect(text).toContain('x_U is 128 × 28² in A and 128 × 56² in B');
  });

  it('names different blocks, and a stage that one has not', () => {
    expect(describePair(first, build('cspdensenet201-first'), 3)).toContain(
      'The dense block has 24 layers of 32 channels in A, 48 layers of 32 in B.',
    );
    const short = build('densenet@growth=8,blocks=2-2,stem=8,size=64');
    expect(describePair(short, last, 3)).toMatch(/^B sends only .* A has only 2 stages\.$/);
    expect(() => describePair(short, short, 3)).toThrow('stage is 3; A has 2 stages, B 2');
  });

  it('describes whole networks', () => {
    expect(describePair(first, last, 'all')).toBe(
      'After each dense block, A: concat → transition (in the last stage none after the concat); ' +
        'B: transition → concat. The stages hand on 128, 256, 512, 1024 channels in A and 144, 300, 609, 712 in B.',
    );
    expect(describePair(first, build('cspdensenet121-last@definition=listing'), 'all')).toContain(
      'the last maps are 7² in A and 56² in B',
    );
  });
});
