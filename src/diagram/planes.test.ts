import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { nodeOf } from '../network/network';
import { parseNetwork } from '../network/text';
import { planesText } from './planes';

const build = (text: string) => buildNetwork(parseNetwork(text));

describe('planesText', () => {
  it('names what a stage has, with its plane', () => {
    const first = build('cspdensenet121-first');
    expect(planesText(first, 1)).toBe('x₀, every x_i and the concat: 56 × 56; x_U: 28 × 28');
    expect(planesText(build('cspdensenet121-last'), 3)).toBe('x₀, every x_i, x_T and the concat: 14 × 14; x_U: 7 × 7');
    expect(planesText(build('densenet121'), 4)).toBe('x₀ and every x_i, and x_U: 7 × 7');
  });

  it.each(['densenet121', 'cspdensenet121-standard', 'cspdensenet121-last@definition=listing'])(
    'is true of every map of %s before the pool',
    (text) => {
      const network = build(text);
      for (const stage of network.stages) {
        const { base, growth, merge, denseTransition } = stage;
        const ids = [base, ...growth, merge, denseTransition].filter((id) => id !== undefined);
        const sides = new Set(ids.map((id) => nodeOf(network, id).shape.slice(1).join(' × ')));
        expect(sides.size).toBe(1);
        expect(planesText(network, stage.index)).toContain([...sides][0]);
      }
    },
  );
});
