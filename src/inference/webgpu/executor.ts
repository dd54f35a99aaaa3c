/**
 * Runs a network with the kernels of this folder: everything is made once, a run uploads the input, encodes one list of
 * dispatches, submits once and reads the logits back. Activations are copied out in passing when they are asked for.
 */
import { nodeOf } from '../../network/network';
import type { Network } from '../../network/network';
import { wantedClass, weightedMap } from '../classMap';
import { channelsFirst } from '../layout';
import type { Execution, NetworkExecutor, Outputs, PassingValue, StageTimes, Wanted } from '../executor';
import { pictureOf } from '../networkInput';
import type { NetworkInput } from '../networkInput';
import type { FusedPlan } from '../plan/fuse';
import type { Placement } from '../plan/place';
import { stageOutputsOf, valueOfNode } from '../plan/plan';
import type { Weights } from '../plan/planWeights';
import type { Activation, ClassActivation } from '../protocol';
import { YIELD_EVERY, yieldToMessages } from '../yieldToMessages';
import type { Precision } from './wgsl';
import { dispatchesOf } from './dispatches';
import type { Dispatch } from './dispatches';
import { KernelInput, preprocessProgram } from './input';
import { KernelOutput, softmaxProgram } from './output';
import { NetworkBuffers } from './program';
import type { Encodable, ProgramStore } from './program';
import { checkLimits } from './limits';
import { copyOut } from './readout';
import { StageClock } from './stageClock';
import type { TileChoice } from './tiles';

/** What the kernels need of a device. */
export interface KernelHost {
  readonly store: ProgramStore;
  readonly tiles: TileChoice;
  readonly precision: Precision;
  /** Runs `work` and fails if the device reported an error meanwhile. */
  checked<T>(work: () => Promise<T>): Promise<T>;
}

/** A network that is being compiled: begun before its weights are there. */
export interface Compiling {
  readonly placement: Placement;
  readonly dispatches: readonly Dispatch[];
  /** Resolves when every program is there. Never left without a handler. */
  readonly done: Promise<unknown>;
}

/** Starts to compile what a placement needs. */
export function compile(host: KernelHost, placement: Placement): Compiling {
  const dispatches = dispatchesOf(placement, host.tiles, host.precision);
  const ends = [preprocessProgram(host.precision), softmaxProgram(host.precision)];
  const programs = [...dispatches.map(({ program }) => program), ...ends];
  const done = Promise.all(programs.map((program) => host.store.pipeline(program)));
  done.catch(() => undefined);
  return { placement, dispatches, done };
}

/** Outputs of a fused plan: a node is its own value. */
function outputsOf({ network, sources, pooled }: FusedPlan): Outputs {
  const nodes = [...sources.keys()].filter((id) => network.byId.has(id));
  return {
    network,
    available: new Map(nodes.map((node) => [node, node])),
    pooled,
    stageOutputs: stageOutputsOf(network),
  };
}

/** A network with its weights on the device. */
export class KernelExecutor implements NetworkExecutor {
  readonly outputs: Outputs;
  private readonly buffers: NetworkBuffers;
  private readonly input: KernelInput;
  private readonly output: KernelOutput;
  /** Preprocessing, the network's dispatches, softmax: the first and the last are left out unless they are asked for. */
  private encodables: readonly Encodable[] = [];
  /** The first that a run of the present input takes. */
  private first = 1;
  private clock: StageClock | undefined;
  private disposed = false;
  /** After which of the encodables each step's value is whole. */
  private readonly lastDispatch = new Map<string, number>([['input', 0]]);

  private constructor(
    private readonly host: KernelHost,
    readonly placement: Placement,
    readonly dispatches: readonly Dispatch[],
    private readonly weights: Weights,
  ) {
    this.outputs = outputsOf(placement.plan);
    const { store, precision } = host;
    this.buffers = new NetworkBuffers(store, placement, dispatches, precision);
    this.input = new KernelInput(store, placement, this.buffers, precision);
    this.output = new KernelOutput(store, placement, this.buffers, precision);
    dispatches.forEach(({ placed }, index) => this.lastDispatch.set(placed.step.id, index + 1));
  }

