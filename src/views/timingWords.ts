/** How stage times were measured, in words that go on after "Measured". */
import type { StageTiming } from '../inference/protocol';
import { duration } from './format';

/**
 * @param overheadMs what waiting added: one timed run against the plain run beside it, so it can drown in the noise of
 * either; undefined where it is not known.
 */
export function timingWords({ method, runs, transfers }: StageTiming, overheadMs?: number): string {
  const how = method === 'clock' ? 'by the GPU’s own clock' : 'by waiting at the end of every stage';
  const count = runs === 1 ? '' : `, mean of ${runs} runs`;
  const without = transfers ? '' : '; without upload and read-back';
  return how + count + without + (method === 'waiting' ? added(overheadMs) : '');
}

function added(ms: number | undefined): string {
  if (ms === undefined) return '; the waiting adds to each';
  return ms > 0 ? `; the waiting itself added ${duration(ms)}` : '; what the waiting itself added is below the noise';
}
