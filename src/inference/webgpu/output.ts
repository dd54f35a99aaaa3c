/** The end of a run: logits are read back and, where they are asked for, the probabilities that softmax.ts makes of them. */
import { GROUP, pictureStride } from '../plan/place';
import type { Placement } from '../plan/place';
import type { Program } from './dispatches';
import { bytesPer, numbersOf, uniformOf } from './program';
import type { Encodable, NetworkBuffers, ProgramStore } from './program';
import { SOFTMAX_FIELDS, softmaxShader } from './softmax';
import type { Precision } from './wgsl';

export const softmaxProgram = (precision: Precision): Program => ({
  key: `softmax ${precision}`,
  code: () => softmaxShader(precision),
});

/** A network's logits and probabilities, for a number of pictures. */
export class KernelOutput {
  private uniform: GPUBuffer | undefined;
  private probabilities: GPUBuffer | undefined;
  private readback: GPUBuffer | undefined;
  /** That the device has. */
  private temperature: number | undefined;

  constructor(
    private readonly store: ProgramStore,
    private readonly placement: Placement,
    private readonly buffers: NetworkBuffers,
    private readonly precision: Precision,
  ) {}

  private get groups(): number {
    return this.placement.maps[this.placement.logits.map]?.groups ?? 0;
  }

  /** Bytes of the logits of so many pictures, or of their probabilities. */
  private bytes(pictures: number): number {
    return pictures * this.groups * GROUP * bytesPer(this.precision);
  }

  /** Makes room; after the buffers'. @returns the softmax. */
  async prepare(pictures: number): Promise<Encodable> {
    const { placement, store, groups } = this;
    const pipeline = await store.pipeline(softmaxProgram(this.precision));
    const { map, group } = placement.logits;
    const { offset = 0 } = placement.maps[map] ?? {};
    const numbers = {
      classes: placement.plan.network.spec.classes,
      inGroup: offset / GROUP + group,
      inImage: pictureStride(placement, map) / GROUP,
      outGroups: groups,
      temperature: 0,
    };
    this.uniform ??= uniformOf(
      store.gpu,
      SOFTMAX_FIELDS.map((field) => numbers[field]),
    );
    this.probabilities?.destroy();
    this.readback?.destroy();
    this.probabilities = store.gpu.createBuffer({
      label: 'probabilities',
      size: this.bytes(pictures),
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    this.readback = store.gpu.createBuffer({
      label: 'logits and probabilities',
      size: 2 * this.bytes(pictures),
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    const bound = store.bind('softmax', {
      uniform: { buffer: this.uniform },
      x: this.buffers.mapBuffer(map),
      y0: this.probabilities,
    });
    return { pipeline, group: bound, grid: [1, 1], stage: 'head' };
  }

  /** Sets the temperature, where it is another than before: that of a network does not change. */
  setTemperature(temperature: number): void {
    if (!this.uniform) throw new Error('there is no room for numbers');
    if (temperature === this.temperature) return;
    const at = SOFTMAX_FIELDS.indexOf('temperature') * 4;
    this.store.gpu.queue.writeBuffer(this.uniform, at, Float32Array.of(temperature));
    this.temperature = temperature;
  }

  /** Records the copies to be read. @returns what reads them after the submit, once. */
  record(encoder: GPUCommandEncoder, pictures: number, withProbabilities: boolean) {
    const { readback, probabilities } = this;
    if (!readback || !probabilities) throw new Error('there is no room for logits');
    const { map } = this.placement.logits;
    for (let picture = 0; picture < pictures; picture++) {
      const from = this.buffers.byteOf(map, picture);
      encoder.copyBufferToBuffer(this.buffers.mapBuffer(map), from, readback, this.bytes(picture), this.bytes(1));
    }
    const bytes = this.bytes(pictures);
    if (withProbabilities) encoder.copyBufferToBuffer(probabilities, 0, readback, bytes, bytes);
    return async (): Promise<{ readonly logits: Float32Array; readonly probabilities?: Float32Array }> => {
      const size = withProbabilities ? 2 * bytes : bytes;
      await readback.mapAsync(GPUMapMode.READ, 0, size);
      const padded = numbersOf(readback.getMappedRange(0, size), this.precision);
      readback.unmap();
      const logits = this.unpadded(padded, pictures);
      if (!withProbabilities) return { logits };
      const from = pictures * this.groups * GROUP;
      return { logits, probabilities: this.unpadded(padded.subarray(from), pictures) };
    };
  }

  /** [N, groups × 4] → [N, classes]. */
  private unpadded(padded: Float32Array, pictures: number): Float32Array {
    const { classes } = this.placement.plan.network.spec;
    const stride = this.groups * GROUP;
    const out = new Float32Array(pictures * classes);
    for (let n = 0; n < pictures; n++) out.set(padded.subarray(n * stride, n * stride + classes), n * classes);
    return out;
  }

  /** Alive. */
  get own(): readonly GPUBuffer[] {
    return [this.uniform, this.probabilities, this.readback].filter((buffer) => buffer !== undefined);
  }

  dispose(): void {
    for (const buffer of this.own) buffer.destroy();
    this.uniform = this.probabilities = this.readback = undefined;
  }
}
