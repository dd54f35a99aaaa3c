/**
 * What a network is run with: our WebGPU kernels where there is WebGPU and they pass their check, else stock kernels,
 * with the reason. A trained network is checked against the logits of its card before its first run, whatever runs it;
 * on our kernels any other runs unverified until the engine has compared it in the background (verify).
 */
import type { Network } from '../network/network';
import type { ModelCard } from '../weights/card';
import { formulaInput, inPercent, relativeDifference, selfCheckInput } from '../weights/selfCheck';
import { softmax } from '../weights/calibrate';
import { channelsLast } from './layout';
import type { Choice } from './choice';
import type { Execution, NetworkExecutor, PassingValue } from './executor';
import { valuesOf } from './networkInput';
import type { Levels, NetworkInput } from './networkInput';
import { fuse } from './plan/fuse';
import { place } from './plan/place';
import type { Placement } from './plan/place';
import type { Plan } from './plan/plan';
import type { Weights } from './plan/planWeights';
import { EngineError } from './protocol';
import type { ExecutorReport, Verification } from './protocol';
import type { Device } from './tfjs/device';
import { StockExecutor } from './tfjs/executor';
import { checkLimits } from './webgpu/limits';
import { compile, KernelExecutor } from './webgpu/executor';
import type { Compiling, KernelHost } from './webgpu/executor';
import { kernelHost } from './webgpu/host';
import { keepTiles, recallTiles, tune, untried } from './webgpu/tune';

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

/** The formula of the trained networks' cards, for networks without a card. */
const PROBE = { multiplier: 40503, increment: 12345, modulus: 65521, scale: 4, offset: -2 };

/** What logits are divided by when the softmax is checked: not 1, which would not show whether they are. */
const PROBE_TEMPERATURE = 2;

/** A picture with every level in every channel, where it is large enough. */
const probeLevels = (size: number): Levels => ({
  levels: Uint8ClampedArray.from({ length: 3 * size ** 2 }, (_, i) => (89 * i) % 256),
  mean: [0.5, 0.4, 0.3],
  std: [0.25, 0.2, 0.3],
});

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What the kernels of one precision are to do for a network, begun while its weights are still on their way. */
interface Begun {
  readonly room: Room;
  readonly placement: Placement;
  /** Absent where tiles are still to be tried, which takes the weights. */
  readonly compiling?: Compiling;
}

/** Kernels of one precision on the device; the tiles are what changes. */
interface Room {
  host: KernelHost;
  /** Largest difference with which they are trusted. */
  readonly most: number;
}

type Caches = Pick<CacheStorage, 'open'> | undefined;

/** Makes executors on one device. */
export class ExecutorMaker {
  private constructor(
    private readonly device: Device,
    private readonly rooms: readonly Room[],
    private readonly caches: Caches,
  ) {}

  /** With the tiles that were found on this adapter before. */
  static async open(device: Device, choice: Choice, caches: Caches): Promise<ExecutorMaker> {
    const { gpu } = device;
    if (!gpu || choice.executor === 'stock') return new ExecutorMaker(device, [], caches);
    const room = async (precision: 'float32' | 'float16', most: number): Promise<Room> => {
      const table = device.software ? {} : await recallTiles(caches, device.adapter, precision);
      return { host: kernelHost(device, gpu, precision, table), most };
    };
    const half = choice.precision === 'float16' && gpu.features.has('shader-f16');
    const rooms = [...(half ? [room('float16', TRUSTED_HALF)] : []), room('float32', TRUSTED)];
    return new ExecutorMaker(device, await Promise.all(rooms), caches);
  }

