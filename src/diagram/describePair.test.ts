import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { describeNetwork, describePair, describeStage } from './describePair';

const build = (text: string) => buildNetwork(parseNetwork(text));
const first = build('cspdensenet121-first');
const last = build('cspdensenet121-last');

describe('describePair', () => {
  it('tells fusion first from fusion last by the order of concat and transition', () => {
    expect(describePair(first, last, 1)).toBe(
      'A, concat → transition: x₀′ (32 channels) joins the dense side first, and all 256 channels then go through the ' +
        'transition, to 128. B, transition → concat: only the dense side’s 224 channels go through a transition, to ' +
        '112; x₀′ (32 channels) joins after it, touched by no transition of this stage. ' +
        'x_U is 128 × 28² in A and 144 × 28² in B.',
    );
  });

  it('follows the networks it is given, not their names', () => {
    const none = build('cspdensenet121-last@gamma=0');
    expect(describePair(none, build('densenet121'), 1)).toBe(
      'A and B alike, transition: nothing bypasses the block, and all its 256 channels go through the transition, ' +
        'to 128. x_U is 128 × 28² in both.',
    );
    const standard = build('cspdensenet121-standard');
    expect(describeStage(standard, 1)).toMatch(/^Transition → concat → transition: only the dense side’s 224 channels/);
    expect(describeStage(standard, 1)).toContain('and all 144 go through a second transition, to 72');
    expect(describeStage(first, 4)).toBe(
      'Concat: x₀′ (256 channels) joins the dense side first, and all 1024 channels are handed on as they are. ' +
        'x_U is 1024 × 7².',
    );
  });

  it('says how γ moves the cut where nothing else differs', () => {
    const text = describePair(first, build('cspdensenet121-first@gamma=0.25'), 1);
    expect(text).toContain('A, concat → transition: x₀′ (32 channels)');
    expect(text).toContain('B, concat → transition: x₀′ (16 channels)');
  });

  it('says what the listing leaves out and that its maps are not halved', () => {
    const listing = build('cspdensenet121-last@definition=listing');
    const text = describePair(first, listing, 1);
    expect(text).toContain('192 channels (x₀″, 32 channels, is left out)');
    expect(text).toContain('x_U is 128 × 28² in A and 128 × 56² in B. Only A halves its maps here.');
    expect(describePair(listing, build('cspdensenet121-last@definition=listing,pool=yes'), 1)).toMatch(
      /^A and B alike, transition → concat: .* Only B halves its maps here\.$/,
    );
  });

  it('names different blocks, and a stage that one has not', () => {
    expect(describePair(first, build('cspdensenet201-first'), 3)).toContain(
      'The dense block has 24 layers of 32 channels in A, 48 layers of 32 in B.',
    );
    const short = build('densenet@growth=8,blocks=2-2,stem=8,size=64');
    expect(describePair(short, last, 3)).toMatch(/^B, transition → concat: only .* A has only 2 stages\.$/);
    expect(() => describePair(short, short, 3)).toThrow('stage is 3; A has 2 stages, B 2');
  });

  it('describes one whole network', () => {
    expect(describeNetwork(build('densenet121'))).toBe(
      'After each dense block: transition, with nothing that bypasses (in the last stage one transition less). ' +
        'The stages hand on 128, 256, 512, 1024 channels; the last maps are 7².',
    );
  });

  it('describes whole networks', () => {
    expect(describePair(first, last, 'all')).toBe(
      'After each dense block, A: concat → transition (in the last stage no transition after the concat); ' +
        'B: transition → concat. The stages hand on 128, 256, 512, 1024 channels in A and 144, 300, 609, 712 in B.',
    );
    expect(describePair(first, build('cspdensenet121-last@definition=listing'), 'all')).toContain(
      'the last maps are 7² in A and 56² in B',
    );
  });
});
