/** What the page knows beyond its link, as plain data: slots, picture, folder, notices. lab.ts changes it. */
import type {
  LoadProgress,
  NodeSummary,
  Preprocessing,
  RunResult,
  Slot,
  SlotState,
  WeightsSource,
} from '../inference/protocol';
import type { EngineStatus } from '../inference/status';
import type { NetworkSpec } from '../network/spec';
import type { ModelCard } from '../weights/card';
import type { FolderJob } from './folder';
import type { RankedClass } from './ranking';

/** A failure as it is shown: what went wrong, and where there are many things, each of them. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
}

/** Weights a user opened for a slot. */
export interface OpenedWeights {
  readonly file: Blob;
  readonly name: string;
  /** Class names in the order of the logits, where a list was given. */
  readonly classNames: readonly string[] | null;
}

/** What a slot's network said about the picture. */
export interface SlotResult {
  readonly run: RunResult;
  /** Best first; empty for an untrained network, which has nothing to say. */
  readonly ranked: readonly RankedClass[];
  /** False where the card's threshold says that none of the known classes stands out. */
  readonly standsOut: boolean;
  readonly pictureId: number;
}

/** One slot: the engine's state of it, and what the page knows besides. */
export interface SlotStatus {
  readonly state: SlotState;
  readonly progress: LoadProgress | null;
  /** What is loaded or being loaded; `none` where this network has no weights. */
  readonly weights: WeightsSource['kind'] | 'none';
  /** Text form of the network that the page shows in this slot; empty where the slot is off. */
  readonly network: string;
  readonly card: ModelCard | null;
  readonly opened: OpenedWeights | null;
  readonly problem: Problem | null;
  readonly result: SlotResult | null;
  /** Whether the user asked to run this network untrained. */
  readonly seeded: boolean;
}

/** What a slot's parts hold for the present picture, as far as it was asked for. */
export interface SlotActivations {
  /** `none`: there is no answer for the present picture, or nothing was asked for yet. */
  readonly state: 'none' | 'reading' | 'ready' | 'failed';
  /** By the node that was asked for. */
  readonly summaries: ReadonlyMap<string, NodeSummary>;
  /** Why the last request failed. */
  readonly problem: Problem | null;
}

export interface Picture {
  readonly id: number;
  readonly blob: Blob;
  readonly name: string;
}

export interface LabState {
  readonly slots: { readonly [S in Slot]: SlotStatus };
  readonly activations: { readonly [S in Slot]: SlotActivations };
  readonly engine: EngineStatus;
  readonly cards: readonly ModelCard[];
  readonly picture: Picture | null;
  /** The last picture's problem; the last good result stays beside it. */
  readonly pictureProblem: Problem | null;
  /** What the page itself has to tell; the engine's recoveries and fallbacks are in `engine`. */
  readonly notices: readonly string[];
  readonly folder: FolderJob | null;
}

export const SLOTS = ['a', 'b'] as const satisfies readonly Slot[];

export const IDLE: SlotStatus = {
  state: 'idle',
  weights: 'none',
  network: '',
  card: null,
  opened: null,
  progress: null,
  problem: null,
  result: null,
  seeded: false,
};

/** Any thrown value as a problem; engine errors keep their code and details. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof Error)) return { code: 'internal', message: String(error), details: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
  const details = 'details' in error && Array.isArray(error.details) ? error.details.map(String) : [];
  return { code, message: error.message, details };
}

/** A run's probabilities. @throws Error where they were not asked for. */
export function probabilitiesOf({ probabilities }: Pick<RunResult, 'probabilities'>): Float32Array {
  if (!probabilities) throw new Error('the run gave no probabilities');
  return probabilities;
}

/** What a slot's network wants: as its card says, where it has that card's weights. */
export function preprocessingOf({ card, opened }: SlotStatus, spec: NetworkSpec | null): Preprocessing {
  return card && !opened ? card.preprocessing : imagenetPreprocessing(spec?.size ?? 224);
}

/** ImageNet's usual preprocessing at a network's size: what user-supplied weights are assumed to want. */
function imagenetPreprocessing(size: number): Preprocessing {
  return {
    size,
    resizeShorterSide: Math.round(size / 0.875),
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  };
}