  /** Starts to compile the kernels' programs, where their tiles are known. */
  begin(network: Network): readonly Begun[] | { readonly refused: string } {
    const { gpu } = this.device;
    if (!gpu || this.rooms.length === 0) return [];
    try {
      const placement = place(fuse(network));
      checkLimits(placement, gpu.limits);
      return this.rooms.map((room) => {
        const ready = this.device.software || untried(placement, room.host.tiles.table).length === 0;
        return { room, placement, ...(ready ? { compiling: compile(room.host, placement) } : {}) };
      });
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
    let reason = 'refused' in begun ? begun.refused : undefined;
    let notHalf: { readonly notHalf?: string } = {};
    for (const one of 'refused' in begun ? [] : begun) {
      const half = one.room.host.precision === 'float16';
      try {
        const made =
          half && !card
            ? { refused: 'float16 takes a trained network, with a card to check it against' }
            : await this.makeKernels(one, weights, card, onProgress, signal);
        if ('runner' in made) return { ...made, ...notHalf };
        reason = made.refused;
      } catch (error) {
        if (signal.aborted) throw error;
        reason = messageOf(error);
      }
      if (half) notHalf = { notHalf: reason };
    }
    const { executor, buildMs, compileMs } = await StockExecutor.create(plan, weights, this.device, onProgress, signal);
    if (card) await this.checkStock(executor, card, signal);
    return {
      runner: executor,
      executor: 'stock',
      precision: 'float32',
      ...notHalf,
      ...(reason === undefined ? {} : { verification: { state: 'refused', reason } as const }),
      buildMs,
      compileMs,
    };
  }

  private async makeKernels(
    { room, placement, compiling }: Begun,
    weights: Weights,
    card: ModelCard | undefined,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<Made | { readonly refused: string }> {
    if (!compiling) await this.tryTiles(room, placement, weights, signal);
    const ready = compiling ?? compile(room.host, placement);
    const { executor, buildMs, compileMs } = await KernelExecutor.create(room.host, ready, weights, onProgress, signal);
    try {
      const verification = await this.checkCard(executor, card, room.most, signal);
      if (verification.state !== 'refused') {
        const precision = room.host.precision === 'float16' ? 'float16' : 'float32';
        return { runner: executor, executor: 'kernels', precision, verification, buildMs, compileMs };
      }
      executor.dispose();
      return { refused: verification.reason };
    } catch (error) {
      executor.dispose();
      throw error;
    }
  }

  /**
   * Stock kernels have no others to go over to: where they disagree with the card, weights, card or device are at fault.
   * @throws EngineError `weights-corrupt`, and whatever the device reports; the executor is disposed of then.
   */
  private async checkStock(executor: StockExecutor, card: ModelCard, signal: AbortSignal): Promise<void> {
    try {
      const { logits } = await executor.run(cardInput(executor, card), 1, { nodes: [] }, signal);
      const difference = relativeDifference(logits, card.selfCheck.logits);
      if (difference <= TRUSTED) return;
      throw new EngineError(
        'weights-corrupt',
        `on ${this.device.backend} the network’s logits differ from those in its card by ${inPercent(difference)}; ` +
          `${100 * TRUSTED} % is allowed. Weights or card are damaged, or this device computes wrongly: ` +
          'try other weights or another backend',
      );
    } catch (error) {
      executor.dispose();
      throw error;
    }
  }

  private async tryTiles(room: Room, placement: Placement, weights: Weights, signal: AbortSignal): Promise<void> {
    const { host } = room;
    const table = await this.device.checked(() => tune(host, placement, weights, host.tiles.table, signal));
    room.host = { ...host, tiles: { ...host.tiles, table } };
    await keepTiles(this.caches, this.device.adapter, host.precision, table);
  }

  /** A trained network's logits against those of its card. */
  private async checkCard(
    executor: NetworkExecutor,
    card: ModelCard | undefined,
    most: number,
    signal: AbortSignal,
  ): Promise<Verification> {
    if (!card) return { state: 'pending' };
    const answer = await executor.run(
      cardInput(executor, card),
      1,
      { nodes: [], temperature: PROBE_TEMPERATURE },
      signal,
    );
    const difference = relativeDifference(answer.logits, card.selfCheck.logits);
    const verdict = judge(difference, 'card', 'the logits in its card', most);
    if (verdict.state === 'refused') return verdict;
    const ends = await endsDifference(executor, answer, signal);
    return ends <= most ? verdict : judge(ends, 'card', ENDS, most);
  }

  /**
   * Compares kernels with stock ones on one input. The stock executor is made by the caller, who may have to go over
   * to it.
   * @throws AbortError between the stages of the stock run; whatever the stock kernels report.
   */
  async compare(kernels: NetworkExecutor, stock: StockExecutor, signal: AbortSignal): Promise<Verification> {
    const { size } = stock.plan.network.spec;
    const input = channelsLast(formulaInput(PROBE, size), 1, 3);
    let logits: Float32Array;
    let ends: number;
    try {
      const answer = await kernels.run(input, 1, { nodes: [], temperature: PROBE_TEMPERATURE }, signal);
      ({ logits } = answer);
      ends = await endsDifference(kernels, answer, signal);
    } catch (error) {
      signal.throwIfAborted();
      return { state: 'refused', reason: messageOf(error) };
    }
    const expected = await valueAt(stock, stock.plan.output, input, signal);
    const verdict = judge(relativeDifference(logits, expected), 'stock', 'tfjs’s', TRUSTED);
    return verdict.state === 'refused' || ends <= TRUSTED ? verdict : judge(ends, 'stock', ENDS, TRUSTED);
  }
}

const cardInput = (executor: NetworkExecutor, card: ModelCard) =>
  channelsLast(selfCheckInput(card, executor.outputs.network.spec.size), 1, 3);

/** [H,W,C] of one value, from a run that goes no further. @throws as `visit`. */
async function valueAt(
  executor: NetworkExecutor,
  id: string,
  input: NetworkInput,
  signal: AbortSignal,
): Promise<Float32Array> {
  let found: Float32Array | undefined;
  const see = async (_: string, value: PassingValue) => {
    found = await value.read();
  };
  await executor.visit(input, new Set([id]), see, signal);
  if (!found) throw new Error(`the run gave no ${id}`);
  return found;
}

const ENDS = 'the CPU’s preprocessing and softmax';

/** How far what stands before and after the network is from what the CPU makes of the same levels and logits. */
async function endsDifference(
  executor: NetworkExecutor,
  { logits, probabilities = new Float32Array() }: Execution,
  signal: AbortSignal,
): Promise<number> {
  const levels = probeLevels(executor.outputs.network.spec.size);
  return Math.max(
    relativeDifference(await valueAt(executor, 'input', levels, signal), valuesOf(levels)),
    relativeDifference(probabilities, softmax(logits, PROBE_TEMPERATURE)),
  );
}

function judge(difference: number, against: 'card' | 'stock', what: string, most: number): Verification {
  if (difference <= most) return { state: 'verified', against, difference };
  const by = inPercent(difference);
  return { state: 'refused', reason: `our WebGPU kernels differ from ${what} by ${by}; ${100 * most} % is allowed` };
}
