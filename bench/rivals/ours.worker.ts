/** This project's engine, as the page runs it: variants `kernels`, `stock` (both WebGPU) and `wasm`. */
import './gpuUsage';
import '../../src/inference/workerGlobals';
import type { Choice } from '../../src/inference/choice';
import { LocalEngine } from '../../src/inference/engine';
import { NOT_AVAILABLE } from './protocol';
import type { Job } from './protocol';
import { serveRival } from './serve';
import type { Prepared } from './serve';

const CHOICES: Readonly<Record<string, Choice>> = {
  kernels: { backend: 'webgpu', executor: 'kernels' },
  stock: { backend: 'webgpu', executor: 'stock' },
  wasm: { backend: 'wasm' },
};

async function prepare({ network, weights, variant }: Job): Promise<Prepared> {
  const choice = CHOICES[variant];
  if (!choice) throw new Error(`our engine has no variant "${variant}"`);
  const engine = new LocalEngine({ choice });
  const started = performance.now();
  const report = await engine.backend();
  const deviceMs = performance.now() - started;
  const loaded = await engine.load('a', { network, weights });
  const { executor, precision, verification } = loaded;
  if (variant === 'kernels' && executor !== 'kernels') {
    const why = verification?.state === 'refused' ? verification.reason : 'it did not say why';
    throw new Error(`${NOT_AVAILABLE}the engine chose its ${executor} path (${why})`);
  }
  return {
    startMs: deviceMs + loaded.buildMs + loaded.compileMs,
    settings: report.backend === 'wasm' ? report.adapter : `${executor} on ${report.adapter}, ${precision}`,
    async run(values) {
      const { logits, runMs } = await engine.run('a', { kind: 'tensor', values });
      return { logits, ms: runMs };
    },
  };
}

serveRival(prepare);