  /**
   * Puts the weights on the device and waits for the programs.
   * @param onProgress dispatches that have their weights, or programs, and of how many.
   * @throws DeviceFault for whatever the device reports; AbortError; nothing stays behind then.
   */
  static async create(
    host: KernelHost,
    { placement, dispatches, done }: Compiling,
    weights: Weights,
    onProgress: (phase: 'build' | 'compile', done: number, total: number) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<{ executor: KernelExecutor; buildMs: number; compileMs: number }> {
    const { network } = placement.plan;
    const kept = keptWeights(network, weights);
    const executor = new KernelExecutor(host, placement, dispatches, kept);
    try {
      const started = performance.now();
      let yielded = started;
      const total = dispatches.length;
      const built = await host.checked(async () => {
        for (let index = 0; index < total; index++) {
          executor.buffers.addConstants(index, network, weights);
          if (performance.now() - yielded < YIELD_EVERY) continue;
          onProgress('build', index + 1, total);
          await yieldToMessages();
          signal?.throwIfAborted();
          yielded = performance.now();
        }
        onProgress('build', total, total);
        const at = performance.now();
        onProgress('compile', 0, total);
        await done;
        await executor.reserve(1);
        return at;
      });
      return { executor, buildMs: built - started, compileMs: performance.now() - built };
    } catch (error) {
      executor.dispose();
      throw error;
    }
  }

  /** Does something with room for so many pictures, and fails if the device reported an error meanwhile. */
  private async onDevice<T>(pictures: number, work: () => Promise<T>): Promise<T> {
    if (this.disposed) throw new Error('this network was unloaded');
    const { capacity } = this.buffers;
    try {
      return await this.host.checked(async () => {
        await this.reserve(pictures);
        return work();
      });
    } catch (error) {
      // Whether the new room is sound is not known: the next run makes its own.
      if (this.buffers.capacity !== capacity) this.buffers.capacity = 0;
      throw error;
    }
  }

  /**
   * Makes room for so many pictures at once. A single picture gives the room of a batch back.
   * @throws EngineError `too-large`; what there was stays.
   */
  private async reserve(pictures: number): Promise<void> {
    const { capacity } = this.buffers;
    if (pictures === capacity || (pictures > 1 && pictures < capacity)) return;
    checkLimits(this.placement, this.gpu.limits, pictures);
    const own = await this.buffers.prepare(pictures);
    this.encodables = [await this.input.prepare(pictures), ...own, await this.output.prepare(pictures)];
  }

  private get gpu(): GPUDevice {
    return this.host.store.gpu;
  }

  private write(input: NetworkInput): void {
    this.first = this.input.write(input) ? 0 : 1;
  }

  /** Encodes `from` to `to` − 1 into a pass, but for preprocessing where there is nothing to preprocess. */
  private encode(pass: GPUComputePassEncoder, from: number, to: number, pictures: number): void {
    let pipeline: GPUComputePipeline | undefined;
    for (let index = Math.max(from, this.first); index < to; index++) {
      const one = this.encodables[index];
      if (!one) continue;
      if (one.pipeline !== pipeline) pass.setPipeline((pipeline = one.pipeline));
      pass.setBindGroup(0, one.group);
      pass.dispatchWorkgroups(one.grid[0], one.grid[1], pictures);
    }
  }

  private pass(encoder: GPUCommandEncoder, from: number, to: number, pictures: number): void {
    const pass = encoder.beginComputePass();
    this.encode(pass, from, to, pictures);
    pass.end();
  }

  /** One run from the upload to the read-back. */
  private async classify(input: NetworkInput, batch: number, temperature: number | undefined) {
    this.write(input);
    if (temperature !== undefined) this.output.setTemperature(temperature);
    const end = temperature === undefined ? this.encodables.length - 1 : this.encodables.length;
    const encoder = this.gpu.createCommandEncoder();
    this.pass(encoder, 0, end, batch);
    const read = this.output.record(encoder, batch, temperature !== undefined);
    this.gpu.queue.submit([encoder.finish()]);
    return read();
  }

  async run(input: NetworkInput, batch: number, wanted: Wanted, signal?: AbortSignal): Promise<Execution> {
    const nodes = wanted.nodes.map((node) => valueOfNode(this.outputs, node));
    signal?.throwIfAborted();
    return this.onDevice(batch, async () => {
      const started = performance.now();
      const answer = await this.classify(input, batch, wanted.temperature);
      const ms = performance.now() - started;
      const seen = new Map<string, Float32Array>();
      const asked = new Set(nodes);
      if (wanted.classActivation !== undefined) asked.add('head/relu');
      if (asked.size > 0) {
        // A second run, of the first picture alone: a run that nothing more is asked of pays nothing for this.
        const first = pictureOf(input, 0, 3 * this.placement.plan.network.spec.size ** 2);
        await this.tour(first, asked, async (id, value) => void seen.set(id, await value.read()), signal);
      }
      const activations = nodes.map((id): Activation => {
        const { shape } = nodeOf(this.outputs.network, id);
        return { id, shape, values: channelsFirst(seen.get(id) ?? new Float32Array(), shape[0]) };
      });
      const base = { ...answer, ms, activations };
      if (wanted.classActivation === undefined) return base;
      const map = this.classMap(seen.get('head/relu') ?? new Float32Array(), answer.logits, wanted.classActivation);
      return { ...base, classActivation: map };
    });
  }

  /** Σ over channels of the class's weight times the last feature map. @throws RangeError for an unknown class. */
  private classMap(features: Float32Array, logits: Float32Array, wanted: number | 'top'): ClassActivation {
    const { network } = this.outputs;
    const [channels, height, width] = nodeOf(network, 'head/relu').shape;
    const classIndex = wantedClass(logits, network.spec.classes, wanted);
    const row = this.weights.get('classifier.weight')?.subarray(classIndex * channels, (classIndex + 1) * channels);
    if (!row) throw new Error('the weights of the classifier are not there');
    return { classIndex, height, width, values: weightedMap(features, row, height * width) };
  }

  visit(
    input: NetworkInput,
    wanted: ReadonlySet<string>,
    visit: (id: string, value: PassingValue) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    return this.onDevice(1, () => this.tour(input, wanted, visit, signal));
  }

  /** Runs as far as each node in turn, and copies out what it consists of before anything can be written over it. */
  private async tour(
    input: NetworkInput,
    wanted: ReadonlySet<string>,
    visit: (id: string, value: PassingValue) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    const { sources } = this.placement.plan;
    const stops = [...wanted].map((node) => {
      const source = sources.get(node);
      if (!source) throw new Error(`"${node}" has no output of its own`);
      const after = Math.max(-1, ...source.pieces.map(({ value }) => this.lastDispatch.get(value) ?? -1));
      return { node, source, after };
    });
    stops.sort((a, b) => a.after - b.after);
    this.write(input);
    let done = this.first;
    for (const { node, source, after } of stops) {
      signal?.throwIfAborted();
      const encoder = this.gpu.createCommandEncoder();
      if (after + 1 > done) this.pass(encoder, done, after + 1, 1);
      done = Math.max(done, after + 1);
      const copied = copyOut(encoder, this.buffers, this.placement, source, this.weights);
      this.gpu.queue.submit([encoder.finish()]);
      try {
        await visit(node, copied);
      } finally {
        copied.dispose();
      }
    }
  }

  /**
   * Times of the stages from the GPU's own clock where it has one, else by waiting at the end of each; the mean of as
   * many runs as the clock's coarseness asks for.
   */
  timeStages(input: NetworkInput, batch: number, signal?: AbortSignal): Promise<StageTimes> {
    return this.onDevice(batch, async () => {
      const clock = (this.clock ??= new StageClock(this.gpu));
      return clock.time(this.stageRanges(), {
        begin: () => this.write(input),
        encode: (pass, from, to) => this.encode(pass, from, to, batch),
        ...(signal ? { signal } : {}),
      });
    });
  }

  /** Time of every dispatch, ms, for profiles: each in a pass of its own, which costs something too. */
  async timeDispatches(input: NetworkInput): Promise<readonly number[]> {
    const clock = (this.clock ??= new StageClock(this.gpu));
    const ranges = this.dispatches.map(({ placed }, index) => ({
      stage: placed.step.id,
      from: index + 1,
      to: index + 2,
    }));
    const { stageTimes } = await clock.time(ranges, {
      begin: () => this.write(input),
      encode: (pass, from, to) => this.encode(pass, from, to, 1),
    });
    return stageTimes.map(({ ms }) => ms);
  }

  /** What each stage takes; preprocessing is the stem's. */
  private stageRanges() {
    const ranges: { stage: string; from: number; to: number }[] = [];
    this.encodables.slice(0, -1).forEach(({ stage }, index) => {
      const last = ranges.at(-1);
      if (last?.stage === stage) last.to = index + 1;
      else ranges.push({ stage, from: index, to: index + 1 });
    });
    return ranges;
  }

  memory() {
    const others = [...this.input.own, ...this.output.own];
    const { buffers, bytes } = this.buffers.memory();
    return { buffers: buffers + others.length, bytes: others.reduce((sum, { size }) => sum + size, bytes) };
  }

  dispose(): void {
    this.disposed = true;
    this.buffers.dispose();
    this.input.dispose();
    this.output.dispose();
    this.clock?.dispose();
  }
}

/** The few weights that are needed again after they are on the device: batch norms, and the classifier's. */
function keptWeights(network: Network, weights: Weights): Weights {
  const kept = new Map<string, Float32Array>();
  const modules = network.nodes.flatMap(({ op, module }) => (op.kind === 'batchNorm' && module ? [`${module}.`] : []));
  const prefixes = new Set(modules);
  for (const [name, values] of weights) {
    if (name === 'classifier.weight' || prefixes.has(name.slice(0, name.lastIndexOf('.') + 1))) kept.set(name, values);
  }
  return kept;
}
