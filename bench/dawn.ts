/**
 * A WebGPU device in Node, through Dawn, for tests and benchmarks of the kernels. Where Vulkan has no driver, that of an
 * installed Chrome or Chromium serves: its SwiftShader. Where there is none either, tests say so and are marked skipped.
 */
import { join } from 'node:path';
import { create, globals } from 'webgpu';
import { vulkanFolder } from '../scripts/browser';
import type { KernelHost } from '../src/inference/webgpu/executor';
import { ProgramStore } from '../src/inference/webgpu/program';
import type { Precision } from '../src/inference/webgpu/wgsl';
import type { TileChoice } from '../src/inference/webgpu/tiles';

Object.assign(globalThis, globals);
// Instances must outlive their devices.
const instances = [create([])];

async function bestAdapter(): Promise<GPUAdapter | null> {
  const options: GPURequestAdapterOptions = { powerPreference: 'high-performance' };
  const found = await instances[0]?.requestAdapter(options);
  if (found || process.env['VK_ICD_FILENAMES'] !== undefined) return found ?? null;
  const folder = vulkanFolder();
  if (folder === undefined) return null;
  process.env['VK_ICD_FILENAMES'] = join(folder, 'vk_swiftshader_icd.json');
  const instance = create([]);
  instances.push(instance);
  return instance.requestAdapter(options);
}

const WANTED: readonly GPUFeatureName[] = ['timestamp-query', 'subgroups', 'shader-f16'];

/** A device of the best adapter, or undefined where there is none. */
export async function dawnDevice(): Promise<{ device: GPUDevice; adapter: GPUAdapter } | undefined> {
  const adapter = await bestAdapter();
  if (!adapter) return undefined;
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredFeatures: WANTED.filter((feature) => adapter.features.has(feature)),
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize },
  });
  return { device, adapter };
}

/** A device that compiles and runs nothing, with every feature: what a program's text is checked on, float16 included. */
export async function nullDevice(): Promise<GPUDevice> {
  const instance = create(['backend=null']);
  instances.push(instance);
  const adapter = await instance.requestAdapter();
  if (!adapter) throw new Error('Dawn has no null adapter');
  return adapter.requestDevice({ requiredFeatures: WANTED.filter((feature) => adapter.features.has(feature)) });
}

/** What kernels need of a device, with every error of the device thrown. */
export function dawnHost(
  device: GPUDevice,
  precision: Precision = 'float32',
  tiles: Partial<TileChoice> = {},
): KernelHost {
  return {
    store: new ProgramStore(device),
    tiles: { table: {}, software: false, subgroups: device.features.has('subgroups'), ...tiles },
    precision,
    async checked(work) {
      device.pushErrorScope('validation');
      const value = await work();
      const error = await device.popErrorScope();
      if (error) throw new Error(error.message);
      return value;
    },
  };
}
