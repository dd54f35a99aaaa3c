import { describe, expect, it } from 'vitest';
import { PairwiseConcats } from './concats';

/** What a name stands for, written out. */
function expand(concats: PairwiseConcats, name: string): string[] {
  const join = concats.joins.find((one) => one.name === name);
  return join ? join.inputs.flatMap((input) => expand(concats, input)) : [name];
}

describe('concatenations two at a time', () => {
  it('cost one for each layer of a dense block, and one to put the bypassed part in front', () => {
    const concats = new PairwiseConcats();
    for (const list of [['b'], ['b', 'x'], ['b', 'x', 'y'], ['b', 'x', 'y', 'z'], ['a', 'b', 'x', 'y', 'z']]) {
      expect(expand(concats, concats.concat(list))).toEqual(list);
    }
    expect(concats.joins).toHaveLength(4);
  });

  it('join a list of which nothing was joined before as a tree', () => {
    const concats = new PairwiseConcats();
    const list = ['1', '2', '3', '4', '5', '6', '7'];
    expect(expand(concats, concats.concat(list))).toEqual(list);
    expect(concats.joins).toHaveLength(6);
    expect(concats.concat(list)).toBe(concats.joins.at(-1)?.name);
    expect(concats.joins).toHaveLength(6);
  });

  it('has nothing to say about an empty list', () => {
    expect(() => new PairwiseConcats().concat([])).toThrow('nothing to concatenate');
  });
});
