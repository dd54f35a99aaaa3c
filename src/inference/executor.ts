/**
 * What runs a network: the same for stock kernels (tfjs/) and for the WebGPU kernels (webgpu/), so that the engine need
 * not know which it has. Types only.
 */
import type { Shape } from '../network/network';
import type { NetworkInput } from './networkInput';
import type { Plan } from './plan/plan';
import type { Activation, ClassActivation, StageTiming } from './protocol';

/** What to read besides the logits. */
export interface Wanted {
  /** Nodes of the network. */
  readonly nodes: readonly string[];
  readonly classActivation?: number | 'top';
  /** Where probabilities are wanted: what logits are divided by before the softmax. */
  readonly temperature?: number;
}

/** What a run gave. */
export interface Execution {
  /** [batch × classes]. */
  readonly logits: Float32Array;
  /** [batch × classes], where they were asked for: softmax of logits / temperature. */
  readonly probabilities?: Float32Array;
  /** Upload of the input to read-back of the logits, and of probabilities that the device computes, ms. */
  readonly ms: number;
  readonly activations: readonly Activation[];
  readonly classActivation?: ClassActivation;
}

/** Times of a run's stages and of the whole of it, ms, and how they were measured. */
export interface StageTimes extends StageTiming {
  readonly stageTimes: readonly { readonly stage: string; readonly ms: number }[];
  /** The whole timed run where `transfers` says so, to be compared with an Execution's; else the sum of the stages. */
  readonly ms: number;
}

/** A value of a run in passing; to be read before the visit ends. */
export interface PassingValue {
  /** [C,H,W]. */
  readonly shape: Shape;
  /** [H,W,C] of the first picture. */
  read(): Promise<Float32Array>;
}

/** Which nodes' outputs exist while a network runs: what both kinds of plan have. */
export type Outputs = Pick<Plan, 'network' | 'available' | 'pooled' | 'stageOutputs'>;

/** A network on a device. One run at a time: the engine's queue sees to that. */
export interface NetworkExecutor {
  readonly outputs: Outputs;
  /**
   * Runs the network.
   * @param input of `batch` pictures.
   * @param signal looked at where running can be given up.
   * @throws Error for a node that was folded away; AbortError; DeviceFault.
   */
  run(input: NetworkInput, batch: number, wanted: Wanted, signal?: AbortSignal): Promise<Execution>;
  /**
   * Runs on one picture as far as the last of the values asked for, and shows each as soon as it is there.
   * @param input of one picture.
   * @param visit called once for every value, in the order of the plan.
   * @throws as `run`.
   */
  visit(
    input: NetworkInput,
    wanted: ReadonlySet<string>,
    visit: (id: string, value: PassingValue) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Runs again and times every stage; see the implementations for how. */
  timeStages(input: NetworkInput, batch: number, signal?: AbortSignal): Promise<StageTimes>;
  /** Resources on the device that tfjs does not count, and their bytes. */
  memory(): { readonly buffers: number; readonly bytes: number };
  /** Frees what it holds on the device. */
  dispose(): void;
}
