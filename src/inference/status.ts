/** What the page shows of the engine: backend, both slots, notices. A snapshot that is replaced, never changed. */
import { EngineError } from './protocol';
import type { BackendReport, EngineErrorCode, Loaded, LoadProgress, Slot, SlotState } from './protocol';

/** An EngineError as plain data. */
export interface Failure {
  readonly code: EngineErrorCode;
  readonly message: string;
  readonly details: readonly string[];
}

/** One slot. */
export interface SlotStatus {
  readonly state: SlotState;
  /** Text form of the network that was asked for last; null after an unload. */
  readonly network: string | null;
  /** While `loading` or `compiling`. */
  readonly progress: LoadProgress | null;
  /** While `failed`. */
  readonly error: Failure | null;
  /** The network that runs would use now: while another is loading, or failed to, still the one before. */
  readonly loaded: Loaded | null;
}

/** Something that happened by itself and that the user should know. */
export interface Notice {
  readonly id: number;
  readonly kind: 'recovered' | 'fallback' | 'failed';
  readonly text: string;
}

/** Everything. */
export interface EngineStatus {
  /** Null before it has started, and while it starts again. */
  readonly backend: BackendReport | null;
  readonly starting: boolean;
  /** Why there is no backend. */
  readonly backendError: Failure | null;
  readonly slots: Readonly<Record<Slot, SlotStatus>>;
  /** The latest, oldest first. */
  readonly notices: readonly Notice[];
}

const MOST_NOTICES = 20;
const EMPTY: SlotStatus = { state: 'idle', network: null, progress: null, error: null, loaded: null };

/** An error as plain data. */
export function failureOf({ code, message, details }: EngineError): Failure {
  return { code, message, details };
}

/** Holds the snapshot and tells listeners of each new one. */
export class StatusBoard {
  private snapshot: EngineStatus = {
    backend: null,
    starting: false,
    backendError: null,
    slots: { a: EMPTY, b: EMPTY },
    notices: [],
  };
  private readonly listeners = new Set<(status: EngineStatus) => void>();
  private notices = 0;

  get current(): EngineStatus {
    return this.snapshot;
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: (status: EngineStatus) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(change: Partial<EngineStatus>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener(this.snapshot);
  }

  slot(slot: Slot, change: Partial<SlotStatus>): void {
    const { slots } = this.snapshot;
    this.set({ slots: { ...slots, [slot]: { ...slots[slot], ...change } } });
  }

  clear(slot: Slot): void {
    this.slot(slot, EMPTY);
  }

  notify(kind: Notice['kind'], text: string): void {
    const notice = { id: ++this.notices, kind, text };
    this.set({ notices: [...this.snapshot.notices, notice].slice(-MOST_NOTICES) });
  }

  dismiss(id: number): void {
    this.set({ notices: this.snapshot.notices.filter((notice) => notice.id !== id) });
  }
}
