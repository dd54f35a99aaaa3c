/**
 * What running a network means to everyone else: the Engine interface and the plain, structured-cloneable types that
 * cross the worker's boundary. No tfjs here. The worker's engine and the client implement the same interface, so that
 * tests can drive the engine without a worker.
 */
import type { ModelCard } from '../weights/card';

export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

/** Network A or network B. */
export type Slot = 'a' | 'b';

/** What networks are run with on WebGPU. */
export interface KernelChoice {
  /** This project's kernels, where a network passes its check with them, or tfjs's. */
  readonly executor: 'kernels' | 'stock';
  /** Of our kernels' values on the device; float16 where the device has it and the network passes its check with it. */
  readonly precision: 'float32' | 'float16';
}

/** The backend in use, and why better-ranked ones are not. */
export interface BackendReport {
  readonly backend: Backend;
  /** The adapter's or renderer's own name; for wasm and cpu what was detected, e.g. "SIMD, 2 threads". */
  readonly adapter: string;
  /** True for SwiftShader, llvmpipe, lavapipe and other software adapters. */
  readonly software: boolean;
  readonly threads: number;
  /** Whether the user or `?backend=` chose it. */
  readonly forced: boolean;
  /** Backends ranked above that were tried or ruled out, each with a reason in plain words. */
  readonly rejected: readonly { readonly backend: Backend; readonly reason: string }[];
  /** On WebGPU: the kernels that were asked for, and whether the device has float16. */
  readonly kernels?: KernelChoice & { readonly float16: boolean };
}

/** Where the weights of a load come from. */
export type WeightsSource =
  | { readonly kind: 'card'; readonly card: ModelCard; readonly url: string }
  | { readonly kind: 'file'; readonly file: Blob; readonly name: string }
  | { readonly kind: 'seeded'; readonly seed: number };

export interface LoadRequest {
  /** Text form of the network. */
  readonly network: string;
  readonly weights: WeightsSource;
}

export interface LoadProgress {
  readonly phase: 'fetch' | 'build' | 'compile';
  /** Bytes while fetching, nodes or kernels after. */
  readonly done: number;
  /** 0 where it is not known. */
  readonly total: number;
}

/** Whether our WebGPU kernels were found to compute what they should for a network. */
export type Verification =
  /** @property difference of the logits, relative to the largest: to the card's, or to those of the stock kernels. */
  | { readonly state: 'verified'; readonly against: 'card' | 'stock'; readonly difference: number }
  /** Runs, not compared yet: that happens in the background. */
  | { readonly state: 'pending' }
  /** Runs, and could not be compared. */
  | { readonly state: 'unchecked'; readonly reason: string }
  /** It runs on stock kernels instead. */
  | { readonly state: 'refused'; readonly reason: string };

/** What runs a network, and how that stands. */
export interface ExecutorReport extends KernelChoice {
  /** Why float16, which was asked for and which the device has, is not used. */
  readonly notHalf?: string;
  /** Absent where the kernels were not asked for or the backend has none. */
  readonly verification?: Verification;
}

export interface Loaded extends ExecutorReport {
  readonly slot: Slot;
  readonly network: string;
  readonly classes: number;
  /** Milliseconds. */
  readonly fetchMs: number;
  readonly buildMs: number;
  readonly compileMs: number;
  readonly bytes: number;
  readonly fromCache: boolean;
}

