/** What a benchmark says: plain data, as it is written to JSON and read back for the chart. */
import type { CodeSize } from './protocol';
import type { RivalName } from './rivals';
import type { Quartiles } from '../statistics';

/**
 * `ok` was right in every run; `wrong` gave other logits than the reference and has no times; `failed` did not run;
 * `missing` is beyond this device.
 */
export type Status = 'ok' | 'wrong' | 'failed' | 'missing';

/** One rival on one network. Times in ms. */
export interface Row {
  readonly rival: RivalName;
  readonly title: string;
  readonly status: Status;
  /** Why not `ok`, or what went wrong besides. */
  readonly message?: string;
  readonly settings?: string;
  /** Largest difference of a logit from the reference's in any run, relative to the largest logit. */
  readonly difference?: number;
  readonly startMs?: number;
  readonly firstRunMs?: number;
  /** One for each timed run: their number is that behind the summary. */
  readonly times?: readonly number[];
  readonly summary?: Quartiles;
  /** Per run. */
  readonly dispatches?: number;
  readonly submits?: number;
  readonly peakGpuBytes?: number;
}

export interface NetworkResult {
  /** Text form. */
  readonly network: string;
  readonly weights: 'trained' | 'seeded';
  readonly size: number;
  /** Whose outputs the others' were compared with. */
  readonly reference: RivalName;
  readonly rows: readonly Row[];
}

export interface Machine {
  readonly userAgent: string;
  /** Of WebGPU; null where there is none. */
  readonly adapter: string | null;
  readonly software: boolean;
  readonly cores: number;
  /** Its processor's name, where the command that drove the page knows it. */
  readonly cpu?: string;
  /** Whether wasm may have threads. */
  readonly isolated: boolean;
}

export interface BenchReport {
  readonly format: 1;
  /** ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: { readonly fast: number; readonly slow: number; readonly slowFromMs: number };
  /** Largest relative difference that counts as right. */
  readonly tolerance: number;
  readonly networks: readonly NetworkResult[];
  /** Networks that were asked for and that are not in it: it was written before the end. Absent where it is whole. */
  readonly notRun?: readonly string[];
  /** From opening the page afresh to both answers to a sample, ms, by backend. */
  readonly firstPredictions?: readonly { readonly backend: string; readonly ms: number }[];
  readonly code: readonly (CodeSize & { readonly rival: RivalName })[];
}

/** How many times as long a row takes as our kernels on the same network; undefined where either has no times. */
export function ratioToKernels({ rows }: NetworkResult, { summary }: Row): number | undefined {
  const ours = rows.find(({ rival }) => rival === 'kernels')?.summary;
  return ours && summary ? summary.median / ours.median : undefined;
}
