/** Whether there is WebGPU for a rival, asked in the same way for all of them. */
import { probeWebgpu } from '../../src/inference/tfjs/probe';
import { NOT_AVAILABLE } from './protocol';

/** The adapter that every rival gets. @throws Error that begins with {@link NOT_AVAILABLE} where there is none. */
export async function needAdapter(): Promise<GPUAdapter> {
  const probe = await probeWebgpu();
  if (probe.found === undefined) throw new Error(`${NOT_AVAILABLE}${probe.reason}`);
  return probe.found;
}
