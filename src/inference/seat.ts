/** What the client knows of one slot, and the status that follows from it. Pure. */
import type { Loaded, LoadProgress, LoadRequest, SlotState } from './protocol';
import type { Failure, SlotStatus } from './status';
import type { Running } from './supervisor';

/** A load under way. */
export interface Loading {
  progress: LoadProgress | null;
  /** Resolves when it ends, however. */
  readonly settled: Promise<void>;
}

/** One slot of the client. */
export interface Seat {
  /** Text form of the network asked for last. */
  network: string | null;
  /** What a fresh worker has to load: the last that was loaded. */
  request: LoadRequest | undefined;
  loaded: Loaded | null;
  /** The worker that holds it, or is being made to. */
  home: { readonly running: Running; readonly done: Promise<unknown> } | undefined;
  /** The load that the page asked for last, until it ends. */
  loading: Loading | undefined;
  /** The load that puts back what a lost worker held, until it ends. */
  restoring: Loading | undefined;
  /** Of the last load. */
  failure: Failure | null;
  /** Runs under way. */
  runs: number;
  /** Counts cancels; work begun before the latest is given up. */
  epoch: number;
  /** Counts unloads; what was loaded before the latest is gone. */
  unloads: number;
}

/** An empty slot. */
export function emptySeat(): Seat {
  return {
    network: null,
    request: undefined,
    loaded: null,
    home: undefined,
    loading: undefined,
    restoring: undefined,
    failure: null,
    runs: 0,
    epoch: 0,
    unloads: 0,
  };
}

function stateOf(seat: Seat): SlotState {
  const load = seat.loading ?? (seat.failure ? undefined : seat.restoring);
  if (load) return load.progress === null || load.progress.phase === 'fetch' ? 'loading' : 'compiling';
  if (seat.failure) return 'failed';
  if (!seat.loaded) return 'idle';
  return seat.runs > 0 ? 'running' : 'ready';
}

/** A slot's status. */
export function statusOf(seat: Seat): SlotStatus {
  const state = stateOf(seat);
  const busy = state === 'loading' || state === 'compiling';
  return {
    state,
    network: seat.network,
    progress: busy ? ((seat.loading ?? seat.restoring)?.progress ?? null) : null,
    error: state === 'failed' ? seat.failure : null,
    loaded: seat.loaded,
  };
}