/** How a picture becomes an input; the defaults are the trained networks'. */
export interface Preprocessing {
  readonly size: number;
  readonly resizeShorterSide: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** A picture of a batch. */
export interface BatchPicture {
  readonly picture: Blob | ImageBitmap;
  readonly name: string;
  /** As that of a single picture. */
  readonly id?: number;
  /** Why it cannot be read, where that is known before. */
  readonly problem?: string;
}

/** What to compute: a picture, several together, or the input tensor itself ([3,H,W] or a batch [N,3,H,W], row-major). */
export type RunInput =
  | {
      readonly kind: 'picture';
      readonly picture: Blob | ImageBitmap;
      readonly name: string;
      readonly preprocessing: Preprocessing;
      /** Pictures with the same number are the same picture: what was decoded last is used again. */
      readonly id?: number;
    }
  | {
      readonly kind: 'pictures';
      /** At least one. Those that cannot be read are left out; `picture` is thrown only where that is all of them. */
      readonly pictures: readonly BatchPicture[];
      readonly preprocessing: Preprocessing;
    }
  | { readonly kind: 'tensor'; readonly values: Float32Array; readonly batch?: number };

/** Extras that cost something and are only computed when asked for. */
export interface RunExtras {
  /** Probabilities, of a trained network with its card's temperature. */
  readonly probabilities?: boolean;
  /** Outputs of these nodes (ids of the Network), or of every stage. */
  readonly activations?: 'stages' | readonly string[];
  /** Class whose activation map is wanted; `top` for the most probable one. */
  readonly classActivation?: number | 'top';
  /** Time of every stage, from runs of their own; the result says how it was measured. */
  readonly stageTimes?: boolean;
}

export interface Activation {
  readonly id: string;
  readonly shape: readonly [channels: number, height: number, width: number];
  /** [C,H,W] of the first picture of the batch. */
  readonly values: Float32Array;
}

export interface ClassActivation {
  readonly classIndex: number;
  readonly height: number;
  readonly width: number;
  /** [H,W], not normalised: sum over channels of the class's weight times the last feature map. */
  readonly values: Float32Array;
}

/** Maps of at most so many pixels as are drawn: averages of squares of the full ones where those are larger. */
export interface SmallMap {
  readonly height: number;
  readonly width: number;
  /** [height, width], or [channels, height, width]. */
  readonly values: Float32Array;
}

/** Four numbers of every channel, over all its pixels; arrays of as many entries as there are channels. */
export interface ChannelNumbers {
  readonly min: Float32Array;
  readonly max: Float32Array;
  readonly mean: Float32Array;
  /** Share of values that are exactly zero, 0 … 1. */
  readonly zeros: Float32Array;
}

/** What a node gave for a picture, in short. */
export interface NodeSummary {
  /** The node that was asked for. */
  readonly node: string;
  /** The node whose output this is: the same, or, where that was folded into a neighbour, the next that has an output. */
  readonly of: string;
  /** [C,H,W] of what is seen: of all of `of`, or of the channels that the node gave it. */
  readonly shape: readonly [channels: number, height: number, width: number];
  /** Mean over the channels. */
  readonly mean: SmallMap;
  readonly numbers: ChannelNumbers;
  /** All channels, where they were asked for. */
  readonly maps?: SmallMap;
}

/** What to look at besides an answer. */
export interface InspectRequest {
  /** Nodes to sum up. */
  readonly nodes: readonly string[];
  /** One of `nodes` whose channels are wanted too. */
  readonly maps?: string;
}

export interface Inspection {
  readonly slot: Slot;
  readonly network: string;
  /** In the order of the request. */
  readonly nodes: readonly NodeSummary[];
}

/** How the times of stages were measured. */
export interface StageTiming {
  /** By timestamps that the GPU itself writes, or by waiting at the end of every stage, which adds to each. */
  readonly method: 'clock' | 'waiting';
  /** Runs that the times are the mean of. */
  readonly runs: number;
  /**
   * Whether the timed run was all that a run is: the input's upload, in the first stage, and the logits' read-back,
   * which is in none. Else neither was timed.
   */
  readonly transfers: boolean;
}

export interface RunResult {
  readonly slot: Slot;
  readonly network: string;
  readonly backend: Backend;
  /** [classes], or [batch × classes]; of a batch of pictures only those that could be read count. */
  readonly logits: Float32Array;
  /** As the logits; where they were asked for. */
  readonly probabilities?: Float32Array;
  /** Of a batch of pictures, in its order: why each could not be read, null where it could. */
  readonly problems?: readonly (string | null)[];
  /** Milliseconds: decoding and resizing the picture; 0 for a tensor. */
  readonly preprocessMs: number;
  /** Milliseconds of this run, of all its pictures together, input upload and logits' read-back included. */
  readonly runMs: number;
  /** Milliseconds of the first run after the load. */
  readonly firstRunMs: number;
  /** The part of the picture that the network saw, in pixels of the upright picture; null for a tensor. */
  readonly crop: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  } | null;
  readonly pictureSize: { readonly width: number; readonly height: number } | null;
  readonly activations?: readonly Activation[];
  readonly classActivation?: ClassActivation;
  readonly stageTimes?: readonly { readonly stage: string; readonly ms: number }[];
  /** There where `stageTimes` is. */
  readonly stageTiming?: StageTiming;
  /**
   * Milliseconds that waiting added: timed run minus the plain run beside it. Absent where the two do not compare: with
   * the GPU's clock, and where upload and read-back were not timed.
   */
  readonly stageTimesOverheadMs?: number;
}

