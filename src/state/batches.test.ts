import { describe, expect, it } from 'vitest';
import { EngineError } from '../inference/protocol';
import { answerAll, answersOf, mostAtOnce, nextAtOnce } from './batches';
import type { Answers } from './batches';

describe('how many pictures go together', () => {
  it('is eight of the usual size, fewer of larger inputs, and one where that gains nothing', () => {
    expect([96, 224, 256, 448, 640, 1024].map((side) => mostAtOnce('webgpu', side))).toEqual([8, 8, 6, 2, 1, 1]);
    for (const backend of ['webgl', 'wasm', 'cpu', undefined] as const) expect(mostAtOnce(backend, 96)).toBe(1);
  });

  it('at most doubles, keeps within a quarter of a second, and is never none', () => {
    expect([1, 2, 4, 8].map((pictures) => nextAtOnce(pictures, 2, 8))).toEqual([2, 4, 8, 8]);
    expect([60, 125, 126, 5000].map((ms) => nextAtOnce(8, ms, 8))).toEqual([4, 2, 1, 1]);
    expect(nextAtOnce(4, 0, 8)).toBe(8);
    expect(nextAtOnce(8, 1, 1)).toBe(1);
  });
});

const top = (each: Float32Array) => ({ index: 0, id: [...each].join(' '), name: '', probability: 1 });

describe('answers of a batch', () => {
  it('go to the pictures that were read', () => {
    const probabilities = Float32Array.of(1, 2, 3, 4);
    const { each, msEach } = answersOf({ probabilities, runMs: 30, problems: [null, 'bad', null] }, top);
    expect(each.map((one) => one.error ?? one.top?.id)).toEqual(['1 2', 'bad', '3 4']);
    expect(msEach).toBe(15);
    expect(answersOf({ probabilities, runMs: 30 }, top)).toMatchObject({
      each: [{ top: { id: '1 2 3 4' } }],
      msEach: 30,
    });
  });

  it('come one by one where the batch fails, until that is cancelled', async () => {
    const asked: string[] = [];
    const classify = (files: readonly File[]): Promise<Answers> => {
      asked.push(files.map(({ name }) => name).join('+'));
      if (files.length > 1 || asked.at(-1) === 'bad') return Promise.reject(new EngineError('device-lost', 'gone'));
      return Promise.resolve({ each: [{ top: null, error: null }], msEach: 7 });
    };
    const files = ['1', 'bad', '2', '3'].map((name) => new File([''], name));
    const all = await answerAll(classify, files, () => false);
    expect(all).toEqual({
      each: [null, 'gone', null, null].map((error) => ({ top: null, error })),
      msEach: 7,
      apart: '4 pictures at once failed: gone',
    });
    asked.length = 0;
    const some = await answerAll(classify, files, () => asked.length === 3);
    expect(asked).toEqual(['1+bad+2+3', '1', 'bad']);
    expect(some.each).toHaveLength(2);
  });
});
