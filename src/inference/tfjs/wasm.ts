/**
 * tfjs's wasm backend: SIMD, and threads on every core where the page is cross-origin isolated. A start that hangs is
 * given up: the caller tries again without threads in a fresh worker.
 */
import { env } from '@tensorflow/tfjs-core';
import {
  BackendWasm,
  getThreadsCount,
  init,
  setThreadsCount,
  setWasmPaths,
} from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/AvgPool';
import { concatConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Concat';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedDepthwiseConv2D';
import { maxPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool';
import { sliceConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Slice';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { lossSignal, installBackend } from './device';
import type { Device } from './device';
import { ThreadsHang, Unavailable } from './errors';
import { timeout } from '../queue';
import { serveWasmKernels, wasmKernels } from './wasmKernels';

/** tfjs's kernels that nothing here replaces. */
const KERNELS = [avgPoolConfig, fusedConv2DConfig, maxPoolConfig];
/** And those to be taken where there is no SIMD, which our own need. */
const PLAIN_KERNELS = [concatConfig, fusedDepthwiseConv2DConfig, sliceConfig];

/** Most threads that tfjs's module has workers for. */
const MOST_THREADS = 8;
/** How long the module may take to start, ms. It takes well under a second, plus the download of 400 KB. */
const START_TIMEOUT = 20_000;

/**
 * tfjs takes half of the logical cores, whatever `setThreadsCount` says; telling it of twice as many gives all of them.
 * In a worker of our own this reaches nothing else.
 */
function offerAllCores(cores: number): void {
  Object.defineProperty(navigator, 'hardwareConcurrency', { configurable: true, get: () => 2 * cores });
}

/** Longest wait for a blob worker to answer, ms. */
const BLOB_TIMEOUT = 3_000;

/** Whether a worker made of a blob runs here, as each of tfjs's threads is: a Content-Security-Policy may forbid it. */
async function blobWorkersRun(): Promise<boolean> {
  const url = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }));
  let worker: Worker | undefined;
  try {
    const made = (worker = new Worker(url));
    const answered = new Promise<boolean>((resolve) => {
      made.onmessage = () => resolve(true);
      made.onerror = () => resolve(false);
    });
    return await timeout(answered, BLOB_TIMEOUT, new Error('no answer'));
  } catch {
    return false;
  } finally {
    worker?.terminate();
    URL.revokeObjectURL(url);
  }
}

/**
 * Starts the backend.
 * @param allowThreads false after a start with threads has hung.
 * @throws ThreadsHang where a start with threads does not end; Unavailable.
 */
export async function openWasm(allowThreads: boolean): Promise<Device> {
  if (!allowThreads) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const cores = Math.max(1, navigator.hardwareConcurrency);
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const threaded = Boolean(simd && (await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'))) && (await blobWorkersRun());
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', threaded);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
  });
  if (threaded) {
    offerAllCores(cores);
    setThreadsCount(Math.min(MOST_THREADS, cores));
  }
  const late = `the wasm module did not start within ${START_TIMEOUT / 1000} s`;
  const error = threaded ? new ThreadsHang(`${late} with threads`) : new Unavailable(late);
  // It rejects with a plain object.
  const started = init().catch((reason: unknown) => {
    throw new Unavailable(`the wasm module could not be loaded (${messageOf(reason)})`);
  });
  const { wasm } = await timeout(started, START_TIMEOUT, error);
  const backend = new BackendWasm(wasm);
  if (simd) serveWasmKernels(backend);
  await installBackend('wasm', backend, [...KERNELS, ...(simd ? wasmKernels : PLAIN_KERNELS)]);
  const threads = threaded ? getThreadsCount() : 1;
  const { lost, signal } = lossSignal();
  const limit = { bytes: 2 ** 31, name: '2 GiB of WebAssembly memory' };
  return {
    backend: 'wasm',
    adapter: `${simd ? 'SIMD' : 'no SIMD'}, ${threads} thread${threads === 1 ? '' : 's'}`,
    software: false,
    threads,
    limits: { tensor: limit, total: limit },
    asynchronous: false,
    lost,
    compile: () => Promise.resolve(),
    checked: (work) => work(),
    gpuBytes: () => 0,
    trim: () => undefined,
    lose: () => signal('lost for a test'),
    dispose: () => backend.dispose(),
  };
}

function messageOf(reason: unknown): string {
  const message = reason !== null && typeof reason === 'object' && 'message' in reason ? reason.message : reason;
  return String(message);
}
