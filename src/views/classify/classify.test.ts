import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../inference/protocol';
import type { SlotResult } from '../../state/labState';
import { tinyCard } from '../../inference/testing/card';
import { classAt, extrasWith, sameClass } from './classes';
import { peakOf } from './mapWords';

const opened = (classNames: readonly string[] | null) => {
  return { card: null, opened: { file: new Blob(), name: 'mine', classNames } };
};
const run: RunResult = {
  slot: 'a',
  network: 'x',
  backend: 'cpu',
  logits: Float32Array.of(1, 3, 2),
  probabilities: Float32Array.of(0.1, 0.7, 0.2),
  preprocessMs: 0,
  runMs: 0,
  firstRunMs: 0,
  crop: null,
  pictureSize: null,
};
const result = (fields: Partial<RunResult> = {}): SlotResult => {
  const ranked = [{ index: 1, id: 'b', name: 'hat', probability: 0.7 }];
  return { run: { ...run, ...fields }, ranked, standsOut: true, pictureId: 1 };
};

describe('classes of two networks', () => {
  it('are the same where they have the same name', () => {
    const { card } = tinyCard();
    const known = { card, opened: null };
    const [, second] = card.classes;
    expect(sameClass(known, { name: second?.name.toUpperCase() ?? '' })).toBe(1);
    expect(sameClass(known, { name: 'no such class' })).toBeUndefined();
    expect(sameClass(opened(['cup', 'Hat']), { name: 'hat' })).toBe(1);
    // The user's own weights take the place of the card's, and without names nothing is known of them.
    expect(sameClass({ card, opened: opened(null).opened }, { name: second?.name ?? '' })).toBeUndefined();
  });

  it('are known beyond the five best, with their probability', () => {
    const status = opened(['cup', 'hat', 'dog']);
    expect(classAt(status, result(), 1)).toMatchObject({ id: 'b', probability: 0.7 });
    const third = classAt(status, result(), 2);
    expect(third.name).toBe('dog');
    expect(third.probability).toBeCloseTo(0.2, 6);
    expect(classAt(opened(null), result(), 2).name).toBe('class 2');
  });

  it('keep the stage times when a map is asked for or taken away', () => {
    expect(extrasWith(result(), undefined)).toEqual({});
    expect(extrasWith(result({ stageTimes: [] }), 4)).toEqual({ classActivation: 4, stageTimes: true });
  });
});

describe('peakOf', () => {
  const map = (values: readonly number[]) => ({
    classIndex: 0,
    width: 3,
    height: 3,
    values: Float32Array.from(values),
  });
  it.each([
    [[0, 0, 9, 0, 0, 0, 0, 0, 0], 'upper right'],
    [[0, 0, 0, 0, 9, 0, 0, 0, 0], 'in the middle'],
    [[0, 0, 0, 9, 0, 0, 0, 0, 0], 'left'],
    [[0, 0, 0, 0, 0, 0, 0, 9, 0], 'lower'],
  ])('says where: %j', (values, place) => {
    expect(peakOf(map(values))).toEqual({ value: 9, place });
  });

  it('says so where nothing speaks for the class', () => {
    expect(peakOf(map([-1, -2, -3, -1, -2, -3, -1, -2, -3]))).toEqual({ value: -1, place: null });
    expect(peakOf({ classIndex: 0, width: 1, height: 1, values: Float32Array.of(2) }).place).toBe('in the middle');
  });
});
