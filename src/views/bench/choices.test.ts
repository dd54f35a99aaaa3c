import { describe, expect, it } from 'vitest';
import { RIVAL_NAMES } from '../../../bench/rivals/rivals';
import { readLink, slowRounds } from './choices';

const link = (text: string) => readLink(new URLSearchParams(text));
const read = (text: string) => link(text).choices;

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

  it('leaves what it does not say at the default', () => {
    expect(link('bench')).toEqual({ choices: { networks: ['small'], rivals: RIVAL_NAMES, rounds: 15 }, ignored: [] });
  });

  it('leaves what it says wrongly at the default, and says what that was', () => {
    expect(link('bench&rivals=kernels,nobody')).toEqual({
      choices: { networks: ['small'], rivals: ['kernels'], rounds: 15 },
      ignored: [expect.stringMatching(/^rivals: “nobody”: no engine; there are kernels, stock/)],
    });
    expect(read('bench&rivals=nobody').rivals).toEqual(RIVAL_NAMES);
    for (const rounds of ['0', '1000', '2.5', 'many']) {
      expect(link(`bench&rounds=${rounds}`)).toMatchObject({
        choices: { rounds: 15 },
        ignored: [`rounds: “${rounds}”: not a whole number from 1 to 200`],
      });
    }
    const { choices, ignored } = link('bench&networks=densenet999,121');
    expect(choices.networks).toEqual(['121']);
    expect(ignored).toEqual([expect.stringMatching(/^networks: “densenet999”: .*999/)]);
    expect(read('bench&networks=densenet999').networks).toEqual(['small']);
  });

  it('gives slow rivals a third of the rounds, at least one', () => {
    expect([1, 15, 100].map(slowRounds)).toEqual([1, 5, 33]);
  });
});
