/** The end of a run: logits are read back and, where they are asked for, the probabilities that softmax.ts makes of them. */
import { GROUP, placeOf } from '../plan/place';
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

  /** Bytes of the logits of so many pictures. */
  private bytes(pictures: number): number {
    return pictures * this.groups * GROUP * bytesPer(this.precision);
  }

  /** Bytes of their probabilities, float32. */
  private probabilityBytes(pictures: number): number {
    return pictures * this.groups * GROUP * 4;
  }

  /** Makes room; after the buffers'. @returns the softmax. */
  async prepare(pictures: number): Promise<Encodable> {
    const { placement, store, groups } = this;
    const pipeline = await store.pipeline(softmaxProgram(this.precision));
    const { first, image } = placeOf(placement, placement.logits);
    const numbers = {
      classes: placement.plan.network.spec.classes,
      inGroup: first,
      inImage: image,
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
      size: this.probabilityBytes(pictures),
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    this.readback = store.gpu.createBuffer({
      label: 'logits and probabilities',
      size: this.bytes(pictures) + this.probabilityBytes(pictures),
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    const bound = store.bind('softmax', {
      uniform: { buffer: this.uniform },
      x: this.buffers.mapBuffer(placement.logits.map),
      y0: this.probabilities,
    });
    return { pipeline, group: bound, grid: [1, 1], stage: 'head' };
  }

  /** Sets the temperature, where it is another than before: a network's is the same in every run but its check. */
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
    const more = withProbabilities ? this.probabilityBytes(pictures) : 0;
    if (more > 0) encoder.copyBufferToBuffer(probabilities, 0, readback, bytes, more);
    return async (): Promise<{ readonly logits: Float32Array; readonly probabilities?: Float32Array }> => {
      await readback.mapAsync(GPUMapMode.READ, 0, bytes + more);
      const mapped = readback.getMappedRange(0, bytes + more).slice(0);
      readback.unmap();
      const logits = this.unpadded(numbersOf(mapped.slice(0, bytes), this.precision), pictures);
      if (!withProbabilities) return { logits };
      return { logits, probabilities: this.unpadded(new Float32Array(mapped.slice(bytes)), pictures) };
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
