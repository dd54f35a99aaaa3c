/** The kernels' view of tfjs's WebGPU device. */
import type { Device } from '../tfjs/device';
import type { Precision } from './wgsl';
import type { KernelHost } from './executor';
import { ProgramStore } from './program';
import type { TileTable } from './tiles';

/** What kernels need, on the device that tfjs runs on. */
export function kernelHost(device: Device, gpu: GPUDevice, precision: Precision, table: TileTable): KernelHost {
  return {
    store: new ProgramStore(gpu),
    tiles: { table, software: device.software, subgroups: gpu.features.has('subgroups') },
    precision,
    checked: (work) => device.checked(work),
  };
}
