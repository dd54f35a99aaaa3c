/**
 * What a network is run with: our WebGPU kernels where there is WebGPU and they pass their check, else stock kernels,
 * with the reason. A trained network is checked against the logits of its card before its first run; any other runs
 * unverified until the engine has compared it in the background (verify).
 */
import type { Network } from '../network/network';
import type { ModelCard } from '../weights/card';
import { relativeDifference, selfCheckInput } from '../weights/selfCheck';
import { channelsLast } from './layout';
import type { Choice } from './choice';
import type { NetworkExecutor } from './executor';
import { fuse } from './plan/fuse';
import { place } from './plan/place';
import type { Plan } from './plan/plan';
import type { Weights } from './plan/planWeights';
import type { ExecutorReport, Verification } from './protocol';
import type { Device } from './tfjs/device';
import { StockExecutor } from './tfjs/executor';
import { checkLimits } from './webgpu/limits';
import { compile, KernelExecutor } from './webgpu/executor';
import type { Compiling, KernelHost } from './webgpu/executor';
import { kernelHost } from './webgpu/host';

/** Largest difference of logits, relative to the largest, with which the kernels are trusted. */
export const TRUSTED = 1e-3;
/** The same for float16 values, which are exact to 5e-4 each. */
export const TRUSTED_HALF = 1e-2;

type OnProgress = (phase: 'build' | 'compile', done: number, total: number) => void;

/** A network with what runs it. */
export interface Made extends ExecutorReport {
  readonly runner: NetworkExecutor;
  readonly buildMs: number;
  readonly compileMs: number;
}

/** An input [3, size, size] that is the same everywhere and in which no two pixels are alike for long. */
function probeInput(size: number): Float32Array {
  return Float32Array.from({ length: 3 * size * size }, (_, i) => (4 * ((40503 * i + 12345) % 65521)) / 65521 - 2);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const isGivenUp = (signal: AbortSignal) => signal.aborted;

/** Makes executors on one device. */
export class ExecutorMaker {
  private host: KernelHost | undefined;

  constructor(
    private readonly device: Device,
    choice: Choice,
  ) {
    if (device.gpu && choice.executor !== 'stock') {
      this.host = kernelHost(device, device.gpu, 'float32');
    }
  }

  /** Starts to compile the kernels' programs, while weights are still on their way. */
  begin(network: Network): Compiling | { readonly refused: string } | undefined {
    if (!this.host || !this.device.gpu) return undefined;
    try {
      const placement = place(fuse(network));
      checkLimits(placement, this.device.gpu.limits);
      return compile(this.host, placement);
    } catch (error) {
      return { refused: messageOf(error) };
    }
  }

  /**
   * An executor of a network.
   * @throws as StockExecutor.create; what goes wrong with the kernels sends the network to stock kernels.
   */
  async make(
    begun: ReturnType<ExecutorMaker['begin']>,
    plan: Plan,
    weights: Weights,
    card: ModelCard | undefined,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<Made> {
    let refused: string | undefined;
    if (begun && 'refused' in begun) refused = begun.refused;
    else if (begun && this.host) {
      try {
        const made = await KernelExecutor.create(this.host, begun, weights, onProgress, signal);
        const found = await this.checkCard(made.executor, card);
        if (found.state !== 'refused') {
          const { executor, buildMs, compileMs } = made;
          return {
            runner: executor,
            executor: 'kernels',
            precision: 'float32',
            verification: found,
            buildMs,
            compileMs,
          };
        }
        made.executor.dispose();
        refused = found.reason;
      } catch (error) {
        if (isGivenUp(signal)) throw error;
        refused = messageOf(error);
      }
    }
    const { executor, buildMs, compileMs } = await StockExecutor.create(plan, weights, this.device, onProgress, signal);
    const report = { executor: 'stock', precision: 'float32' } as const;
    const verification: Verification | undefined =
      refused === undefined ? undefined : { state: 'refused', reason: refused };
    return { runner: executor, ...report, ...(verification ? { verification } : {}), buildMs, compileMs };
  }

  /** A trained network's logits against those of its card. */
  private async checkCard(executor: NetworkExecutor, card: ModelCard | undefined): Promise<Verification> {
    if (!card) return { state: 'pending' };
    const { size } = executor.outputs.network.spec;
    const input = selfCheckInput(card, size);
    const { logits } = await executor.run(channelsLast(input, 1, 3), 1, { nodes: [] });
    return judge(relativeDifference(logits, card.selfCheck.logits), 'card', 'the logits in its card', TRUSTED);
  }

  /**
   * Compares kernels with stock ones on one input. The stock executor is made by the caller, who may have to go over
   * to it.
   * @throws AbortError between the stages of the stock run.
   */
  async compare(kernels: NetworkExecutor, stock: StockExecutor, signal: AbortSignal): Promise<Verification> {
    const { size } = stock.plan.network.spec;
    const input = channelsLast(probeInput(size), 1, 3);
    const { logits } = await kernels.run(input, 1, { nodes: [] }, signal);
    let expected: Float32Array | undefined;
    const see = async (_: string, value: { read(): Promise<Float32Array> }) => {
      expected = await value.read();
    };
    await stock.visit(input, new Set([stock.plan.output]), see, signal);
    if (!expected) throw new Error('the stock kernels gave no logits');
    return judge(relativeDifference(logits, expected), 'stock', 'stock kernels', TRUSTED);
  }
}

function judge(difference: number, against: 'card' | 'stock', what: string, most: number): Verification {
  if (difference <= most) return { state: 'verified', against, difference };
  const by = Number.isFinite(difference)
    ? `${(100 * difference).toPrecision(2)} % of the largest logit`
    : 'values that are no numbers';
  return { state: 'refused', reason: `the WebGPU kernels differ from ${what} by ${by}; ${100 * most} % is allowed` };
}
