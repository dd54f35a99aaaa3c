import { describe, expect, it } from 'vitest';
import { makeSpec, SMALL, SpecError } from './spec';
import type { NetworkSpec } from './spec';
import { formatNetwork, parseNetwork } from './text';

describe('parseNetwork and formatNetwork', () => {
  it.each([
    ['densenet121', makeSpec()],
    ['cspdensenet121-first', makeSpec({ fusion: 'first' })],
    ['cspdensenet121-last@gamma=0.25,size=320', makeSpec({ fusion: 'last', gamma: 0.25, size: 320 })],
    ['cspdensenet121-standard@definition=listing', makeSpec({ fusion: 'standard', definition: 'listing' })],
    [
      'cspdensenet121-last@definition=listing,pool=yes',
      makeSpec({ fusion: 'last', definition: 'listing', pool: true }),
    ],
    ['cspdensenet-last@growth=16,blocks=4-8-12-8,stem=32,classes=61,size=96', makeSpec({ fusion: 'last', ...SMALL })],
    ['densenet161@bottleneck=2,theta=0.75', parseNetwork('densenet161@theta=.75,bottleneck=2')],
  ] as const)('%s', (text, spec) => {
    expect(parseNetwork(text)).toEqual(spec);
    expect(formatNetwork(spec)).toBe(text);
  });

  it('writes a custom network with a named depth’s layers by that name', () => {
    expect(formatNetwork(parseNetwork('densenet@blocks=6-12-24-16'))).toBe('densenet121');
    expect(formatNetwork(parseNetwork('densenet121@growth=24'))).toBe('densenet121@growth=24');
  });

  it('reads back what it wrote, for every knob', () => {
    for (const fusion of ['plain', 'standard', 'first', 'last'] as const) {
      const knobs: Partial<NetworkSpec>[] = [
        { gamma: 0.29 },
        { definition: 'listing' },
        { size: 1024 },
        { classes: 21841 },
        { growth: 7 },
        { blocks: [3, 2, 2, 3] },
        { stem: 19 },
        { bottleneck: 2 },
        { theta: 0.7 },
      ];
      for (const knob of knobs) {
        const spec = makeSpec({ fusion, ...knob });
        expect(parseNetwork(formatNetwork(spec))).toEqual(spec);
      }
    }
  });
});

const refusal = (run: () => unknown): SpecError => {
  try {
    run();
  } catch (error) {
    if (error instanceof SpecError) return error;
    throw error;
  }
  throw new Error('was not refused');
};

describe('refusals', () => {
  it.each([
    ['resnet50', 'network'],
    ['densenet122', 'depth'],
    ['cspdensenet121', 'network'],
    ['densenet', 'blocks'],
    ['densenet121@', 'option'],
    ['densenet121@colour=red', 'option'],
    ['densenet121@gamma=0.5', 'gamma'],
    ['densenet121@size=0', 'size'],
    ['densenet121@size=28', 'size'],
    ['densenet121@size=1025', 'size'],
    ['densenet121@size=96.5', 'size'],
    ['densenet121@size=96,size=97', 'size'],
    ['densenet121@classes=21842', 'classes'],
    ['cspdensenet121-last@gamma=7', 'gamma'],
    ['cspdensenet121-last@gamma=NaN', 'gamma'],
    ['cspdensenet121-last@definition=book', 'definition'],
    ['cspdensenet121-first@pool=no', 'pool'],
    ['cspdensenet121-last@pool=no', 'pool'],
    ['densenet@blocks=1-2-3-4-5-6-7', 'blocks'],
    ['densenet@blocks=6-0', 'blocks.1'],
    ['densenet@blocks=a', 'blocks'],
    ['densenet121@theta=0', 'theta'],
  ])('%s names %s, the value and what is allowed', (text, field) => {
    const error = refusal(() => parseNetwork(text));
    expect(error.field).toBe(field);
    expect(error.message).toContain('allowed is');
  });

  it('says the range', () => {
    expect(refusal(() => parseNetwork('cspdensenet121-last@gamma=7')).message).toBe(
      'gamma is 7; allowed is a number from 0 to 0.875',
    );
    expect(refusal(() => makeSpec({ size: 28 })).message).toBe(
      'size is 28; allowed is a whole number from 29 to 1024 with 4 stages',
    );
  });
});
