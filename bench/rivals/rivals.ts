/** Who takes part in the benchmark: a name for links and files, a title, and the worker it lives in. */
import type { Endpoint } from 'comlink';

export const RIVALS = [
  { name: 'kernels', title: 'CSPNet Lens, WebGPU kernels', gpu: true, variant: 'kernels', start: ours },
  { name: 'stock', title: 'CSPNet Lens, tfjs WebGPU ops', gpu: true, variant: 'stock', start: ours },
  { name: 'tfjs', title: 'tfjs WebGPU, as a user writes it', gpu: true, variant: 'plain', start: tfjs },
  { name: 'ort', title: 'onnxruntime-web WebGPU, defaults', gpu: true, variant: 'default', start: ortWebgpu },
  { name: 'ort-best', title: 'onnxruntime-web WebGPU, best settings', gpu: true, variant: 'best', start: ortWebgpu },
  {
    name: 'ort-list',
    title: 'onnxruntime-web WebGPU, list Concats',
    gpu: true,
    variant: 'list',
    start: ortWebgpu,
  },
  { name: 'wasm', title: 'CSPNet Lens, wasm', gpu: false, variant: 'wasm', start: ours },
  { name: 'ort-wasm', title: 'onnxruntime-web wasm', gpu: false, variant: 'wasm', start: ortWasm },
] as const satisfies readonly Entry<string>[];

/** A rival's worker, or what stands for one in tests. */
export type RivalWorker = Endpoint & { terminate(): void };

/** One that takes part. */
export interface Entry<Name extends string = RivalName> {
  readonly name: Name;
  readonly title: string;
  /** Runs on WebGPU. */
  readonly gpu: boolean;
  readonly variant: string;
  readonly start: () => RivalWorker;
}

export type RivalName = (typeof RIVALS)[number]['name'];
export const RIVAL_NAMES: readonly RivalName[] = RIVALS.map(({ name }) => name);

/** The one whose outputs the others' are compared with: it shares no code with any of them but the ONNX file. */
export const REFERENCE: RivalName = 'ort-wasm';

// The bundler needs each address written out.
function ours(): Worker {
  return new Worker(new URL('./ours.worker.ts', import.meta.url), { type: 'module' });
}
function tfjs(): Worker {
  return new Worker(new URL('./tfjs.worker.ts', import.meta.url), { type: 'module' });
}
function ortWebgpu(): Worker {
  return new Worker(new URL('./ortWebgpu.worker.ts', import.meta.url), { type: 'module' });
}
function ortWasm(): Worker {
  return new Worker(new URL('./ortWasm.worker.ts', import.meta.url), { type: 'module' });
}
