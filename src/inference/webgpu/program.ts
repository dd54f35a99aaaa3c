/**
 * Dispatches → what the device runs: programs compiled without blocking and shared by all networks of the device, and
 * per network its buffers and bind groups, made once. A run then only encodes.
 */
import type { Network } from '../../network/network';
import { fromF16, toF16 } from '../../weights/halfFloats';
import { packWeights } from '../plan/packWeights';
import { GROUP, pictureStride } from '../plan/place';
import type { Placement } from '../plan/place';
import type { Weights } from '../plan/planWeights';
import type { Precision } from './wgsl';
import type { Dispatch, Program } from './dispatches';

/** Alignment of a binding's offset, WebGPU's default limit, bytes. */
const ALIGN = 256;
export const aligned = (bytes: number) => Math.ceil(bytes / ALIGN) * ALIGN;

/** Bytes of a value in a feature map or filter. */
export const bytesPer = (precision: Precision) => (precision === 'float16' ? 2 : 4);

/** A uniform of whole numbers. */
export function uniformOf(gpu: GPUDevice, numbers: ArrayLike<number>): GPUBuffer {
  const words = Uint32Array.from(numbers);
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  const buffer = gpu.createBuffer({ label: 'numbers', size: words.byteLength, usage });
  gpu.queue.writeBuffer(buffer, 0, words);
  return buffer;
}

/** A copy of the numbers of a mapped buffer. */
export function numbersOf(mapped: ArrayBuffer, precision: Precision): Float32Array {
  const bytes = mapped.slice(0);
  return precision === 'float16' ? fromF16(new Uint16Array(bytes)) : new Float32Array(bytes);
}

/** What a program is run on; where it does not use one of them, that may be left out. */
export interface Bindings {
  readonly uniform: GPUBufferBinding;
  readonly x?: GPUBuffer | undefined;
  readonly w?: GPUBufferBinding | undefined;
  readonly norm?: GPUBufferBinding | undefined;
  readonly bias?: GPUBufferBinding | undefined;
  readonly y0: GPUBuffer;
  readonly y1?: GPUBuffer | undefined;
}

/** Programs of a device, each compiled once, and the layout that all of them share. */
export class ProgramStore {
  private readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  /** Stand in for what a program does not read, or write. */
  private readonly unread: GPUBuffer;
  private readonly unwritten: GPUBuffer;
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(readonly gpu: GPUDevice) {
    this.layout = gpu.createBindGroupLayout({
      label: 'kernels',
      entries: [0, 1, 2, 3, 4, 5, 6].map((binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: binding === 0 ? 'uniform' : binding < 5 ? 'read-only-storage' : 'storage' },
      })),
    });
    this.pipelineLayout = gpu.createPipelineLayout({ bindGroupLayouts: [this.layout] });
    const unused = (label: string) => gpu.createBuffer({ label, size: ALIGN, usage: GPUBufferUsage.STORAGE });
    this.unread = unused('unread');
    this.unwritten = unused('unwritten');
  }

  /** A bind group, of the layout that all programs share. */
  bind(label: string, { uniform, x, w, norm, bias, y0, y1 }: Bindings): GPUBindGroup {
    const whole = (buffer: GPUBuffer): GPUBufferBinding => ({ buffer });
    const unread = whole(this.unread);
    const read = [x ? whole(x) : unread, w ?? unread, norm ?? unread, bias ?? unread];
    const resources = [uniform, ...read, whole(y0), whole(y1 ?? this.unwritten)];
    const entries = resources.map((resource, binding) => ({ binding, resource }));
    return this.gpu.createBindGroup({ label, layout: this.layout, entries });
  }

  /**
   * A compiled program.
   * @throws GPUPipelineError with the compiler's message.
   */
  pipeline({ key, code }: Program): Promise<GPUComputePipeline> {
    let found = this.pipelines.get(key);
    if (!found) {
      // A rejected text is told by the pipeline, with the compiler's message: it is no error of whoever runs meanwhile.
      this.gpu.pushErrorScope('validation');
      const module = this.gpu.createShaderModule({ label: key, code: code() });
      void this.gpu.popErrorScope().catch(() => null);
      found = this.gpu.createComputePipelineAsync({
        label: key,
        layout: this.pipelineLayout,
        compute: { module, entryPoint: 'main' },
      });
      this.pipelines.set(key, found);
      // Not remembered where it failed: that may have been for want of memory at the time.
      found.catch(() => this.pipelines.delete(key));
    }
    return found;
  }
}

/** A dispatch ready to be encoded. */
export interface Encodable {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly grid: readonly [number, number];
  readonly stage: string;
}

/** Buffers of a network on the device, and its dispatches for a number of pictures. */
export class NetworkBuffers {
  /** Of each feature map's buffer, for `capacity` pictures. */
  private maps: GPUBuffer[] = [];
  private readonly constants: GPUBuffer[] = [];
  private uniforms: GPUBuffer | undefined;
  private readonly offsets: { filter: Section; norm: Section; bias: Section }[] = [];
  capacity = 0;
  private disposed = false;

  constructor(
    private readonly store: ProgramStore,
    private readonly placement: Placement,
    private readonly dispatches: readonly Dispatch[],
    private readonly precision: Precision,
  ) {}

  private make(label: string, size: number, usage: number): GPUBuffer {
    return this.store.gpu.createBuffer({ label, size: Math.max(ALIGN, aligned(size)), usage });
  }

