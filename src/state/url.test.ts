import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../network/text';
import { DEFAULT_STATE } from './pageState';
import type { PageState } from './pageState';
import { FIELDS, readUrl, writeUrl } from './url';

/** One value away from the default for every field, so that a new field cannot be forgotten. */
const CHANGED: { readonly [K in keyof PageState]: PageState[K] } = {
  a: parseNetwork('cspdensenet121-last@gamma=0.25,size=320'),
  b: null,
  view: 'cost',
  stage: 'all',
  select: 'stage2/dense3/conv1',
  metric: 'cio',
  convention: 'flops',
  parameters: 'weights',
  scale: 'relative',
  zoom: 1.5,
  centre: [0.25, 0.75],
  flow: 'gradient',
  step: 7,
  weight: 'w3',
  layers: 'all',
  maps: 'on',
  brush: [3, 17],
  tour: 2,
};

describe('the link', () => {
  it('is empty for the default state', () => {
    expect(writeUrl(DEFAULT_STATE)).toBe('');
    expect(readUrl('')).toEqual({ state: DEFAULT_STATE, ignored: [] });
  });

  it.each(Object.keys(FIELDS) as (keyof PageState)[])('carries %s both ways', (key) => {
    const state = { ...DEFAULT_STATE, [key]: CHANGED[key] };
    const link = writeUrl(state);
    expect(link.startsWith(`?${key}=`)).toBe(true);
    expect(readUrl(link)).toEqual({ state, ignored: [] });
  });

  it('carries all fields at once, readably', () => {
    const link = writeUrl(CHANGED);
    expect(readUrl(link)).toEqual({ state: CHANGED, ignored: [] });
    expect(link).toContain('a=cspdensenet121-last@gamma=0.25,size=320&');
  });

  it('keeps what is not state, but no nonsense', () => {
    const link = writeUrl({ ...DEFAULT_STATE, stage: 2 }, '?backend=webgpu&stage=1&executor=stock&size=0&debug');
    expect(link).toBe('?stage=2&backend=webgpu&executor=stock&debug');
    expect(readUrl('?backend=webgpu&executor=stock&precision=float16&debug').ignored).toEqual([]);
    expect(readUrl(link).ignored).toEqual([]);
  });

  it.each([
    ['?a=resnet50', 'a=resnet50: network is "resnet50"'],
    ['?a=cspdensenet121-last@gamma=7', 'gamma is 7; allowed is a number from 0 to 0.875'],
    ['?b=densenet121@size=0', 'size is 0; allowed is'],
    ['?stage=9', 'stage=9: "9" is not a whole number from 1 to 6'],
    ['?metric=beauty', '"beauty" is none of compute'],
    ['?zoom=-1', 'zoom=-1'],
    ['?centre=0.5', 'is not two numbers'],
    ['?centre=0.5,2', '"2" is not a number from 0 to 1'],
    ['?weight=w0', '"w0" is none of w1, w2 …, wT, wU'],
    ['?brush=7,3', 'ends before it begins'],
    ['?tour=99', 'is not a whole number from 0 to 8'],
    ['?select=%3Cscript%3E', 'is not the name of a part'],
    ['?colour=red', 'colour=red: the page has no such setting'],
  ])('%s keeps the default and says why', (link, why) => {
    const { state, ignored } = readUrl(link);
    expect(state).toEqual(DEFAULT_STATE);
    expect(ignored).toHaveLength(1);
    expect(ignored[0]).toContain(why);
  });

  it('keeps the good parts of a link with a bad one', () => {
    const { state, ignored } = readUrl('?a=densenet121&metric=x&stage=3');
    expect(state.a).toEqual(parseNetwork('densenet121'));
    expect(state.stage).toBe(3);
    expect(ignored).toHaveLength(1);
  });

  it('takes the last stage where the networks have fewer', () => {
    expect(readUrl('?a=densenet@blocks=2-2&b=off&stage=4').state.stage).toBe(2);
  });
});
