/**
 * The engine: two slots, one backend, one thing at a time on the device. Runs where it is made, in the worker or in a
 * test; worker.ts and client.ts carry it across. A lost device ends it: the client starts a fresh one.
 */
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import type { ModelCard } from '../weights/card';
import { relativeDifference, selfCheckInput } from '../weights/selfCheck';
import type { Choice } from './choice';
import { checkBatch } from './checkBatch';
import type { NetworkExecutor } from './executor';
import { cancelled, toEngineError } from './failures';
import { forgetWeights } from './fetchWeights';
import type { FetchOptions } from './fetchWeights';
import { inspectNodes } from './inspect';
import { checkFits } from './limits';
import { loadWeights } from './loadWeights';
import { InputMaker, makeBatch } from './picture';
import type { PreparedInput } from './picture';
import { buildPlan } from './plan/buildPlan';
import { ExecutorMaker, TRUSTED, TRUSTED_HALF } from './makeExecutor';
import { EngineError } from './protocol';
import type {
  BackendReport,
  CheckedEngine,
  ExecutorReport,
  InspectRequest,
  Inspection,
  Loaded,
  LoadProgress,
  LoadRequest,
  MemoryReport,
  RunExtras,
  RunInput,
  RunResult,
  SelfCheck,
  Slot,
} from './protocol';
import { Breaker, SerialQueue, untilAborted } from './queue';
import { tensorMemory } from './tfjs/device';
import type { Device } from './tfjs/device';
import { openDevice } from './tfjs/open';
import { timeStages } from './timeStages';
import { disposeRunning, Verifier } from './verifier';
import type { Running } from './verifier';

/** What an engine is made with. */
export interface EngineOptions extends Pick<FetchOptions, 'fetch' | 'caches'> {
  readonly choice: Choice;
  /** Told once, with the reason, when the device is lost; every call rejects with `device-lost` from then on. */
  readonly onLost?: (reason: string) => void;
}

type OnProgress = (progress: LoadProgress) => void;

/** A network in a slot. */
interface Resident extends Running {
  readonly text: string;
  readonly card: ModelCard | undefined;
}

interface SlotSeat {
  resident: Resident | undefined;
  /** The load under way. */
  load: AbortController | undefined;
  /** Aborted, and replaced, to give up every run asked for so far. */
  runs: AbortController;
  /** The inspection under way, which gives way to every run. */
  inspection: AbortController;
}

const emptySeat = (): SlotSeat => ({
  resident: undefined,
  load: undefined,
  runs: new AbortController(),
  inspection: new AbortController(),
});

interface Started {
  readonly device: Device;
  readonly report: BackendReport;
  readonly maker: ExecutorMaker;
}

/** Runs networks on this thread. */
export class LocalEngine implements CheckedEngine {
  private started: Promise<Started> | undefined;
  private readonly seats: Readonly<Record<Slot, SlotSeat>> = {
    a: emptySeat(),
    b: emptySeat(),
  };
  private readonly deviceQueue = new SerialQueue();
  private readonly pictureQueue = new SerialQueue();
  private readonly alive = new Breaker();
  private readonly inputs = new InputMaker();
  /** Most pictures that gave together what the last of them gives alone. */
  private readonly checkedBatches = new WeakMap<NetworkExecutor, number>();
  private readonly verifier = new Verifier(this.deviceQueue, () => this.start());

  constructor(private readonly options: EngineOptions) {}

  private start(): Promise<Started> {
    this.started ??= openDevice(this.options.choice).then(async (opened) => {
      void opened.device.lost.then((reason) => {
        this.alive.trip(new EngineError('device-lost', `the device was lost: ${reason}`));
        this.options.onLost?.(reason);
      });
      const { options } = this;
      const storage = 'caches' in options ? options.caches : typeof caches === 'undefined' ? undefined : caches;
      return { ...opened, maker: await ExecutorMaker.open(opened.device, options.choice, storage) };
    });
    return this.started;
  }

