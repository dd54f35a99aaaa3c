import { describe, expect, it } from 'vitest';
import { channelMaps, channelNumbers, meanMap } from './summary';

describe('channelNumbers', () => {
  it('gives least, greatest, mean and share of zeros of each channel', () => {
    // Four pixels of three channels.
    const values = Float32Array.of(0, -1, 5, 2, -3, 5, 0, -2, 5, 6, 0, 5);
    const { min, max, mean, zeros } = channelNumbers(values, 3);
    expect([...min]).toEqual([0, -3, 5]);
    expect([...max]).toEqual([6, 0, 5]);
    expect([...mean]).toEqual([2, -1.5, 5]);
    expect([...zeros]).toEqual([0.5, 0.25, 0]);
  });
});

describe('maps', () => {
  it('stay as they are while they fit', () => {
    const values = Float32Array.from({ length: 2 * 3 * 4 }, (_, i) => i);
    expect(channelMaps(values, 3, 4)).toEqual({ height: 3, width: 4, values });
    // [H,W,C]: the mean of neighbours.
    expect([...meanMap(Float32Array.of(1, 3, 5, 9), 1, 2).values]).toEqual([2, 7]);
  });

  it('are averaged over squares of whole pixels where they do not', () => {
    const side = 65;
    const ramp = Float32Array.from({ length: 2 * side * side }, (_, i) => (i % side) + (i < side * side ? 0 : 100));
    const small = channelMaps(ramp, side, side);
    expect([small.height, small.width]).toEqual([33, 33]);
    expect(small.values).toHaveLength(2 * 33 * 33);
    expect([...small.values.subarray(0, 3)]).toEqual([0.5, 2.5, 4.5]);
    // The last column has one pixel only.
    expect(small.values[32]).toBe(64);
    expect(small.values[33 * 33]).toBe(100.5);
    expect(meanMap(ramp.subarray(0, side * side), side, side)).toMatchObject({ height: 22, width: 22 });
  });

  it('keep the proportions of a map that is not square', () => {
    const small = channelMaps(new Float32Array(130 * 20), 130, 20);
    expect([small.height, small.width]).toEqual([44, 7]);
  });
});
