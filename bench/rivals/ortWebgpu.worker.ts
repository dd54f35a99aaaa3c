/**
 * onnxruntime-web's WebGPU provider. Variants: `default`, a file with pairwise concatenations and no settings; `best`,
 * the same with NHWC, input and output bound to GPU buffers and the graph captured where it allows that; `list`, the
 * defaults on our file with Concat nodes of whole lists, as torchvision's DenseNet is exported.
 */
import './gpuUsage';
import * as ort from 'onnxruntime-web/webgpu';
import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import type { Network } from '../../src/network/network';
import { exportOnnx, INPUT, OUTPUT } from '../onnx/exportOnnx';
import { needAdapter } from './adapter';
import { absolute, floatsOf, ortVersion } from './ort';
import type { Job } from './protocol';
import { materialOf, serveRival } from './serve';
import type { Prepared } from './serve';

type Run = Prepared['run'];
interface Session {
  readonly run: Run;
  readonly settings: string;
}

const inputShape = ({ spec }: Network) => [1, 3, spec.size, spec.size];

async function plainSession(file: Uint8Array, network: Network, settings: string): Promise<Session> {
  const session = await ort.InferenceSession.create(file, { executionProviders: ['webgpu'] });
  return {
    settings,
    async run(values) {
      const begun = performance.now();
      const result = await session.run({ [INPUT]: new ort.Tensor('float32', values, inputShape(network)) });
      const logits = floatsOf(result[OUTPUT]);
      return { logits, ms: performance.now() - begun };
    },
  };
}

/** One session with input and output in GPU buffers that stay. */
async function boundSession(file: Uint8Array, network: Network, capture: boolean): Promise<Run> {
  const session = await ort.InferenceSession.create(file, {
    executionProviders: [{ name: 'webgpu', preferredLayout: 'NHWC', validationMode: 'wgpuOnly' }],
    enableGraphCapture: capture,
    preferredOutputLocation: 'gpu-buffer',
  });
  const device = await ort.env.webgpu.device;
  const { classes, size } = network.spec;
  const buffer = (bytes: number, usage: number) => device.createBuffer({ size: 16 * Math.ceil(bytes / 16), usage });
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const input = buffer(4 * 3 * size * size, STORAGE | COPY_SRC | COPY_DST);
  const output = buffer(4 * classes, STORAGE | COPY_SRC | COPY_DST);
  const readable = buffer(4 * classes, MAP_READ | COPY_DST);
  const feeds = { [INPUT]: ort.Tensor.fromGpuBuffer(input, { dataType: 'float32', dims: inputShape(network) }) };
  const fetches = { [OUTPUT]: ort.Tensor.fromGpuBuffer(output, { dataType: 'float32', dims: [1, classes] }) };
  return async (values) => {
    const begun = performance.now();
    device.queue.writeBuffer(input, 0, values.buffer, values.byteOffset, values.byteLength);
    await session.run(feeds, fetches);
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(output, 0, readable, 0, readable.size);
    device.queue.submit([encoder.finish()]);
    await readable.mapAsync(GPUMapMode.READ);
    const logits = new Float32Array(readable.getMappedRange().slice(0, 4 * classes));
    readable.unmap();
    return { logits, ms: performance.now() - begun };
  };
}

/** Captured where the graph allows it; a graph that does not fails at its creation. */
async function bestSession(file: Uint8Array, network: Network): Promise<Session> {
  const bound = 'NHWC, input and output in GPU buffers';
  let refused: string;
  try {
    return { run: await boundSession(file, network, true), settings: `${bound}, graph captured` };
  } catch (error) {
    refused = error instanceof Error ? error.message : String(error);
  }
  const run = await boundSession(file, network, false);
  return { run, settings: `${bound}; no graph capture: ${refused}` };
}

async function prepare(job: Job): Promise<Prepared> {
  await needAdapter();
  const { network, weights } = await materialOf(job);
  const list = job.variant === 'list';
  const file = exportOnnx(network, weights, list ? 'list' : 'pairwise');
  const plain = list ? 'defaults; Concat nodes of whole lists, as torchvision exports them' : 'defaults';
  const started = performance.now();
  ort.env.wasm.wasmPaths = { mjs: absolute(glueUrl), wasm: absolute(wasmUrl) };
  ort.env.wasm.numThreads = 1;
  // The adapter that everyone else here asks for.
  ort.env.webgpu.powerPreference = 'high-performance';
  const { run, settings } = await (job.variant === 'best'
    ? bestSession(file, network)
    : plainSession(file, network, plain));
  return { startMs: performance.now() - started, settings: `onnxruntime-web ${ortVersion(ort.env)}, ${settings}`, run };
}

serveRival(prepare);
