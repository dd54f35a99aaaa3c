/**
 * tfjs's pool of GPU buffers, with a way to empty it: tfjs keeps every buffer it ever made for reuse, so that each
 * network that was loaded and replaced would leave its weights' memory behind.
 */
import { BufferManager } from '@tensorflow/tfjs-backend-webgpu/dist/buffer_manager';

const keyOf = (size: number, usage: GPUBufferUsageFlags) => `${size} ${usage}`;

/** Takes the place of a backend's `bufferManager`; before the backend has made any buffer. */
export class BufferPool extends BufferManager {
  private readonly free = new Map<string, GPUBuffer[]>();
  private readonly used = new Set<GPUBuffer>();
  private closed = false;

  constructor(private readonly gpu: GPUDevice) {
    super(gpu);
  }

  override acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation = false, reuse = true): GPUBuffer {
    let buffer = reuse ? this.free.get(keyOf(size, usage))?.pop() : undefined;
    if (!buffer) {
      buffer = this.gpu.createBuffer({ size, usage, mappedAtCreation });
      this.numBytesAllocated += size;
    }
    this.used.add(buffer);
    this.numBytesUsed += size;
    return buffer;
  }

  override releaseBuffer(buffer: GPUBuffer, reuse = true): void {
    if (this.closed) return;
    if (!this.used.delete(buffer)) throw new Error('a GPU buffer was released twice, or is not of this pool');
    this.numBytesUsed -= buffer.size;
    if (!reuse) {
      this.destroy(buffer);
      return;
    }
    const key = keyOf(buffer.size, buffer.usage);
    const list = this.free.get(key);
    if (list) list.push(buffer);
    else this.free.set(key, [buffer]);
  }

  /** Destroys every buffer that nothing uses. Commands that were recorded with them must have been submitted. */
  trim(): void {
    for (const list of this.free.values()) for (const buffer of list) this.destroy(buffer);
    this.free.clear();
  }

  private destroy(buffer: GPUBuffer): void {
    buffer.destroy();
    this.numBytesAllocated -= buffer.size;
  }

  override getNumUsedBuffers(): number {
    return this.used.size;
  }

  override getNumFreeBuffers(): number {
    let count = 0;
    for (const list of this.free.values()) count += list.length;
    return count;
  }

  override dispose(): void {
    this.trim();
    for (const buffer of this.used) this.destroy(buffer);
    this.used.clear();
    this.numBytesUsed = 0;
    this.closed = true;
  }
}