  /** Puts the weights of one dispatch on the device; in the order of the dispatches, once each. */
  addConstants(index: number, network: Network, weights: Weights): void {
    const dispatch = this.dispatches[index];
    if (!dispatch) throw new Error(`there is no dispatch ${index}`);
    const { placed, writes, table } = dispatch;
    const packed = packWeights(network, placed.step, placed.read, writes, weights);
    const half = this.precision === 'float16';
    const filter = table ? Int32Array.from(table) : packed.filter && (half ? toF16(packed.filter) : packed.filter);
    let size = 0;
    const parts: { at: number; data: ArrayBufferView<ArrayBufferLike> }[] = [];
    const section = (data: ArrayBufferView<ArrayBufferLike> | undefined): Section => {
      if (!data) return undefined;
      const at = size;
      parts.push({ at, data });
      size = aligned(size + data.byteLength);
      return { offset: at, size: data.byteLength };
    };
    this.offsets[index] = { filter: section(filter), norm: section(packed.norm), bias: section(packed.bias) };
    const buffer = this.store.gpu.createBuffer({
      label: placed.step.id,
      size: Math.max(ALIGN, size),
      usage: GPUBufferUsage.STORAGE,
      mappedAtCreation: true,
    });
    this.constants[index] = buffer;
    const target = new Uint8Array(buffer.getMappedRange());
    for (const { at, data } of parts) target.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    buffer.unmap();
  }

  /**
   * Makes the feature maps' buffers large enough for so many pictures, and bind groups on them.
   * @returns what to encode.
   */
  async prepare(pictures: number): Promise<readonly Encodable[]> {
    const pipelines = await Promise.all(this.dispatches.map(({ program }) => this.store.pipeline(program)));
    for (const buffer of this.maps) buffer.destroy();
    this.capacity = pictures;
    this.maps = this.placement.buffers.map((floats, index) =>
      this.make(
        `feature maps ${index}`,
        floats * pictures * bytesPer(this.precision),
        GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
      ),
    );
    const uniforms = (this.uniforms ??= this.makeUniforms());
    return this.dispatches.map((dispatch, index): Encodable => {
      const { placed, writes, grid } = dispatch;
      const pipeline = pipelines[index];
      const offsets = this.offsets[index];
      const constants = this.constants[index];
      if (!pipeline || !offsets || !constants) throw new Error(`${placed.step.id} has no weights on the device`);
      const part = (section: Section) => section && { buffer: constants, ...section };
      const [first, second] = writes;
      const y0 = this.mapBuffer(first?.map ?? -1);
      const group = this.store.bind(placed.step.id, {
        uniform: { buffer: uniforms, offset: index * ALIGN, size: dispatch.numbers.length * 4 },
        x: this.placement.together ? undefined : this.mapBuffer(placed.read.map),
        w: part(offsets.filter),
        norm: part(offsets.norm),
        bias: part(offsets.bias),
        y0,
        // Nothing is bound for writing twice.
        y1: second && this.mapBuffer(second.map) !== y0 ? this.mapBuffer(second.map) : undefined,
      });
      return { pipeline, group, grid, stage: placed.step.stage };
    });
  }

  /** Of all dispatches, each at an address that a binding can begin at. */
  private makeUniforms(): GPUBuffer {
    const words = new Uint32Array((this.dispatches.length * ALIGN) / 4);
    this.dispatches.forEach(({ numbers }, index) => words.set(numbers, (index * ALIGN) / 4));
    return uniformOf(this.store.gpu, words);
  }

  /** The buffer that a feature map lies in. */
  mapBuffer(map: number): GPUBuffer {
    const buffer = this.maps[this.placement.maps[map]?.buffer ?? -1];
    if (!buffer) throw new Error(`feature map ${map} has no buffer`);
    return buffer;
  }

  /** Where a picture's feature map begins in its buffer, bytes. */
  byteOf(map: number, picture: number): number {
    const { offset = 0 } = this.placement.maps[map] ?? {};
    return (offset + picture * pictureStride(this.placement, map)) * bytesPer(this.precision);
  }

  /** Records a copy of the first picture's feature map, to be read after the submit, once. */
  copyMap(encoder: GPUCommandEncoder, map: number): { buffer: GPUBuffer; read: () => Promise<Float32Array> } {
    const { height = 0, width = 0, groups = 0 } = this.placement.maps[map] ?? {};
    const size = height * width * groups * GROUP * bytesPer(this.precision);
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const buffer = this.store.gpu.createBuffer({ label: 'activations', size, usage });
    encoder.copyBufferToBuffer(this.mapBuffer(map), this.byteOf(map, 0), buffer, 0, size);
    const read = async () => {
      await buffer.mapAsync(GPUMapMode.READ);
      const values = numbersOf(buffer.getMappedRange(), this.precision);
      buffer.unmap();
      return values;
    };
    return { buffer, read };
  }

  private get all(): readonly GPUBuffer[] {
    if (this.disposed) return [];
    const others = this.uniforms ? [this.uniforms] : [];
    return [...this.maps, ...this.constants, ...others];
  }

  /** Buffers alive and their bytes. */
  memory(): { readonly buffers: number; readonly bytes: number } {
    return { buffers: this.all.length, bytes: this.all.reduce((sum, { size }) => sum + size, 0) };
  }

  dispose(): void {
    for (const buffer of this.all) buffer.destroy();
    this.maps = [];
    this.constants.length = 0;
    this.disposed = true;
  }
}

/** A part of a buffer; absent where a program does not read that binding. */
type Section = { readonly offset: number; readonly size: number } | undefined;