  /** Every call's way out: as an EngineError, and at once when the device is lost. */
  private async call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.alive.guard(work());
    } catch (error) {
      throw toEngineError(error);
    }
  }

  /** A call that somebody waits for: what is checked in the background gives way to it. */
  private asked<T>(work: () => Promise<T>): Promise<T> {
    return this.verifier.giveWay(() => this.call(work));
  }

  backend(): Promise<BackendReport> {
    return this.call(async () => (await this.start()).report);
  }

  load(slot: Slot, request: LoadRequest, onProgress: OnProgress = () => undefined): Promise<Loaded> {
    const seat = this.seats[slot];
    seat.load?.abort(cancelled(`loading into network ${slot.toUpperCase()}`));
    seat.inspection.abort(cancelled(`looking into network ${slot.toUpperCase()}`));
    const controller = new AbortController();
    seat.load = controller;
    const { signal } = controller;
    const loading = () => untilAborted(this.loadNow(slot, request, onProgress, signal), signal);
    return this.asked(loading).finally(() => {
      if (seat.load === controller) seat.load = undefined;
    });
  }

  private async loadNow(
    slot: Slot,
    request: LoadRequest,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<Loaded> {
    const network = buildNetwork(parseNetwork(request.network));
    const plan = buildPlan(network);
    const { device, maker } = await this.start();
    signal.throwIfAborted();
    checkFits(plan, device);
    const begun = maker.begin(network);
    const { fetch, caches } = this.options;
    const source = await loadWeights(network, request.weights, {
      signal,
      onProgress: (done, total) => onProgress({ phase: 'fetch', done, total }),
      ...(fetch ? { fetch } : {}),
      ...('caches' in this.options ? { caches } : {}),
    });
    return this.deviceQueue.run(async () => {
      const progress = (phase: 'build' | 'compile', done: number, total: number) => onProgress({ phase, done, total });
      const card = request.weights.kind === 'card' ? request.weights.card : undefined;
      const making = maker.make(begun, plan, source.weights, card, progress, signal);
      const made = await making.catch(async (error: unknown) => {
        if (request.weights.kind === 'card' && toEngineError(error).code === 'weights-corrupt')
          await forgetWeights(request.weights.card, request.weights.url, this.options);
        throw error;
      });
      if (signal.aborted || this.alive.tripped) {
        made.runner.dispose();
        if (!this.alive.tripped) device.trim();
        throw signal.aborted ? signal.reason : cancelled('loading a network');
      }
      // Only now: until here the network that was in the slot still works.
      const seat = this.seats[slot];
      if (seat.resident) {
        disposeRunning(seat.resident);
        device.trim();
      }
      const { runner, buildMs, compileMs, ...report } = made;
      const unverified = report.verification?.state === 'pending' ? { plan, weights: source.weights } : undefined;
      seat.resident = { executor: runner, report, text: request.network, card, firstRunMs: undefined, unverified };
      const { bytes, fromCache, fetchMs } = source;
      const { classes } = network.spec;
      return { slot, network: request.network, classes, fetchMs, buildMs, compileMs, bytes, fromCache, ...report };
    }, signal);
  }

  private resident(slot: Slot): Resident {
    const seat = this.seats[slot];
    if (seat.resident) return seat.resident;
    const state = seat.load ? 'is still being loaded' : 'is not loaded';
    throw new EngineError('not-loaded', `network ${slot.toUpperCase()} ${state}`);
  }

  /** Pictures of a batch are jobs of their own: a single one that is asked for meanwhile need not wait for all of them. */
  private prepare(input: RunInput, size: number, signal: AbortSignal): Promise<PreparedInput> {
    return input.kind === 'pictures'
      ? makeBatch(input, (one) => this.pictureQueue.run(() => this.inputs.picture(one, size), signal))
      : this.pictureQueue.run(() => this.inputs.make(input, size), signal);
  }

  run(slot: Slot, input: RunInput, extras: RunExtras = {}): Promise<RunResult> {
    const { signal } = this.seats[slot].runs;
    for (const seat of Object.values(this.seats)) seat.inspection.abort(cancelled('looking into a network'));
    return this.asked(async () => {
      const { size } = this.resident(slot).executor.outputs.network.spec;
      const prepared = await this.prepare(input, size, signal);
      return this.deviceQueue.run(() => this.runNow(slot, prepared, extras, signal), signal);
    });
  }

  inspect(slot: Slot, input: RunInput, request: InspectRequest): Promise<Inspection> {
    const seat = this.seats[slot];
    seat.inspection.abort(cancelled(`looking into network ${slot.toUpperCase()}`));
    seat.inspection = new AbortController();
    const signal = AbortSignal.any([seat.runs.signal, seat.inspection.signal]);
    return this.asked(async () => {
      const { size } = this.resident(slot).executor.outputs.network.spec;
      const prepared = await this.prepare(input, size, signal);
      return this.deviceQueue.run(() => this.inspectNow(slot, prepared, request, signal), signal);
    });
  }

  private async inspectNow(slot: Slot, input: PreparedInput, request: InspectRequest, signal: AbortSignal) {
    const { executor, text } = this.resident(slot);
    if (executor.outputs.network.spec.size !== input.size) throw cancelled('looking into a network that was replaced');
    const nodes = await inspectNodes(executor, input, request, signal);
    return { slot, network: text, nodes };
  }

  private async runNow(
    slot: Slot,
    prepared: PreparedInput,
    extras: RunExtras,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const { device } = await this.start();
    const resident = this.resident(slot);
    const { executor, text, card } = resident;
    const { spec } = executor.outputs.network;
    if (spec.size !== prepared.size)
      throw new EngineError('cancelled', 'the network was replaced by one of another input size');
    const asked = extras.activations;
    const nodes = asked === 'stages' ? executor.outputs.stageOutputs.map(({ node }) => node) : (asked ?? []);
    const { classActivation } = extras;
    const wanted = {
      nodes,
      ...(classActivation === undefined ? {} : { classActivation }),
      ...(extras.probabilities ? { temperature: card?.calibration.temperature ?? 1 } : {}),
    };
    const done = await executor.run(prepared.input, prepared.batch, wanted, signal);
    checkFinite(done.logits, device);
    if (prepared.batch > (this.checkedBatches.get(executor) ?? 1)) {
      const most = resident.report.precision === 'float16' ? TRUSTED_HALF : TRUSTED;
      await checkBatch(executor, prepared, done.logits, most, signal);
      this.checkedBatches.set(executor, prepared.batch);
    }
    resident.firstRunMs ??= done.ms;
    const result: RunResult = {
      slot,
      network: text,
      backend: device.backend,
      logits: done.logits,
      ...(done.probabilities ? { probabilities: done.probabilities } : {}),
      preprocessMs: prepared.preprocessMs,
      runMs: done.ms,
      firstRunMs: resident.firstRunMs,
      crop: prepared.crop,
      pictureSize: prepared.pictureSize,
      ...(prepared.problems ? { problems: prepared.problems } : {}),
      ...(asked === undefined ? {} : { activations: done.activations }),
      ...(done.classActivation ? { classActivation: done.classActivation } : {}),
    };
    return extras.stageTimes ? { ...result, ...(await timeStages(executor, prepared, signal)) } : result;
  }

  selfCheck(slot: Slot): Promise<SelfCheck> {
    return this.call(async () => {
      const { card } = this.resident(slot);
      if (!card) throw new EngineError('not-loaded', `network ${slot.toUpperCase()} has no card with a self-check`);
      const { logits } = await this.run(slot, { kind: 'tensor', values: selfCheckInput(card) });
      const expected = card.selfCheck.logits;
      return { maxRelativeDifference: relativeDifference(logits, expected), logits, expected };
    });
  }

  verify(slot: Slot): Promise<ExecutorReport> {
    return this.call(() => {
      const resident = this.resident(slot);
      return this.verifier.verify(resident, () => this.seats[slot].resident === resident);
    });
  }

  async cancel(slot: Slot): Promise<void> {
    const seat = this.seats[slot];
    const reason = cancelled(`network ${slot.toUpperCase()}'s work`);
    seat.load?.abort(reason);
    seat.runs.abort(reason);
    seat.runs = new AbortController();
    await Promise.resolve();
  }

  unload(slot: Slot): Promise<void> {
    return this.asked(async () => {
      await this.cancel(slot);
      const seat = this.seats[slot];
      const empty = async () => {
        if (!seat.resident) return;
        disposeRunning(seat.resident);
        seat.resident = undefined;
        (await this.start()).device.trim();
      };
      await this.deviceQueue.run(empty, new AbortController().signal);
    });
  }

  memory(): Promise<MemoryReport> {
    return this.call(async () => {
      const { device } = await this.start();
      let ownResources = 0;
      let gpuBytes = device.gpuBytes();
      for (const { resident } of Object.values(this.seats)) {
        const own = resident?.executor.memory() ?? { buffers: 0, bytes: 0 };
        ownResources += own.buffers;
        gpuBytes += own.bytes;
      }
      return { ...tensorMemory(), ownResources, bitmaps: this.inputs.bitmaps, gpuBytes };
    });
  }

  async loseDevice(): Promise<void> {
    const { device } = await this.start();
    device.lose();
  }

  async dispose(): Promise<void> {
    const { started } = this;
    await Promise.all([this.cancel('a'), this.cancel('b')]);
    this.inputs.clear();
    const empty = async () => {
      for (const seat of Object.values(this.seats)) {
        if (seat.resident) disposeRunning(seat.resident);
        seat.resident = undefined;
      }
      await Promise.resolve();
    };
    // On a lost device the job that is under way may never end.
    if (this.alive.tripped) await empty();
    else await this.verifier.giveWay(() => this.deviceQueue.run(empty, new AbortController().signal));
    const opened = await started?.catch(() => undefined);
    this.alive.trip(new EngineError('cancelled', 'the engine was closed'));
    opened?.device.dispose();
  }
}

/** A driver's fault may show in nothing but the numbers. */
function checkFinite(logits: Float32Array, { backend, adapter }: Device): void {
  if (logits.every(Number.isFinite)) return;
  const where = `on ${backend} (${adapter})`;
  throw new EngineError(
    'internal',
    `the network gave values that are not numbers ${where}; its weights may be too large`,
  );
}
