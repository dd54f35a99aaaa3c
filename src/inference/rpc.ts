/**
 * What the page's side and the worker's side say to each other, over comlink: the engine's calls, each answered with an
 * outcome as plain data, and events the other way. No engine code here.
 */
import type { Choice } from './choice';
import type { Outcome } from './failures';
import type {
  BackendReport,
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

/** What the worker tells by itself. */
export type WorkerEvent =
  /** It runs, and holds its lock from now on if it was given one. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'progress'; readonly token: number; readonly progress: LoadProgress }
  | { readonly kind: 'lost'; readonly reason: string };

/** The worker's side. */
export interface WorkerApi {
  /**
   * Starts the backend.
   * @param lock name of a Web Lock to hold as long as the worker lives, if the browser has such.
   */
  start(
    choice: Choice,
    lock: string | undefined,
    onEvent: (event: WorkerEvent) => void,
  ): Promise<Outcome<BackendReport>>;
  /** @param token of the progress events of this load. */
  load(slot: Slot, request: LoadRequest, token: number): Promise<Outcome<Loaded>>;
  run(slot: Slot, input: RunInput, extras: RunExtras): Promise<Outcome<RunResult>>;
  inspect(slot: Slot, input: RunInput, request: InspectRequest): Promise<Outcome<Inspection>>;
  selfCheck(slot: Slot): Promise<Outcome<SelfCheck>>;
  verify(slot: Slot): Promise<Outcome<ExecutorReport>>;
  cancel(slot: Slot): Promise<Outcome<void>>;
  unload(slot: Slot): Promise<Outcome<void>>;
  memory(): Promise<Outcome<MemoryReport>>;
  loseDevice(): Promise<Outcome<void>>;
}

/** The buffers of a result that can change hands instead of being copied. */
export function buffersOf(result: RunResult): ArrayBuffer[] {
  return buffersUnder([
    result.logits,
    result.probabilities,
    result.classActivation?.values,
    ...(result.activations ?? []).map(({ values }) => values),
  ]);
}

/** The same of an inspection. */
export function buffersOfInspection({ nodes }: Inspection): ArrayBuffer[] {
  return buffersUnder(
    nodes.flatMap(({ mean, maps, numbers }) => [mean.values, maps?.values, ...Object.values(numbers)]),
  );
}

function buffersUnder(arrays: readonly (Float32Array | undefined)[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const array of arrays) if (array?.buffer instanceof ArrayBuffer) buffers.add(array.buffer);
  return [...buffers];
}
