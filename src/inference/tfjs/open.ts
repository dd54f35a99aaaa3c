/**
 * Chooses and starts a backend: WebGPU, WebGL, wasm, cpu, with software adapters behind wasm, and the reason for every
 * better-ranked one that is not used. Each backend's code is loaded only when it is started.
 */
import { BACKENDS, EngineError } from '../protocol';
import type { Backend, BackendReport } from '../protocol';
import type { Choice } from '../choice';
import { THREADS_HANG } from '../choice';
import type { Device } from './device';
import { ThreadsHang } from './errors';
import { probeWebgl, probeWebgpu } from './probe';

/** What a probe found: how to start the backend, or why it cannot be. */
export type Found =
  | { readonly open: () => Promise<Device>; readonly software: boolean; readonly name: string }
  | { readonly open: undefined; readonly reason: string };

export type Probes = { readonly [backend in Backend]: () => Promise<Found> };

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Probes of this browser. */
export function browserProbes(wasmThreads: boolean): Probes {
  return {
    async webgpu() {
      const probe = await probeWebgpu();
      if (probe.found === undefined) return { open: undefined, reason: probe.reason };
      const { found, software, name } = probe;
      return { open: async () => (await import('./webgpu')).openWebgpu(found, software), software, name };
    },
    async webgl() {
      const probe = probeWebgl();
      if (probe.found === undefined) return { open: undefined, reason: probe.reason };
      const { found, software, name } = probe;
      return { open: async () => (await import('./webgl')).openWebgl(found, name, software), software, name };
    },
    async wasm() {
      if (typeof WebAssembly === 'undefined') return { open: undefined, reason: 'this browser has no WebAssembly' };
      return { open: async () => (await import('./wasm')).openWasm(wasmThreads), software: false, name: 'wasm' };
    },
    async cpu() {
      return { open: async () => (await import('./cpu')).openCpu(), software: false, name: 'JavaScript' };
    },
  };
}

type Startable = Extract<Found, { open: () => Promise<Device> }>;

/**
 * Starts a backend.
 * @throws EngineError `backend-unavailable`; its details hold `THREADS_HANG` where a fresh worker without threads helps.
 */
export async function openDevice(
  choice: Choice,
  probes: Probes = browserProbes(choice.wasmThreads ?? true),
): Promise<{ device: Device; report: BackendReport }> {
  const rejected: { backend: Backend; reason: string }[] = [];
  const forced = choice.backend !== 'auto';

  async function start(
    backend: Backend,
    found: Startable,
  ): Promise<{ device: Device; report: BackendReport } | undefined> {
    try {
      const device = await found.open();
      const { adapter, software, threads } = device;
      const { executor = 'kernels', precision = 'float32' } = choice;
      const kernels = device.gpu && { executor, precision, float16: device.gpu.features.has('shader-f16') };
      const report = { backend, adapter, software, threads, forced, rejected, ...(kernels ? { kernels } : {}) };
      return { device, report };
    } catch (error) {
      if (error instanceof ThreadsHang) throw new EngineError('backend-unavailable', error.message, [THREADS_HANG]);
      rejected.push({ backend, reason: messageOf(error) });
      return undefined;
    }
  }

  const later: { backend: Backend; found: Startable }[] = [];
  const order = choice.backend === 'auto' ? BACKENDS : [choice.backend];
  for (const backend of order) {
    const excluded = choice.exclude?.find((entry) => entry.backend === backend);
    if (!forced && excluded) {
      rejected.push(excluded);
      continue;
    }
    // cpu comes after the software adapters that wasm was preferred to.
    if (!forced && backend === 'cpu') {
      for (const { backend: name, found } of later) {
        rejected.splice(
          rejected.findIndex((entry) => entry.backend === name),
          1,
        );
        const started = await start(name, found);
        if (started) return started;
      }
    }
    const found = await probes[backend]();
    if (!found.open) {
      rejected.push({ backend, reason: found.reason });
    } else if (!forced && found.software) {
      // Fewer milliseconds on WebGL than on WebGPU where both are computed by the processor.
      later.unshift({ backend, found });
      rejected.push({ backend, reason: `its only adapter is software (${found.name}), which is slower than wasm` });
    } else {
      const started = await start(backend, found);
      if (started) return started;
    }
  }
  const reasons = rejected.map(({ backend, reason }) => `${backend}: ${reason}`);
  const message = forced ? `the backend ${choice.backend} cannot be used here` : 'no backend can be used here';
  throw new EngineError('backend-unavailable', `${message} (${reasons.join('; ')})`, reasons);
}
