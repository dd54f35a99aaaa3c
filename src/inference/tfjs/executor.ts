/**
 * Runs a plan with stock tfjs kernels on whatever backend is current. Holds the weights' tensors; frees every value of a
 * run at its last use. Knows nothing of pictures, slots or files. One run at a time: the engine's queue sees to that.
 */
import { tensor } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { softmax } from '../../weights/calibrate';
import type { Plan, PlanStep } from '../plan/plan';
import { valueOfNode } from '../plan/plan';
import { weightsOfStep } from '../plan/planWeights';
import type { Weights } from '../plan/planWeights';
import type { Execution, NetworkExecutor, PassingValue, StageTimes, Wanted } from '../executor';
import { valuesOf } from '../networkInput';
import type { NetworkInput } from '../networkInput';
import type { Activation } from '../protocol';
import { YIELD_EVERY, yieldToMessages } from '../yieldToMessages';
import type { Device } from './device';
import { firstValue, runStep } from './kernels';
import type { KernelWeights } from './kernels';
import { read, readClassMap, readMaps } from './readout';

/** A tensor [1,H,W,C] for a visitor. */
function passing(value: Tensor): PassingValue {
  const [, height = 1, width = 1, channels = 1] = value.shape;
  return { shape: [channels, height, width], read: () => read(value) };
}

interface PassOptions {
  readonly keep: ReadonlySet<string>;
  readonly signal?: AbortSignal;
  /** Called, and waited for, after the last step of each stage with that step's value. */
  readonly afterStage?: (stage: string, value: Tensor) => Promise<void>;
}

/** A plan with its weights on the device. */
export class StockExecutor implements NetworkExecutor {
  private readonly weights = new Map<string, KernelWeights>();
  private disposed = false;
  /** Whether the programs that waiting takes are made. */
  private timed = false;

  private constructor(
    readonly plan: Plan,
    private readonly device: Device,
  ) {}

  /**
   * Folds the weights and puts them on the device, then makes its programs.
   * @param onProgress phase, steps or programs done, and of how many.
   * @throws whatever the device reports; nothing stays behind then.
   */
  static async create(
    plan: Plan,
    weights: Weights,
    device: Device,
    onProgress: (phase: 'build' | 'compile', done: number, total: number) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<{ executor: StockExecutor; buildMs: number; compileMs: number }> {
    const executor = new StockExecutor(plan, device);
    try {
      const started = performance.now();
      let yielded = started;
      for (const [index, step] of plan.steps.entries()) {
        executor.addWeights(step, weights);
        if (performance.now() - yielded < YIELD_EVERY) continue;
        onProgress('build', index + 1, plan.steps.length);
        await yieldToMessages();
        signal?.throwIfAborted();
        yielded = performance.now();
      }
      onProgress('build', plan.steps.length, plan.steps.length);
      const built = performance.now();
      await device.checked(() =>
        device.compile(
          () => executor.record(),
          (done, total) => onProgress('compile', done, total),
        ),
      );
      return { executor, buildMs: built - started, compileMs: performance.now() - built };
    } catch (error) {
      executor.dispose();
      throw error;
    }
  }

  private addWeights(step: PlanStep, weights: Weights): void {
    const found = weightsOfStep(this.plan, step, weights);
    if (!found) return;
    const filter = tensor(found.filter.values, [...found.filter.shape]);
    this.weights.set(step.id, found.bias ? { filter, bias: tensor(found.bias) } : { filter });
  }

  private inputTensor(values: Float32Array, batch: number): Tensor {
    const { size } = this.plan.network.spec;
    return tensor(values, [batch, size, size, 3]);
  }

  private step(step: PlanStep, values: Map<string, Tensor>, keep: ReadonlySet<string>): Tensor {
    const inputs = step.inputs.map((id) => {
      const value = values.get(id);
      if (!value) throw new Error(`${step.id} reads ${id}, which is not there`);
      return value;
    });
    const made = runStep(step.op, inputs, this.weights.get(step.id));
    values.set(step.id, made);
    for (const id of step.releases) {
      if (keep.has(id)) continue;
      values.get(id)?.dispose();
      values.delete(id);
    }
    return made;
  }

  /** Every step once, on zeros, without waiting: for a backend that only notes which programs are needed. */
  private record(): void {
    const { size } = this.plan.network.spec;
    const values = new Map([['input', this.inputTensor(new Float32Array(3 * size * size), 1)]]);
    try {
      const none = new Set<string>();
      for (const step of this.plan.steps) this.step(step, values, none);
    } finally {
      for (const value of values.values()) value.dispose();
    }
  }

  /** One pass over the plan; the caller disposes what is left in `values`. */
  private async pass(values: Map<string, Tensor>, options: PassOptions): Promise<void> {
    const { steps } = this.plan;
    let yielded = performance.now();
    for (const [index, step] of steps.entries()) {
      const made = this.step(step, values, options.keep);
      if (options.afterStage && steps[index + 1]?.stage !== step.stage) await options.afterStage(step.stage, made);
      if (!this.device.asynchronous && performance.now() - yielded > YIELD_EVERY) {
        await yieldToMessages();
        yielded = performance.now();
      }
      options.signal?.throwIfAborted();
    }
  }

  /**
   * Runs the plan as far as the last of the values asked for, on one picture, and shows each as soon as it is there.
   * Where kernels run by themselves it waits at the end of every stage, so that it can be given up there.
   * @param input of one picture.
   * @param visit what is shown is freed later; called once for every value, in the order of the plan.
   * @throws as `run`.
   */
  async visit(
    input: NetworkInput,
    wanted: ReadonlySet<string>,
    visit: (id: string, value: PassingValue) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.disposed) throw new Error('this network was unloaded');
    const { steps } = this.plan;
    const values = valuesOf(input);
    const live = new Map<string, Tensor>();
    try {
      await this.device.checked(async () => {
        const first = this.inputTensor(values, 1);
        live.set('input', first);
        if (wanted.has('input')) await visit('input', passing(first));
        let left = steps.filter(({ id }) => wanted.has(id)).length;
        let yielded = performance.now();
        for (const [index, step] of steps.entries()) {
          if (left === 0) return;
          const made = this.step(step, live, wanted);
          if (wanted.has(step.id)) {
            await visit(step.id, passing(made));
            left--;
          } else if (this.device.asynchronous && steps[index + 1]?.stage !== step.stage) await this.wait(made);
          if (!this.device.asynchronous && performance.now() - yielded > YIELD_EVERY) {
            await yieldToMessages();
            yielded = performance.now();
          }
          signal.throwIfAborted();
        }
      });
    } finally {
      for (const value of live.values()) value.dispose();
    }
  }

