/**
 * This project's engine, as the page runs it: variants `kernels`, `stock` (both WebGPU) and `wasm`. Timed from outside,
 * like the rivals. Of a trained network the first run here is not the first: the engine has checked it against its card,
 * which is in `startMs`.
 */
import './gpuUsage';
import '../../src/inference/workerGlobals';
import type { Choice } from '../../src/inference/choice';
import { LocalEngine } from '../../src/inference/engine';
import { buildNetwork } from '../../src/network/build';
import { parseNetwork } from '../../src/network/text';
import { needAdapter } from './adapter';
import type { Job } from './protocol';
import { loadError, refusal } from './refusal';
import { materialOf, serveRival } from './serve';
import type { Prepared } from './serve';

const CHOICES: Readonly<Record<string, Choice>> = {
  kernels: { backend: 'webgpu', executor: 'kernels' },
  stock: { backend: 'webgpu', executor: 'stock' },
  wasm: { backend: 'wasm' },
};

async function prepare(job: Job): Promise<Prepared> {
  const { network, weights, variant } = job;
  const choice = CHOICES[variant];
  if (!choice) throw new Error(`our engine has no variant "${variant}"`);
  const adapter = choice.backend === 'webgpu' ? await needAdapter() : undefined;
  // Into the browser's cache: the engine compiles while it fetches, and a slow server would hide that.
  if (weights.kind === 'card') await materialOf(job);
  const engine = new LocalEngine({ choice });
  const started = performance.now();
  const report = await engine.backend();
  const loaded = await engine.load('a', { network, weights }).catch((error: unknown) => {
    throw loadError(error);
  });
  const startMs = performance.now() - started - loaded.fetchMs;
  const { executor, precision, verification } = loaded;
  if (variant === 'kernels' && executor !== 'kernels' && adapter) {
    const why = verification?.state === 'refused' ? verification.reason : 'it did not say why';
    throw refusal(buildNetwork(parseNetwork(network)), adapter.limits, why);
  }
  return {
    startMs,
    settings: report.backend === 'wasm' ? report.adapter : `${executor} on ${report.adapter}, ${precision}`,
    async run(values) {
      const begun = performance.now();
      const { logits } = await engine.run('a', { kind: 'tensor', values });
      return { logits, ms: performance.now() - begun };
    },
  };
}

serveRival(prepare);
