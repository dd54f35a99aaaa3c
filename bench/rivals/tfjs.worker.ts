/** tfjs on WebGPU as its documentation says: the umbrella package, its WebGPU backend, and a model of plain calls. */
import './gpuUsage';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { needAdapter } from './adapter';
import type { Job } from './protocol';
import { materialOf, serveRival } from './serve';
import type { Prepared } from './serve';
import { TfjsModel } from './tfjsModel';

/** [3,H,W] → [H,W,3]. */
function channelsLast(values: Float32Array): Float32Array {
  const area = values.length / 3;
  return Float32Array.from(values, (_, i) => values[(i % 3) * area + Math.floor(i / 3)] ?? 0);
}

async function prepare(job: Job): Promise<Prepared> {
  await needAdapter();
  const { network, weights } = await materialOf(job);
  const started = performance.now();
  if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs did not start its WebGPU backend');
  await tf.ready();
  const model = new TfjsModel(network, weights);
  return {
    startMs: performance.now() - started,
    settings: `tfjs ${tf.version.tfjs}, WebGPU`,
    async run(values) {
      const input = channelsLast(values);
      const begun = performance.now();
      const logits = await model.predict(input);
      return { logits, ms: performance.now() - begun };
    },
  };
}

serveRival(prepare);