  /** Waits until a value is there, without reading it back. */
  private async wait(value: Tensor): Promise<void> {
    const tiny = firstValue(value);
    await tiny.data();
    tiny.dispose();
  }

  get outputs(): Plan {
    return this.plan;
  }

  /** tfjs counts all that it holds. */
  memory() {
    return { buffers: 0, bytes: 0 };
  }

  private result(values: ReadonlyMap<string, Tensor>): Tensor {
    const value = values.get(this.plan.output);
    if (!value) throw new Error('the run gave no logits');
    return value;
  }

  /**
   * Runs the plan.
   * @param input of `batch` pictures.
   * @param signal looked at between steps where kernels block, else only before.
   * @throws Error for a node that the plan folded away; AbortError; DeviceFault.
   */
  async run(input: NetworkInput, batch: number, wanted: Wanted, signal?: AbortSignal): Promise<Execution> {
    if (this.disposed) throw new Error('this network was unloaded');
    const { plan } = this;
    const values = valuesOf(input);
    const nodes = wanted.nodes.map((node) => ({ node, value: valueOfNode(plan, node) }));
    const keep = new Set(nodes.map(({ value }) => value));
    if (wanted.classActivation !== undefined) keep.add(valueOfNode(plan, 'head/relu'));
    const live = new Map<string, Tensor>();
    try {
      return await this.device.checked(async () => {
        const started = performance.now();
        live.set('input', this.inputTensor(values, batch));
        await this.pass(live, signal ? { keep, signal } : { keep });
        const logits = await read(this.result(live));
        const ms = performance.now() - started;
        const activations: Activation[] = [];
        for (const { node, value } of nodes) {
          const kept = live.get(value);
          if (kept) activations.push({ id: node, ...(await readMaps(kept)) });
        }
        const probabilities =
          wanted.temperature === undefined ? {} : { probabilities: this.probabilities(logits, wanted.temperature) };
        const base = { logits, ...probabilities, ms, activations };
        if (wanted.classActivation === undefined) return base;
        const features = live.get(valueOfNode(plan, 'head/relu'));
        const linear = this.weights.get(plan.output);
        if (!features || !linear) throw new Error('the last feature map is not there');
        const map = await readClassMap(features, linear.filter, logits, wanted.classActivation);
        return { ...base, classActivation: map };
      });
    } finally {
      for (const value of live.values()) value.dispose();
    }
  }

  /** Of every picture of a batch. */
  private probabilities(logits: Float32Array, temperature: number): Float32Array {
    const { classes } = this.plan.network.spec;
    const probabilities = new Float32Array(logits.length);
    for (let from = 0; from < logits.length; from += classes) {
      probabilities.set(softmax(logits.subarray(from, from + classes), temperature), from);
    }
    return probabilities;
  }

  /**
   * Times of the stages, each measured by waiting at its end for a value of it, and of the whole run. The first time
   * it goes through the plan once before: the waits need programs of their own, for which no stage is to pay.
   * @param input as for `run`.
   */
  async timeStages(input: NetworkInput, batch: number, signal?: AbortSignal): Promise<StageTimes> {
    const values = valuesOf(input);
    if (this.device.asynchronous && !this.timed) await this.timedPass(values, batch, signal);
    this.timed = true;
    return this.timedPass(values, batch, signal);
  }

  private async timedPass(values: Float32Array, batch: number, signal?: AbortSignal): Promise<StageTimes> {
    const live = new Map<string, Tensor>();
    try {
      return await this.device.checked(async () => {
        const stageTimes: { stage: string; ms: number }[] = [];
        const started = performance.now();
        let last = started;
        live.set('input', this.inputTensor(values, batch));
        const afterStage = async (stage: string, value: Tensor) => {
          if (this.device.asynchronous) await this.wait(value);
          const now = performance.now();
          stageTimes.push({ stage, ms: now - last });
          last = now;
        };
        await this.pass(live, { keep: new Set(), afterStage, ...(signal ? { signal } : {}) });
        await read(this.result(live));
        return { stageTimes, ms: performance.now() - started, method: 'waiting', runs: 1, transfers: true };
      });
    } finally {
      for (const value of live.values()) value.dispose();
    }
  }

  /** Frees the weights. */
  dispose(): void {
    this.disposed = true;
    for (const { filter, bias } of this.weights.values()) {
      filter.dispose();
      bias?.dispose();
    }
    this.weights.clear();
  }
}