/** Counts that must not grow from run to run. */
export interface MemoryReport {
  readonly tensors: number;
  readonly bytes: number;
  /** GPU buffers and other resources that tfjs does not count, made by our code and alive. */
  readonly ownResources: number;
  readonly bitmaps: number;
  /** GPU memory that tfjs's backend holds, pooled buffers included; 0 where it does not say. */
  readonly gpuBytes?: number;
}

/** How far a trained network's logits for its card's input are from those that PyTorch gave. */
export interface SelfCheck {
  /** Largest difference of a logit, relative to the largest logit. */
  readonly maxRelativeDifference: number;
  readonly logits: Float32Array;
  readonly expected: readonly number[];
}

/** Why an engine call failed, by name, so that the page can say what to do. Sent as plain data, not as a class. */
export type EngineErrorCode =
  | 'backend-unavailable'
  | 'weights-unavailable'
  | 'weights-corrupt'
  | 'weights-mismatch'
  | 'picture'
  | 'too-large'
  | 'cancelled'
  | 'not-loaded'
  | 'device-lost'
  | 'worker-lost'
  | 'internal';

/** An engine failure with a message for the user; `details` lists e.g. every tensor that does not fit. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly details: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Loads networks into two slots and runs them. All methods reject with {@link EngineError}. */
export interface Engine {
  /** The backend in use; starts it on the first call. */
  backend(): Promise<BackendReport>;
  /** Loads a network into a slot; a load already under way there is cancelled (it rejects with `cancelled`). */
  load(slot: Slot, request: LoadRequest, onProgress?: (progress: LoadProgress) => void): Promise<Loaded>;
  /** Runs the slot's network. */
  run(slot: Slot, input: RunInput, extras?: RunExtras): Promise<RunResult>;
  /**
   * Runs the slot's network as far as the nodes asked for and sums them up. Gives way: it is given up, with `cancelled`,
   * when a run is asked for, and when the slot is inspected again.
   */
  inspect(slot: Slot, input: RunInput, request: InspectRequest): Promise<Inspection>;
  /** Cancels what the slot is loading or has queued to run; a run already on the device finishes unseen. */
  cancel(slot: Slot): Promise<void>;
  unload(slot: Slot): Promise<void>;
  memory(): Promise<MemoryReport>;
  dispose(): Promise<void>;
}

/** An engine with what tests and the page's own checks need besides. */
export interface CheckedEngine extends Engine {
  /** Runs the slot's trained network on its card's input; `not-loaded` where the slot has no card. */
  selfCheck(slot: Slot): Promise<SelfCheck>;
  /**
   * Compares a network on our kernels, whose verification is pending, with stock kernels, and goes over to those where
   * they differ. Gives way to runs and goes on after them.
   */
  verify(slot: Slot): Promise<ExecutorReport>;
  /** Loses the device as a driver reset would. */
  loseDevice(): Promise<void>;
}

/** States a slot goes through; shown on the page as they are. */
export type SlotState = 'idle' | 'loading' | 'compiling' | 'ready' | 'running' | 'failed';
