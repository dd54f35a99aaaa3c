/**
 * What stands before and after a network's own dispatches, each one more where it is asked for: levels of pictures become
 * values (preprocess.ts), logits become probabilities (softmax.ts). Holds the buffers of both.
 */
import { normalisationTable } from '../../image/preprocess';
import type { Levels } from '../networkInput';
import { GROUP } from '../plan/place';
import type { Placement } from '../plan/place';
import type { Program } from './dispatches';
import { PREPROCESS_FIELDS, PREPROCESS_WORKGROUP, preprocessShader } from './preprocess';
import { ALIGN, aligned, bytesPer } from './program';
import type { Encodable, NetworkBuffers, ProgramStore } from './program';
import { SOFTMAX_FIELDS, softmaxShader } from './softmax';
import type { Precision } from './wgsl';

/** Bytes of the table that stands before the levels. */
const TABLE = 256 * GROUP * 4;

/** The programs of both ends. */
export function endPrograms(precision: Precision): { readonly preprocess: Program; readonly softmax: Program } {
  return {
    preprocess: { key: `preprocess ${precision}`, code: () => preprocessShader(precision) },
    softmax: { key: `softmax ${precision}`, code: () => softmaxShader(precision) },
  };
}

/** Bytes of the levels of so many pictures. */
const levelBytes = ({ plan }: Placement, pictures: number) => pictures * 3 * plan.network.spec.size ** 2;

/** Bytes that the levels of so many pictures take on the device. */
export const levelsBufferBytes = (placement: Placement, pictures: number) =>
  aligned(TABLE + levelBytes(placement, pictures));

/** Workgroups of the first end. */
export const preprocessGroups = ({ plan }: Placement) => Math.ceil(plan.network.spec.size ** 2 / PREPROCESS_WORKGROUP);

/** Both ends of a network, for a number of pictures. */
export class Ends {
  private uniforms: GPUBuffer | undefined;
  private levels: GPUBuffer | undefined;
  private probabilities: GPUBuffer | undefined;
  private upload = new Uint8Array();
  /** What the device has. */
  private temperature: number | undefined;

  constructor(
    private readonly store: ProgramStore,
    private readonly placement: Placement,
    private readonly precision: Precision,
  ) {}

  /** Makes room, and what to encode before and after the network. */
  async prepare(buffers: NetworkBuffers, pictures: number): Promise<readonly [before: Encodable, after: Encodable]> {
    const { placement, store } = this;
    const programs = endPrograms(this.precision);
    const [preprocess, softmax] = await Promise.all([
      store.pipeline(programs.preprocess),
      store.pipeline(programs.softmax),
    ]);
    this.levels?.destroy();
    this.probabilities?.destroy();
    const { size, classes } = placement.plan.network.spec;
    const { input, logits } = placement;
    const uniforms = (this.uniforms ??= this.make('numbers of the ends', 2 * ALIGN, GPUBufferUsage.UNIFORM));
    const { groups: stride0 = 0 } = placement.maps[input.map] ?? {};
    const { groups: outGroups = 0 } = placement.maps[logits.map] ?? {};
    const first = { pixels: size ** 2, stride0, group0: input.group, image0: size ** 2 * stride0 };
    const last = { classes, inGroup: logits.group, inImage: outGroups, outGroups };
    const words = new Uint32Array((2 * ALIGN) / 4);
    words.set(PREPROCESS_FIELDS.map((field) => first[field]));
    words.set(
      SOFTMAX_FIELDS.map((field) => (field === 'temperature' ? 0 : last[field])),
      ALIGN / 4,
    );
    store.gpu.queue.writeBuffer(uniforms, 0, words);
    this.temperature = undefined;
    this.upload = new Uint8Array(levelsBufferBytes(placement, pictures));
    this.levels = this.make('levels', this.upload.length, GPUBufferUsage.STORAGE);
    this.probabilities = this.make(
      'probabilities',
      pictures * outGroups * GROUP * bytesPer(this.precision),
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    );
    const before = store.bind('preprocess', {
      uniform: { buffer: uniforms, size: PREPROCESS_FIELDS.length * 4 },
      w: { buffer: this.levels, offset: TABLE },
      norm: { buffer: this.levels, size: TABLE },
      y0: buffers.mapBuffer(input.map),
    });
    const after = store.bind('softmax', {
      uniform: { buffer: uniforms, offset: ALIGN, size: SOFTMAX_FIELDS.length * 4 },
      x: buffers.mapBuffer(logits.map),
      y0: this.probabilities,
    });
    return [
      { pipeline: preprocess, group: before, grid: [preprocessGroups(placement), 1], stage: 'stem' },
      { pipeline: softmax, group: after, grid: [1, 1], stage: 'head' },
    ];
  }

  private make(label: string, size: number, usage: number): GPUBuffer {
    return this.store.gpu.createBuffer({ label, size: aligned(size), usage: usage | GPUBufferUsage.COPY_DST });
  }

  /** Uploads levels with their table: the table is the same for all pictures of a run, and small. */
  writeLevels(input: Levels): void {
    if (!this.levels) throw new Error('there is no room for levels');
    const { upload } = this;
    upload.set(new Uint8Array(normalisationTable(input).buffer));
    upload.set(input.levels, TABLE);
    const used = Math.ceil((TABLE + input.levels.length) / 4) * 4;
    this.store.gpu.queue.writeBuffer(this.levels, 0, upload, 0, used);
  }

  /** Sets the temperature, where it is another than before: that of a network does not change. */
  writeTemperature(temperature: number): void {
    if (!this.uniforms) throw new Error('there is no room for numbers');
    if (temperature === this.temperature) return;
    const at = ALIGN + SOFTMAX_FIELDS.indexOf('temperature') * 4;
    this.store.gpu.queue.writeBuffer(this.uniforms, at, Float32Array.of(temperature));
    this.temperature = temperature;
  }

  /** Records a copy of the first bytes of the probabilities. */
  copyProbabilities(encoder: GPUCommandEncoder, to: GPUBuffer, offset: number, bytes: number): void {
    if (!this.probabilities) throw new Error('there is no room for probabilities');
    encoder.copyBufferToBuffer(this.probabilities, 0, to, offset, bytes);
  }

  /** Alive. */
  get buffers(): readonly GPUBuffer[] {
    return [this.uniforms, this.levels, this.probabilities].filter((buffer) => buffer !== undefined);
  }

  dispose(): void {
    for (const buffer of this.buffers) buffer.destroy();
    this.uniforms = this.levels = this.probabilities = undefined;
  }
}
