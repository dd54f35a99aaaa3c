import { describe, expect, it } from 'vitest';
import { makeSpec, SMALL } from '../network/spec';
import { formatNetwork, parseNetwork } from '../network/text';
import {
  chooseDefinition,
  chooseDepth,
  chooseFusion,
  DEPTH_STOPS,
  depthChoice,
  depthPlace,
  isShipped,
  readBlocks,
} from './knobs';

const last = parseNetwork('cspdensenet121-last@gamma=0.25');

describe('the depth menu', () => {
  it.each([
    ['densenet121', 121],
    ['densenet121@growth=16', 'custom'],
    ['densenet@blocks=2-2', 'custom'],
    ['densenet@growth=16,blocks=4-8-12-8,stem=32', 'small'],
  ] as const)('shows %s as %s', (text, choice) => {
    expect(depthChoice(parseNetwork(text))).toBe(choice);
  });

  it('brings ImageNet’s size and classes back after the small networks, and keeps one’s own otherwise', () => {
    const small = chooseDepth(last, 'small');
    expect(small).toMatchObject({ ...SMALL, fusion: 'last', gamma: 0.25 });
    expect(chooseDepth(small, 169)).toMatchObject({ size: 224, classes: 1000, growth: 32 });
    expect(chooseDepth(parseNetwork('densenet121@size=320,classes=10'), 201)).toMatchObject({ size: 320, classes: 10 });
  });
});

describe('the depth slider', () => {
  it.each([
    ['densenet@growth=16,blocks=4-8-12-8,stem=32', 'small', true],
    ['densenet121', 121, true],
    ['cspdensenet201-first', 201, true],
    ['cspdensenet121-last@growth=20', 121, true],
    ['densenet@blocks=4-8-12-8', 'small', true],
    ['densenet@blocks=2-2', 'small', false],
    ['densenet@blocks=6-12-24-17', 121, false],
    ['densenet@blocks=6-12-64-64', 264, false],
  ] as const)('has %s at %s', (text, stop, exact) => {
    expect(depthPlace(parseNetwork(text))).toEqual({ index: DEPTH_STOPS.indexOf(stop), exact });
  });

  it('brings a stop’s own widths, and ImageNet’s size and classes where the small networks’ were not changed', () => {
    expect(chooseDepth(parseNetwork('densenet121@growth=20'), 161)).toMatchObject({ growth: 48, stem: 96 });
    const wider = parseNetwork('densenet@growth=20,blocks=4-8-12-8,stem=32,classes=61,size=96');
    expect(chooseDepth(wider, 121)).toMatchObject({ growth: 32, size: 224, classes: 1000 });
    expect(chooseDepth(makeSpec({ ...wider, size: 160 }), 121)).toMatchObject({ size: 160, classes: 1000 });
  });
});

describe('fusion and definition', () => {
  it('gives γ = ½ after plain, and keeps it between the others', () => {
    expect(chooseFusion(last, 'first').gamma).toBe(0.25);
    expect(chooseFusion(chooseFusion(last, 'plain'), 'last').gamma).toBe(0.5);
  });

  it('lets the pool follow', () => {
    const listing = chooseDefinition(last, 'listing');
    expect(listing.pool).toBe(false);
    expect(chooseFusion(listing, 'first').pool).toBe(true);
    expect(chooseDefinition(listing, 'paper').pool).toBe(true);
  });
});

describe('isShipped', () => {
  it('is true for the small networks exactly as they were trained', () => {
    expect(isShipped(makeSpec({ fusion: 'first', ...SMALL }))).toBe(true);
    expect(isShipped(makeSpec({ fusion: 'first', ...SMALL, gamma: 0.4 }))).toBe(false);
    expect(isShipped(makeSpec({ ...SMALL }))).toBe(true);
    expect(isShipped(last)).toBe(false);
  });
});

describe('readBlocks', () => {
  it('reads what people type', () => {
    expect(readBlocks('4-8-12-8')).toEqual([4, 8, 12, 8]);
    expect(readBlocks(' 4, 8 ,12  8 ')).toEqual([4, 8, 12, 8]);
    expect(readBlocks('4-x')).toEqual([4, Number.NaN]);
    expect(formatNetwork(makeSpec({ blocks: readBlocks('6–12–24–16') }))).toBe('densenet121');
  });
});
