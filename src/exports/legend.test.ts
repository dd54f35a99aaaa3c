import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../network/text';
import { networkCaption } from './caption';
import { legendSvg } from './legend';

describe('legendSvg', () => {
  const entries = ['x₀, x_U', 'x₀′ bypasses', 'dense layers', 'transition'].map((name, i) => ({
    name,
    colour: `rgb(${i}, 0, 0)`,
  }));
  it('has every colour with its name, side by side while there is room', () => {
    const { content, height } = legendSvg(entries, { width: 900, y: 200, text: '#000000' });
    expect(content.match(/<rect/g)).toHaveLength(4);
    for (const { colour } of entries) expect(content).toContain(`fill="${colour}"`);
    expect(new Set([...content.matchAll(/<text x="\d+" y="(\d+)"/g)].map((found) => found[1]))).toEqual(
      new Set(['213']),
    );
    expect(height).toBe(22);
  });
  it('breaks into lines, and takes no room without colours', () => {
    const { content, height } = legendSvg(entries, { width: 120, y: 0, text: '#000000' });
    expect(new Set([...content.matchAll(/<text x="\d+" y="(\d+)"/g)].map((found) => found[1])).size).toBe(4);
    expect(height).toBe(76);
    expect(legendSvg([], { width: 120, y: 0, text: '#000000' })).toEqual({ content: '', height: 0 });
  });
});

describe('networkCaption', () => {
  it('says what goes in and whose definition it is', () => {
    expect(networkCaption(parseNetwork('cspdensenet121-first'))).toBe(
      'cspdensenet121-first, input 224 × 224, as the CSPNet paper defines it',
    );
    expect(networkCaption(parseNetwork('cspdensenet121-last@definition=listing,size=320'))).toMatch(
      /, input 320 × 320, as the article’s listing defines it$/,
    );
    expect(networkCaption(parseNetwork('densenet121'))).toBe(
      'densenet121, input 224 × 224, as the DenseNet paper defines it',
    );
  });
});
