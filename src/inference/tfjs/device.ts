/**
 * What a tfjs backend is to the rest of the engine: its name, its limits, how to compile, check and lose it. One file
 * per backend makes one (webgpu.ts, webgl.ts, wasm.ts, cpu.ts); open.ts chooses. tfjs has one backend at a time and per
 * worker, so has this.
 */
import {
  engine,
  getKernel,
  memory,
  registerBackend,
  registerKernel,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import type { KernelBackend, KernelConfig } from '@tensorflow/tfjs-core';
import type { Backend } from '../protocol';
import { Unavailable } from './errors';

/** The most bytes of something, and what sets that limit, in words. */
export interface Limit {
  readonly bytes: number;
  readonly name: string;
}

/** A started backend. */
export interface Device {
  readonly backend: Backend;
  /** Name of the adapter or renderer, or what was detected. */
  readonly adapter: string;
  readonly software: boolean;
  readonly threads: number;
  /** Limits of a single tensor, of a run's values and weights together, or of both. */
  readonly limits: { readonly tensor: Limit; readonly total: Limit };
  /** True where kernels run by themselves after their call returned: only waiting for data tells that they are done. */
  readonly asynchronous: boolean;
  /** Resolves with the reason when the device is lost; never rejects. */
  readonly lost: Promise<string>;
  /**
   * Makes the programs of what `record` runs, without running them and without blocking the worker, where the backend
   * has programs to make. `record` is called once.
   */
  compile(record: () => void, onProgress: (done: number, total: number) => void): Promise<void>;
  /**
   * Runs `work` and fails if the device reported an error meanwhile: some errors leave a result that looks right.
   * @throws DeviceFault
   */
  checked<T>(work: () => Promise<T>): Promise<T>;
  /** GPU bytes as the backend counts them; 0 where it does not. */
  gpuBytes(): number;
  /** The WebGPU device, for kernels of our own. */
  readonly gpu?: GPUDevice;
  /** Gives memory back that the backend keeps for reuse, after a network was unloaded. */
  trim(): void;
  /** Loses the device as a driver reset would; for tests. */
  lose(): void;
  dispose(): void;
}

/** Makes a backend object tfjs's current one, with just the kernels it needs, in place of any earlier of that name. */
export async function installBackend(
  name: Backend,
  backend: KernelBackend,
  kernels: readonly KernelConfig[],
): Promise<void> {
  for (const kernel of kernels) if (!getKernel(kernel.kernelName, name)) registerKernel(kernel);
  if (engine().findBackendFactory(name)) removeBackend(name);
  registerBackend(name, () => backend);
  if (!(await setBackend(name))) throw new Unavailable(`tfjs could not start its ${name} backend`);
}

/** Tensors alive and their bytes, as tfjs counts them. */
export function tensorMemory(): { tensors: number; bytes: number } {
  const { numTensors, numBytes } = memory();
  return { tensors: numTensors, bytes: numBytes };
}

/** A promise and the function that resolves it with a reason, once. */
export function lossSignal(): { lost: Promise<string>; signal: (reason: string) => void } {
  let signal: (reason: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => {
    signal = resolve;
  });
  return { lost, signal };
}
