/** What a run's result says of its stages' times. The measuring itself is the executors'. */
import type { NetworkExecutor } from './executor';
import type { NetworkInput } from './networkInput';
import type { RunResult } from './protocol';

type Timed = Required<Pick<RunResult, 'runMs' | 'stageTimes' | 'stageTiming'>> &
  Pick<RunResult, 'stageTimesOverheadMs'>;

/**
 * Times the stages beside a plain run of the same warmth. What waiting added is their difference where both were
 * measured alike: from upload to read-back, by the same clock.
 */
export async function timeStages(
  executor: Pick<NetworkExecutor, 'run' | 'timeStages'>,
  { input, batch }: { readonly input: NetworkInput; readonly batch: number },
  signal: AbortSignal,
): Promise<Timed> {
  const plain = await executor.run(input, batch, { nodes: [] }, signal);
  const { stageTimes, ms, method, runs, transfers } = await executor.timeStages(input, batch, signal);
  const timed = { runMs: plain.ms, stageTimes, stageTiming: { method, runs, transfers } };
  return method === 'waiting' && transfers ? { ...timed, stageTimesOverheadMs: ms - plain.ms } : timed;
}
