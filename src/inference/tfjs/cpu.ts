/** tfjs's plain JavaScript backend: the last resort, and what the unit tests run on. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { lossSignal } from './device';
import type { Device } from './device';
import { Unavailable } from './errors';

/** Starts it; works anywhere. */
export async function openCpu(): Promise<Device> {
  if (!(await setBackend('cpu'))) throw new Unavailable('tfjs could not start its cpu backend');
  const { lost, signal } = lossSignal();
  const limit = { bytes: 2 ** 31, name: 'memory of plain JavaScript arrays' };
  return {
    backend: 'cpu',
    adapter: 'JavaScript',
    software: false,
    threads: 1,
    limits: { tensor: limit, total: limit },
    asynchronous: false,
    lost,
    compile: () => Promise.resolve(),
    checked: (work) => work(),
    gpuBytes: () => 0,
    trim: () => undefined,
    lose: () => signal('lost for a test'),
    dispose: () => undefined,
  };
}
