import { describe, expect, it } from 'vitest';
import { tinyCard } from '../../src/inference/testing/card';
import { inputsOf, jobOf, networksOf } from './networks';

describe('networks of the benchmark', () => {
  it('are text forms and groups, each once, in the one way to write them', () => {
    expect(networksOf(['121', 'densenet121', 'densenet121@size=224', '201'], [])).toEqual([
      'densenet121',
      'cspdensenet121-standard',
      'cspdensenet121-first',
      'cspdensenet121-last',
      'densenet201',
    ]);
    expect(networksOf(['gammas'], [])).toHaveLength(10);
    expect(() => networksOf(['densenet12'], [])).toThrow('depth is "12"');
  });

  it('have the weights of the card that fits, else seeded ones', () => {
    const { card } = tinyCard();
    expect(networksOf(['small'], [card])).toEqual([card.network]);
    const url = () => 'https://example.test/weights';
    expect(jobOf(card.network, [card], url).weights).toEqual({ kind: 'card', card, url: url() });
    expect(jobOf('densenet121', [card], url).weights).toEqual({ kind: 'seeded', seed: 1 });
  });

  it('get two inputs that are not the same, of numbers like a picture’s', () => {
    const [a, b] = inputsOf(24);
    expect([a.length, b.length]).toEqual([3 * 24 * 24, 3 * 24 * 24]);
    expect(a).not.toEqual(b);
    for (const input of [a, b]) expect(input.every((value) => Math.abs(value) <= 2)).toBe(true);
  });
});
