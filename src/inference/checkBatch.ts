/** Pictures together against one alone: kernels that are right for one picture may be wrong for those after it. */
import { inPercent, relativeDifference } from '../weights/selfCheck';
import type { NetworkExecutor } from './executor';
import { pictureOf } from './networkInput';
import type { PreparedInput } from './picture';
import { EngineError } from './protocol';

/**
 * Compares the last picture's logits of a batch with those of a run of it alone.
 * @param logits of the whole batch.
 * @param most largest difference allowed, relative to the largest logit.
 * @throws EngineError `internal` where they differ by more; as the executor's `run`.
 */
export async function checkBatch(
  executor: Pick<NetworkExecutor, 'run'>,
  { input, batch, size }: Pick<PreparedInput, 'input' | 'batch' | 'size'>,
  logits: Float32Array,
  most: number,
  signal: AbortSignal,
): Promise<void> {
  const alone = await executor.run(pictureOf(input, batch - 1, 3 * size ** 2), 1, { nodes: [] }, signal);
  const together = logits.subarray(logits.length - alone.logits.length);
  const difference = relativeDifference(together, alone.logits);
  if (difference <= most) return;
  throw new EngineError(
    'internal',
    `pictures that run together give other answers than each alone, by ${inPercent(difference)}`,
  );
}
