/** Counts what a worker asks of WebGPU, whoever asks, by wrapping the prototypes. Import it before the library. */
import type { GpuUsage } from './protocol';

const counts = { dispatches: 0, submits: 0, bytes: 0, peakBytes: 0, errors: 0 };
let firstError: string | undefined;

type Result<Method> = Method extends (...args: never[]) => infer R ? R : never;

/** Tells of every call of a method, with what it gave. */
function after<Prototype extends object, Name extends keyof Prototype>(
  prototype: Prototype,
  name: Name,
  tell: (self: unknown, result: Result<Prototype[Name]>) => void,
): void {
  const method = prototype[name];
  if (typeof method !== 'function') throw new Error(`WebGPU has no ${String(name)} here`);
  Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]): unknown {
    const result = Reflect.apply(method, this, args);
    tell(this, result);
    return result;
  });
}

function install(): void {
  const dispatched = () => void counts.dispatches++;
  after(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', dispatched);
  after(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', dispatched);
  after(GPUQueue.prototype, 'submit', () => void counts.submits++);
  const alive = new WeakSet<GPUBuffer>();
  after(GPUDevice.prototype, 'createBuffer', (_, buffer) => {
    alive.add(buffer);
    counts.bytes += buffer.size;
    counts.peakBytes = Math.max(counts.peakBytes, counts.bytes);
  });
  after(GPUBuffer.prototype, 'destroy', (self) => {
    if (self instanceof GPUBuffer && alive.delete(self)) counts.bytes -= self.size;
  });
  after(GPUAdapter.prototype, 'requestDevice', (_, asked) => {
    void asked.then(
      (device) =>
        device.addEventListener('uncapturederror', ({ error }) => {
          counts.errors++;
          firstError ??= error.message;
        }),
      // Whoever asked for it hears of it.
      () => undefined,
    );
  });
}

if ('GPUDevice' in globalThis) install();

/** What was counted so far. */
export function gpuUsage(): GpuUsage {
  const { dispatches, submits, peakBytes, errors } = counts;
  return { dispatches, submits, peakBytes, errors, firstError };
}
