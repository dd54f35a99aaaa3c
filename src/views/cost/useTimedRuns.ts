/** Timed runs of A and B, each beside the cost of the network that ran. */
import { useMemo } from 'react';
import type { Convention } from '../../analysis/conventions';
import { stagePerformance } from '../../analysis/roofline';
import type { StagePerformance } from '../../analysis/roofline';
import type { Slot, StageTiming } from '../../inference/protocol';
import { parseNetwork } from '../../network/text';
import { useLab } from '../useLab';
import { analysisOf } from '../useAnalysis';

/** One network's timed run. */
export interface TimedRun {
  readonly slot: Slot;
  /** Text form of the network that ran. */
  readonly network: string;
  readonly backend: string;
  readonly timing: StageTiming;
  /** What waiting added, ms, where that is known. */
  readonly overheadMs: number | undefined;
  readonly stages: readonly StagePerformance[];
}

/** The runs whose stages were timed, A before B; a stage whose time is too short for the clock is left out. */
export function useTimedRuns(convention: Convention): readonly TimedRun[] {
  const a = useLab((state) => state.slots.a.result?.run ?? null);
  const b = useLab((state) => state.slots.b.result?.run ?? null);
  return useMemo(
    () =>
      [a, b].flatMap((run): TimedRun[] => {
        const times = run?.stageTimes?.filter(({ ms }) => ms > 0) ?? [];
        if (!run?.stageTiming || times.length === 0) return [];
        const { analysis } = analysisOf(parseNetwork(run.network));
        const stages = stagePerformance(analysis, times, convention);
        const { slot, network, backend, stageTiming: timing, stageTimesOverheadMs: overheadMs } = run;
        return [{ slot, network, backend, timing, overheadMs, stages }];
      }),
    [a, b, convention],
  );
}
