/** Which backend to start: what the page's side tells the worker's. */
import type { Backend, KernelChoice } from './protocol';

/** What to start; our kernels in float32 by default. */
export interface Choice extends Partial<KernelChoice> {
  /** One backend and no other, or the best that works. */
  readonly backend: Backend | 'auto';
  /** Not to be chosen by `auto`, with the reason. */
  readonly exclude?: readonly { readonly backend: Backend; readonly reason: string }[];
  /** False after wasm with threads has hung. */
  readonly wasmThreads?: boolean;
}

/** In the details of the error with which wasm's start with threads is given up: start again without, in a new worker. */
export const THREADS_HANG = 'wasm threads hang';
