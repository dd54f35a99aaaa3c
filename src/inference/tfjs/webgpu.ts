/**
 * tfjs's WebGPU backend on a device of our own: with the adapter's full limits, losses noticed, errors caught, and
 * programs compiled without blocking. Imports the backend's own modules, not its entry, which would register every
 * kernel and a device of its own making.
 */
import { env } from '@tensorflow/tfjs-core';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/AvgPool';
import { concatConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Concat';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedDepthwiseConv2D';
import { maxPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/MaxPool';
import { sliceConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Slice';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import { BufferPool } from './bufferPool';
import { lossSignal, installBackend } from './device';
import type { Device } from './device';
import { DeviceFault } from './errors';
import { adapterName } from './probe';

const KERNELS = [
  avgPoolConfig,
  concatConfig,
  fusedConv2DConfig,
  fusedDepthwiseConv2DConfig,
  maxPoolConfig,
  sliceConfig,
];

/** Limits that tfjs's programs and buffers profit from; everything else stays at WebGPU's defaults. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

/** bgra8unorm-storage is tfjs's wish; the others are for our kernels. */
const FEATURES = ['timestamp-query', 'bgra8unorm-storage', 'subgroups', 'shader-f16'] as const;

/** Counts the programs that a device has been asked for and those that are ready. */
class ProgramCounter {
  asked = 0;
  ready = 0;
  onReady: () => void = () => undefined;

  constructor(device: GPUDevice) {
    const make = device.createComputePipelineAsync.bind(device);
    device.createComputePipelineAsync = async (descriptor) => {
      this.asked++;
      const pipeline = await make(descriptor);
      this.ready++;
      this.onReady();
      return pipeline;
    };
  }
}

/** Runs `work` inside the error scopes of a device; those that it opened are closed whatever happens. */
async function scoped<T>(device: GPUDevice, work: () => Promise<T>): Promise<T> {
  const kinds = ['internal', 'out-of-memory', 'validation'] as const;
  for (const kind of kinds) device.pushErrorScope(kind);
  let close: Promise<readonly (GPUError | null)[]>;
  const pop = () => Promise.all(kinds.map(() => device.popErrorScope()));
  let value: T;
  try {
    value = await work();
  } catch (error) {
    close = pop();
    // Of a lost device the scopes reject; the first error is the one to tell.
    const errors = await close.catch(() => []);
    throw faultOf(errors) ?? error;
  }
  close = pop();
  const fault = faultOf(await close);
  if (fault) throw fault;
  return value;
}

function faultOf(errors: readonly (GPUError | null)[]): DeviceFault | undefined {
  const error = errors.find((found) => found !== null);
  if (!error) return undefined;
  const memory = errors.some((found) => found instanceof GPUOutOfMemoryError);
  return new DeviceFault(memory ? 'memory' : 'other', error.message);
}

/** Starts the backend on an adapter. */
export async function openWebgpu(adapter: GPUAdapter, software: boolean): Promise<Device> {
  const device = await adapter.requestDevice({
    label: 'cspnet-lens',
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  const { lost, signal } = lossSignal();
  let disposed = false;
  // Errors outside our scopes belong to no run: the next run is not to be trusted either.
  let uncaught: string | undefined;
  device.addEventListener('uncapturederror', (event) => (uncaught = event.error.message));
  void device.lost.then(({ message, reason }) => {
    if (!disposed) signal(message || `the browser took the GPU away (${reason})`);
  });
  const counter = new ProgramCounter(device);
  const backend = new WebGPUBackend(device, adapter.info);
  const pool = new BufferPool(device);
  backend.bufferManager = pool;
  await installBackend('webgpu', backend, KERNELS);
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  const binding = maxStorageBufferBindingSize < maxBufferSize;
  return {
    backend: 'webgpu',
    adapter: adapterName(adapter.info),
    software,
    threads: 0,
    limits: {
      tensor: {
        bytes: Math.min(maxBufferSize, maxStorageBufferBindingSize),
        name: `the GPU's ${binding ? 'maxStorageBufferBindingSize' : 'maxBufferSize'}`,
      },
      total: { bytes: Number.POSITIVE_INFINITY, name: 'memory of the GPU' },
    },
    asynchronous: true,
    gpu: device,
    lost,
    async compile(record, onProgress) {
      counter.asked = 0;
      counter.ready = 0;
      env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
      try {
        record();
      } finally {
        env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
      }
      counter.onReady = () => onProgress(counter.ready, counter.asked);
      try {
        await backend.checkCompileCompletionAsync();
      } finally {
        counter.onReady = () => undefined;
      }
    },
    async checked(work) {
      const value = await scoped(device, work);
      if (uncaught !== undefined) {
        const message = uncaught;
        uncaught = undefined;
        throw new DeviceFault('other', message);
      }
      return value;
    },
    gpuBytes: () => backend.memory().numBytesAllocatedInGPU,
    trim() {
      // What is recorded and not yet submitted may still name freed buffers.
      backend.ensureCommandEncoderReady();
      backend.endComputePassEncoder();
      backend.submitQueue();
      pool.trim();
    },
    lose: () => device.destroy(),
    dispose() {
      disposed = true;
      backend.dispose();
      device.destroy();
    },
  };
}
