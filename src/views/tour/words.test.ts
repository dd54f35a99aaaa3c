import { describe, expect, it } from 'vitest';
import { TOUR } from '../../state/tour';
import type { TourId } from '../../state/tour';
import type { Convention } from '../../analysis/conventions';
import { wordsOf } from './words';

function say(id: TourId, convention: Convention = 'macs'): string {
  const step = TOUR.find((one) => one.id === id);
  if (!step) throw new Error(`the tour has no step "${id}"`);
  return wordsOf(step, convention).join(' ');
}

/** Reference numbers of DenseNet-121 and its CSP variants, recounted with PyTorch, and what each step must say of them. */
const SAID: readonly (readonly [id: TourId, numbers: readonly string[]])[] = [
  [
    'dense',
    ['64 channels', '6 dense layers', 'adds 32', 'the last 224', 'read 864 channels', '224 different', 'all 256'],
  ],
  ['split', ['first 32 of its 64', 'γ = 0.5', 'other 32', 'read 672 channels in A', '864 in B']],
  ['cio', ['18.2 % less', '1,056 → 864', '7.4 % less', '2,592 → 2,400', '21.86 M → 20.01 M', '8.5 % less']],
  ['truncate', ['uses 7 gradients, g₀ to g₆', '6 also update', 'w_U uses 2', 'shares 0', 'repeat 21 gradients']],
  ['first', ['x₀′ (32 channels)', 'dense side (224)', 'all 256 to 128', 'uses 8 gradients', '2.577 GMACs, 9.1 % less']],
  [
    'last',
    [
      '224 channels pass',
      'to 112',
      '144 channels leave the stage in B, 128 in A',
      'concat: 0 in B, 6 in A',
      '2.577 GMACs',
      '2.556 GMACs',
    ],
  ],
  ['listing', ['192 channels', 'x₀″ with its 32', '56×56, in A at 7×7', '17.84 GMACs', '6.3 times', '7.3 times']],
  ['photo', ['61 kinds']],
];

describe('the words of the tour', () => {
  it.each(SAID)('%s says what its networks cost', (id, numbers) => {
    for (const number of numbers) expect(say(id)).toContain(number);
  });

  it('speak of every step', () => {
    expect(SAID.map(([id]) => id)).toEqual(TOUR.map((step) => step.id));
  });

  it('count compute as the page does', () => {
    expect(say('first', 'flops')).toContain('5.155 GFLOPs, 9.1 % less');
    expect(say('listing', 'flops')).toContain('35.68 GFLOPs: 6.3 times');
    expect(say('last', 'thop')).toContain('G (MACs + 4·BN) for last');
  });

  it('are short enough for a card', () => {
    for (const step of TOUR) {
      const words = wordsOf(step, 'macs').join(' ').split(/\s+/);
      expect(words.length).toBeLessThan(110);
    }
  });
});
