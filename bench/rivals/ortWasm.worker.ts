/** onnxruntime-web's wasm on as many threads as this project's wasm path takes; the file as an exporter writes it. */
import * as ort from 'onnxruntime-web/wasm';
import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { exportOnnx, INPUT, OUTPUT } from '../onnx/exportOnnx';
import { absolute, floatsOf, ortVersion } from './ort';
import type { Job } from './protocol';
import { materialOf, serveRival } from './serve';
import type { Prepared } from './serve';

/** Most threads that our own wasm path takes. */
const MOST_THREADS = 8;

async function prepare(job: Job): Promise<Prepared> {
  const { network, weights } = await materialOf(job);
  const file = exportOnnx(network, weights, 'list');
  const { size } = network.spec;
  const threads = crossOriginIsolated ? Math.min(MOST_THREADS, Math.max(1, navigator.hardwareConcurrency)) : 1;
  const started = performance.now();
  ort.env.wasm.wasmPaths = { mjs: absolute(glueUrl), wasm: absolute(wasmUrl) };
  ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create(file, { executionProviders: ['wasm'] });
  return {
    startMs: performance.now() - started,
    settings: `onnxruntime-web ${ortVersion(ort.env)}, wasm, ${threads} thread${threads === 1 ? '' : 's'}`,
    async run(values) {
      const begun = performance.now();
      const result = await session.run({ [INPUT]: new ort.Tensor('float32', values, [1, 3, size, size]) });
      const logits = floatsOf(result[OUTPUT]);
      return { logits, ms: performance.now() - begun };
    },
  };
}

serveRival(prepare);
