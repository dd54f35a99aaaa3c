/** Puts a rival on its worker's wire. */
import { expose, transfer } from 'comlink';
import { loadWeights } from '../../src/inference/loadWeights';
import { buildNetwork } from '../../src/network/build';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/text';
import type { Weights } from '../../src/weights/fit';
import { codeSize } from './codeSize';
import { gpuUsage } from './gpuUsage';
import type { Job, Ready, TimedRun } from './protocol';

/** The network and the weights of a job. */
export async function materialOf(job: Job): Promise<{ network: Network; weights: Weights }> {
  const network = buildNetwork(parseNetwork(job.network));
  const { signal } = new AbortController();
  const { weights } = await loadWeights(network, job.weights, { signal, onProgress: () => undefined });
  return { network, weights };
}

/** A rival that is ready: `run` as in protocol.ts. */
export interface Prepared extends Ready {
  run(values: Float32Array): Promise<TimedRun>;
}

/** Answers the page with a rival that `prepare` makes ready. */
export function serveRival(prepare: (job: Job) => Promise<Prepared>): void {
  let prepared: Prepared | undefined;
  expose({
    async prepare(job: Job): Promise<Ready> {
      prepared = await prepare(job);
      const { startMs, settings } = prepared;
      return { startMs, settings };
    },
    async run(values: Float32Array) {
      if (!prepared) throw new Error('the rival was not prepared');
      const run = await prepared.run(values);
      const logits = Float32Array.from(run.logits);
      return transfer({ ms: run.ms, logits }, [logits.buffer]);
    },
    usage: gpuUsage,
    codeSize,
  });
}
