import { describe, expect, it } from 'vitest';
import { timingWords } from './timingWords';

describe('timingWords', () => {
  it('name the GPU’s clock, the runs and what was left out', () => {
    expect(timingWords({ method: 'clock', runs: 37, transfers: false })).toBe(
      'by the GPU’s own clock, mean of 37 runs; without upload and read-back',
    );
    expect(timingWords({ method: 'clock', runs: 1, transfers: false })).toBe(
      'by the GPU’s own clock; without upload and read-back',
    );
  });

  it('name waiting, and what it added where that is known', () => {
    expect(timingWords({ method: 'waiting', runs: 12, transfers: false })).toBe(
      'by waiting at the end of every stage, mean of 12 runs; without upload and read-back; the waiting adds to each',
    );
    const whole = { method: 'waiting', runs: 1, transfers: true } as const;
    expect(timingWords(whole, 2.25)).toBe('by waiting at the end of every stage; the waiting itself added 2.3 ms');
    expect(timingWords(whole, -1)).toBe(
      'by waiting at the end of every stage; what the waiting itself added is below the noise',
    );
  });
});
