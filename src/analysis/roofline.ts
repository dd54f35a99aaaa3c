/**
 * How much a layer computes for what it moves, and what a device that was timed reached: the numbers of a roofline.
 * Bytes are counted as for the network as defined, every input and output of a convolution or linear layer and its
 * weights once, float32: what an executor that keeps nothing at hand would move, not what was measured to be moved.
 */
import { computeOf } from './conventions';
import type { Convention } from './conventions';
import type { Analysis, LayerCost } from './cost';
import { BYTES_PER_ELEMENT } from './memory';

/** One layer on the plot. */
export interface LayerIntensity {
  /** The node's id. */
  readonly id: string;
  readonly stage: string;
  readonly op: 'conv' | 'linear';
  /** Side of the convolution's window; null for the linear layer. */
  readonly kernel: number | null;
  /** In the convention's unit. */
  readonly compute: number;
  /** Inputs, outputs and weights, float32. */
  readonly bytes: number;
  /** compute / bytes */
  readonly intensity: number;
}

const size = ([channels, height, width]: readonly [number, number, number]) => channels * height * width;

function bytesOf(layer: LayerCost): number {
  return BYTES_PER_ELEMENT * (size(layer.in) + size(layer.out) + layer.weights);
}

const isPlotted = (layer: LayerCost) => layer.op === 'conv' || layer.op === 'linear';

/** Every convolution and the linear layer in order. Normalisations are no layers of the plot. */
export function layerIntensities(analysis: Analysis, convention: Convention): readonly LayerIntensity[] {
  return analysis.layers.filter(isPlotted).map((layer) => {
    const compute = computeOf(layer, convention);
    const bytes = bytesOf(layer);
    const op = layer.op === 'linear' ? 'linear' : 'conv';
    return {
      id: layer.id,
      stage: layer.stage,
      op,
      kernel: layer.kernel,
      compute,
      bytes,
      intensity: compute / bytes,
    };
  });
}

/** What a stage computes and moves, beside the time that it took. */
export interface StagePerformance {
  readonly stage: string;
  readonly ms: number;
  /** Of the whole network's measured time. */
  readonly timeShare: number;
  readonly compute: number;
  /** Elements that the stage's convolutions read and write. */
  readonly cio: number;
  readonly computeShare: number;
  readonly cioShare: number;
  /** compute / bytes */
  readonly intensity: number;
  /** Compute per second in the convention's unit. */
  readonly perSecond: number;
  readonly bytesPerSecond: number;
}

/** Stage times beside what was counted; stages that the network does not have are left out. */
export function stagePerformance(
  analysis: Analysis,
  times: readonly { readonly stage: string; readonly ms: number }[],
  convention: Convention,
): readonly StagePerformance[] {
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  const all = computeOf(analysis.totals, convention);
  return times.flatMap(({ stage, ms }) => {
    const cost = analysis.stages.find((one) => one.name === stage);
    if (!cost) return [];
    const compute = computeOf(cost, convention);
    const bytes = analysis.layers
      .filter((layer) => layer.stage === stage && isPlotted(layer))
      .reduce((sum, layer) => sum + bytesOf(layer), 0);
    return [
      {
        stage,
        ms,
        timeShare: ms / total,
        compute,
        cio: cost.cio,
        computeShare: compute / all,
        cioShare: cost.cio / analysis.totals.cio,
        intensity: compute / bytes,
        perSecond: (1000 * compute) / ms,
        bytesPerSecond: (1000 * bytes) / ms,
      },
    ];
  });
}

/** What a device can do at most. */
export interface Roof {
  /** In the convention's unit per second; null where not known. */
  readonly compute: number | null;
  /** Bytes per second; null where not known. */
  readonly bandwidth: number | null;
}

/** What a roof allows at an intensity, per second; null where it says nothing. */
export function attainable({ compute, bandwidth }: Roof, intensity: number): number | null {
  const limits = [compute, bandwidth === null ? null : bandwidth * intensity].filter((limit) => limit !== null);
  return limits.length ? Math.min(...limits) : null;
}

/** The intensity below which memory is the limit; null where one of the two is not known. */
export function ridge({ compute, bandwidth }: Roof): number | null {
  return compute === null || bandwidth === null ? null : compute / bandwidth;
}
