import { describe, expect, it } from 'vitest';
import type { NetworkExecutor, StageTimes } from './executor';
import type { StageTiming } from './protocol';
import { timeStages } from './timeStages';

const INPUT = { input: new Float32Array(3), batch: 1 };
const STAGES = [
  { stage: 'stem', ms: 2 },
  { stage: 'head', ms: 5 },
];

/** A plain run takes 6 ms. */
function executor(timed: StageTimes): Pick<NetworkExecutor, 'run' | 'timeStages'> {
  return {
    run: async () => ({ logits: new Float32Array(), ms: 6, activations: [] }),
    timeStages: async () => timed,
  };
}

const timesOf = (timing: StageTiming, ms: number) =>
  timeStages(executor({ stageTimes: STAGES, ms, ...timing }), INPUT, new AbortController().signal);

describe('stage times', () => {
  it('say what waiting added to a whole run', async () => {
    const stageTiming = { method: 'waiting', runs: 1, transfers: true } as const;
    expect(await timesOf(stageTiming, 8)).toEqual({
      runMs: 6,
      stageTimes: STAGES,
      stageTiming,
      stageTimesOverheadMs: 2,
    });
  });

  it('are not compared with a plain run where they were not measured alike', async () => {
    const others: readonly StageTiming[] = [
      { method: 'clock', runs: 37, transfers: false },
      { method: 'waiting', runs: 12, transfers: false },
    ];
    for (const stageTiming of others) {
      expect(await timesOf(stageTiming, 7)).toEqual({ runMs: 6, stageTimes: STAGES, stageTiming });
    }
  });
});
