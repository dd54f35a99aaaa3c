import { describe, expect, it } from 'vitest';
import { RIVAL_NAMES } from '../../../bench/rivals/rivals';
import { choicesOf, slowRounds } from './choices';

const read = (link: string) => choicesOf(new URLSearchParams(link));

describe('the link of the benchmark', () => {
  it('chooses networks, rivals and rounds', () => {
    expect(
      read('bench&networks=densenet121,cspdensenet-first@growth=4,blocks=2-2,small&rivals=kernels,ort&rounds=7'),
    ).toEqual({
      networks: ['densenet121', 'cspdensenet-first@growth=4,blocks=2-2', 'small'],
      rivals: ['kernels', 'ort'],
      rounds: 7,
    });
  });

  it('leaves what it does not say, or says wrongly, at the default', () => {
    expect(read('bench')).toEqual({ networks: ['small'], rivals: RIVAL_NAMES, rounds: 15 });
    expect(read('bench&rounds=0').rounds).toBe(15);
    expect(read('bench&rounds=1000').rounds).toBe(15);
    expect(read('bench&rivals=kernels,nobody').rivals).toEqual(['kernels']);
  });

  it('gives slow rivals a third of the rounds, at least one', () => {
    expect([1, 15, 100].map(slowRounds)).toEqual([1, 5, 33]);
  });
});
