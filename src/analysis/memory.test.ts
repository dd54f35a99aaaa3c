import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import type { Network, NetworkNode, Operation, Shape } from '../network/network';
import { makeSpec } from '../network/spec';
import { parseNetwork } from '../network/text';
import { liveMemory } from './memory';

const memory = (text: string) => liveMemory(buildNetwork(parseNetwork(text)));

const node = (id: string, op: Operation, inputs: readonly string[], shape: Shape): NetworkNode => ({
  id,
  op,
  inputs,
  shape,
  stage: 'stem',
  role: 'stem',
});

function chain(nodes: readonly NetworkNode[]): Network {
  return { spec: makeSpec(), nodes, stages: [], byId: new Map(nodes.map((one) => [one.id, one])) };
}

const CONV = { kind: 'conv', kernel: 1, stride: 1, padding: 0 } as const;

describe('liveMemory', () => {
  it('keeps a tensor until its last reader, and the result until the end', () => {
    const { live, peakBytes, peakAt } = liveMemory(
      chain([
        node('input', { kind: 'input' }, [], [1, 1, 1]),
        node('a', CONV, ['input'], [10, 1, 1]),
        node('b', CONV, ['a'], [20, 1, 1]),
        node('c', CONV, ['b'], [5, 1, 1]),
        node('d', { kind: 'concat' }, ['a', 'c'], [15, 1, 1]),
      ]),
    );
    expect(live).toEqual([1, 11, 30, 35, 30].map((elements) => 4 * elements));
    expect([peakBytes, peakAt]).toEqual([140, 'c']);
  });

  it('normalises in place only what nobody reads again', () => {
    const nodes = (reader: string) =>
      chain([
        node('input', { kind: 'input' }, [], [1, 1, 1]),
        node('a', CONV, ['input'], [10, 1, 1]),
        node('norm', { kind: 'batchNorm' }, ['a'], [10, 1, 1]),
        node('relu', { kind: 'relu' }, ['norm'], [10, 1, 1]),
        node('sum', { kind: 'add' }, ['relu', reader], [10, 1, 1]),
      ]);
    expect(liveMemory(nodes('relu')).live).toEqual([4, 44, 40, 40, 80]);
    expect(liveMemory(nodes('a')).live).toEqual([4, 44, 80, 80, 120]);
  });

  it('copies slices and concats', () => {
    const { live } = liveMemory(
      chain([
        node('input', { kind: 'input' }, [], [4, 1, 1]),
        node('one', { kind: 'slice', from: 0, to: 1 }, ['input'], [1, 1, 1]),
        node('two', { kind: 'slice', from: 1, to: 4 }, ['input'], [3, 1, 1]),
        node('join', { kind: 'concat' }, ['one', 'two'], [4, 1, 1]),
      ]),
    );
    expect(live).toEqual([16, 20, 32, 32]);
  });

  it('lets go at once of what nobody reads', () => {
    const { live } = liveMemory(
      chain([
        node('input', { kind: 'input' }, [], [1, 1, 1]),
        node('unread', CONV, ['input'], [9, 1, 1]),
        node('last', CONV, ['input'], [2, 1, 1]),
      ]),
    );
    expect(live).toEqual([4, 40, 12]);
  });

  it('peaks in the last dense layer of stage 1 of 121: features, their concat and the 1×1 convolution', () => {
    const pixels = 56 * 56;
    expect(memory('densenet121')).toMatchObject({
      peakBytes: 4 * pixels * (224 + 224 + 128),
      peakAt: 'stage1/dense6/conv1',
    });
    // x₀′ stays alive beside a block that is 32 channels narrower.
    expect(memory('cspdensenet121-first').peakBytes).toBe(4 * pixels * (32 + 192 + 192 + 128));
  });

  it('ends with the result and the features it was made of', () => {
    expect(memory('densenet121').live.at(-1)).toBe(4 * (1024 + 1000));
  });
});
