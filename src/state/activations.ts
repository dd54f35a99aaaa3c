/**
 * What the networks' parts hold for the present picture: asks the engine for the nodes that the page shows, one request
 * per slot at a time, after the answers and never before one. What was read belongs to a picture and to the weights
 * that a slot was loaded with; when either changes it is gone.
 */
import type { InspectRequest, Inspection, NodeSummary, Slot } from '../inference/protocol';
import { problemOf } from './labState';
import type { Problem, SlotActivations } from './labState';

/** Nodes whose channels are kept besides the open one's: several megabytes each. */
const KEPT = 2;

/** What the page shows of a slot's network. */
export interface Look {
  /** Text form of the network that the nodes are of. */
  readonly network: string;
  readonly nodes: readonly string[];
  /** The node whose channels are open, each as a map. */
  readonly open: string | null;
}

export interface ActivationsDeps {
  readonly inspect: (slot: Slot, request: InspectRequest) => Promise<Inspection>;
  /** Names picture and weights together; null where the slot has no answer for the present picture. */
  readonly key: (slot: Slot) => string | null;
  /** Text form of the network that is loaded, or being loaded, in the slot. */
  readonly network: (slot: Slot) => string;
  /** Whether something more important is to be run, or is running. */
  readonly busy: () => boolean;
  /** Counts what was more important; grows whenever a request may have been given up for it. */
  readonly runs: () => number;
  readonly update: (slot: Slot, activations: SlotActivations) => void;
}

export const NO_ACTIVATIONS: SlotActivations = { state: 'none', summaries: new Map(), problem: null };

interface Seat {
  key: string | null;
  look: Look;
  /** The node whose channels are open, and those before it, newest last. */
  opened: readonly string[];
  summaries: ReadonlyMap<string, NodeSummary>;
  state: SlotActivations['state'];
  problem: Problem | null;
  /** The request under way, or the one that failed, as text. */
  asked: string | null;
  turn: number;
}

const emptySeat = (): Seat => ({
  key: null,
  look: { network: '', nodes: [], open: null },
  opened: [],
  summaries: NO_ACTIVATIONS.summaries,
  state: 'none',
  problem: null,
  asked: null,
  turn: 0,
});

/** Asks for activations as they are wanted. */
export function createActivations(deps: ActivationsDeps) {
  const seats: Readonly<Record<Slot, Seat>> = { a: emptySeat(), b: emptySeat() };

  function set(slot: Slot, fields: Partial<Pick<Seat, 'state' | 'summaries' | 'problem'>>): void {
    const seat = Object.assign(seats[slot], fields);
    deps.update(slot, { state: seat.state, summaries: seat.summaries, problem: seat.problem });
  }

  /** What is wanted and not there. */
  function missing({ look: { nodes, open }, summaries }: Seat): InspectRequest {
    const rest = nodes.filter((node) => node !== open && !summaries.has(node));
    if (open === null || summaries.get(open)?.maps) return { nodes: rest };
    return { nodes: [open, ...rest], maps: open };
  }

  /** Looks at what has changed, and asks where something is missing. */
  function sync(slot: Slot): void {
    const seat = seats[slot];
    const key = deps.key(slot);
    if (key !== seat.key) {
      seat.turn++;
      const known = seat.state !== 'none';
      Object.assign(seat, { key, asked: null });
      if (known) set(slot, NO_ACTIVATIONS);
    }
    // The page may show the next network a moment before the lab knows.
    if (key === null || deps.network(slot) !== seat.look.network || deps.busy()) return;
    const request = missing(seat);
    const text = JSON.stringify(request);
    if (text === seat.asked) return;
    if (request.nodes.length === 0) {
      if (seat.state === 'reading') seat.turn++;
      seat.asked = null;
      if (seat.state !== 'ready') set(slot, { state: 'ready', problem: null });
      return;
    }
    seat.asked = text;
    set(slot, { state: 'reading', problem: null });
    void ask(slot, request, ++seat.turn);
  }

  async function ask(slot: Slot, request: InspectRequest, turn: number): Promise<void> {
    const seat = seats[slot];
    const runs = deps.runs();
    try {
      const { nodes } = await deps.inspect(slot, request);
      if (turn !== seat.turn) return;
      const summaries = new Map(seat.summaries);
      for (const summary of nodes) summaries.set(summary.node, summary);
      seat.asked = null;
      set(slot, { summaries: withoutOldMaps(summaries, seat.opened), state: 'ready' });
      sync(slot);
    } catch (error) {
      if (turn !== seat.turn) return;
      const problem = problemOf(error);
      if (problem.code !== 'cancelled') {
        set(slot, { state: 'failed', problem });
        return;
      }
      // Given up for something more important: asked again when that is over.
      seat.asked = null;
      if (deps.runs() !== runs) sync(slot);
    }
  }

  return {
    /** Looks at both slots again. */
    syncActivations(): void {
      sync('a');
      sync('b');
    },

    /** Tells what the page shows of a slot's network. */
    lookAt(slot: Slot, look: Look): void {
      const seat = seats[slot];
      const { open } = look;
      seat.look = look;
      if (open !== null) seat.opened = [...seat.opened.filter((one) => one !== open), open].slice(-1 - KEPT);
      sync(slot);
    },

    /** Asks again after a failure. */
    retryActivations(slot: Slot): void {
      seats[slot].asked = null;
      sync(slot);
    },
  };
}

function withoutOldMaps(summaries: ReadonlyMap<string, NodeSummary>, kept: readonly string[]) {
  return new Map(
    [...summaries].map(([node, { maps, ...short }]) => [
      node,
      maps && kept.includes(node) ? { ...short, maps } : short,
    ]),
  );
}
