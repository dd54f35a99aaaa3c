/** Which backend to start: what the page's side tells the worker's. */
import type { Backend } from './protocol';

/** What to start. */
export interface Choice {
  /** One backend and no other, or the best that works. */
  readonly backend: Backend | 'auto';
  /** Not to be chosen by `auto`, with the reason. */
  readonly exclude?: readonly { readonly backend: Backend; readonly reason: string }[];
  /** False after wasm with threads has hung. */
  readonly wasmThreads?: boolean;
  /** On WebGPU: our kernels, where they pass their check, or tfjs's stock ones. Kernels by default. */
  readonly executor?: 'kernels' | 'stock';
  /** Of the kernels, where the device has shader-f16 and the network passes its check with it. float32 by default. */
  readonly precision?: 'float32' | 'float16';
}

/** In the details of the error with which wasm's start with threads is given up: start again without, in a new worker. */
export const THREADS_HANG = 'wasm threads hang';
