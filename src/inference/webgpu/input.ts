/** The beginning of a run: values go into the input's feature map as they are, levels through preprocess.ts. */
import { normalisationTable } from '../../image/preprocess';
import { toF16 } from '../../weights/halfFloats';
import type { Levels, NetworkInput } from '../networkInput';
import { GROUP, placeOf } from '../plan/place';
import type { Placement } from '../plan/place';
import type { Program } from './dispatches';
import { PREPROCESS_FIELDS, PREPROCESS_WORKGROUP, preprocessShader } from './preprocess';
import { aligned, uniformOf } from './program';
import type { Encodable, NetworkBuffers, ProgramStore } from './program';
import type { Precision } from './wgsl';

/** Bytes of the table that stands before the levels. */
const TABLE = 256 * GROUP * 4;

const pixelsOf = ({ plan }: Placement) => plan.network.spec.size ** 2;

/** Bytes that the levels of so many pictures take on the device. */
export const levelsBufferBytes = (placement: Placement, pictures: number) =>
  aligned(TABLE + pictures * 3 * pixelsOf(placement));

const preprocessGroups = (placement: Placement) => Math.ceil(pixelsOf(placement) / PREPROCESS_WORKGROUP);

export const preprocessProgram = (precision: Precision): Program => ({
  key: `preprocess ${precision}`,
  code: () => preprocessShader(precision),
});

/** A network's input, for a number of pictures. */
export class KernelInput {
  private uniform: GPUBuffer | undefined;
  private levels: GPUBuffer | undefined;
  /** What is uploaded is put together here; made when first used. */
  private bytes: Uint8Array<ArrayBuffer> | undefined;
  private values: Float32Array<ArrayBuffer> | undefined;
  private pictures = 0;

  constructor(
    private readonly store: ProgramStore,
    private readonly placement: Placement,
    private readonly buffers: NetworkBuffers,
    private readonly precision: Precision,
  ) {}

  /** Makes room; after the buffers'. @returns the preprocessing of levels. */
  async prepare(pictures: number): Promise<Encodable> {
    const { placement, store } = this;
    const pipeline = await store.pipeline(preprocessProgram(this.precision));
    const { map, first, image } = placeOf(placement, placement.input);
    const numbers = { pixels: pixelsOf(placement), stride0: map.groups, group0: first, image0: image };
    this.uniform ??= uniformOf(
      store.gpu,
      PREPROCESS_FIELDS.map((field) => numbers[field]),
    );
    this.pictures = pictures;
    this.values = this.bytes = undefined;
    this.levels?.destroy();
    this.levels = store.gpu.createBuffer({
      label: 'levels',
      size: levelsBufferBytes(placement, pictures),
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
    const bound = store.bind('preprocess', {
      uniform: { buffer: this.uniform },
      w: { buffer: this.levels, offset: TABLE },
      norm: { buffer: this.levels, size: TABLE },
      y0: this.buffers.mapBuffer(placement.input.map),
    });
    return { pipeline, group: bound, grid: [preprocessGroups(placement), 1], stage: 'stem' };
  }

  /** Uploads pictures. @returns whether they are levels, which are to be preprocessed. */
  write(input: NetworkInput): boolean {
    if (input instanceof Float32Array) this.writeValues(input);
    else this.writeLevels(input);
    return !(input instanceof Float32Array);
  }

  /** A fourth channel of zeros beside. */
  private writeValues(input: Float32Array): void {
    const one = pixelsOf(this.placement);
    const values = (this.values ??= new Float32Array(this.pictures * one * GROUP));
    for (let from = 0, to = 0; from < input.length; from += 3, to += GROUP) {
      values[to] = input[from] ?? 0;
      values[to + 1] = input[from + 1] ?? 0;
      values[to + 2] = input[from + 2] ?? 0;
    }
    const { map } = this.placement.input;
    for (let picture = 0; picture < input.length / 3 / one; picture++) {
      const part = values.subarray(picture * one * GROUP, (picture + 1) * one * GROUP);
      const data = this.precision === 'float16' ? toF16(part) : part;
      this.store.gpu.queue.writeBuffer(this.buffers.mapBuffer(map), this.buffers.byteOf(map, picture), data);
    }
  }

  /** With their table, which is small. */
  private writeLevels(input: Levels): void {
    if (!this.levels) throw new Error('there is no room for levels');
    const bytes = (this.bytes ??= new Uint8Array(levelsBufferBytes(this.placement, this.pictures)));
    bytes.set(new Uint8Array(normalisationTable(input).buffer));
    bytes.set(input.levels, TABLE);
    const used = Math.ceil((TABLE + input.levels.length) / 4) * 4;
    this.store.gpu.queue.writeBuffer(this.levels, 0, bytes, 0, used);
  }

  /** Alive. */
  get own(): readonly GPUBuffer[] {
    return [this.uniform, this.levels].filter((buffer) => buffer !== undefined);
  }

  dispose(): void {
    for (const buffer of this.own) buffer.destroy();
    this.uniform = this.levels = undefined;
  }
}
