/**
 * What every rival of the benchmark can do, and the plain types that cross to the worker it lives in. Each has a module
 * worker of its own: tfjs has one backend for a whole worker, and memory and dispatches are counted per worker.
 */
import type { WeightsSource } from '../../src/inference/protocol';

/** A network to run, and how. */
export interface Job {
  /** Text form of the network. */
  readonly network: string;
  readonly weights: Extract<WeightsSource, { kind: 'card' | 'seeded' }>;
  /** Which of the settings of the rival's worker. */
  readonly variant: string;
}

/** A rival that can run. */
export interface Ready {
  /**
   * Milliseconds from the worker's script loaded and weights in memory to ready: library with what it fetches by itself
   * (onnxruntime-web's wasm, parts of ours), device, upload, session or programs. Fetching or making the weights is in
   * nobody's. Ours is its whole start and load but for that: the check of a trained network against its card is in it,
   * what compiled while the weights were fetched or made is not.
   */
  readonly startMs: number;
  /** What it really runs with, in words: what was asked for and refused is said here. */
  readonly settings: string;
}

/** One run of batch 1. */
export interface TimedRun {
  readonly logits: Float32Array;
  /**
   * Milliseconds around one call, by the clock of the worker that makes it: from the decoded input, in the layout that
   * the rival's interface takes (ours and onnxruntime-web's [3,H,W], tfjs's [H,W,3]), to the logits in an array.
   */
  readonly ms: number;
}

/** Counted in the worker since it began. */
export interface GpuUsage {
  readonly dispatches: number;
  readonly submits: number;
  /** Most bytes of GPU buffers at a time: what was created less what was destroyed. */
  readonly peakBytes: number;
  /** Errors of the device that nobody caught: rejected dispatches and the like. */
  readonly errors: number;
  readonly firstError: string | undefined;
}

/** Code and wasm that a rival fetches; never its weights. */
export interface CodeSize {
  readonly bytes: number;
  /** As a server would send them. */
  readonly gzipBytes: number;
}

/** What a rival's worker answers to. */
export interface Rival {
  prepare(job: Job): Promise<Ready>;
  /** @param values the input [3,H,W], row-major. */
  run(values: Float32Array): Promise<TimedRun>;
  usage(): Promise<GpuUsage>;
  codeSize(): Promise<CodeSize>;
}

/** A rival that this device cannot run (no adapter, a limit too small): the message says what is missing. */
export const NOT_AVAILABLE = 'not available: ';
