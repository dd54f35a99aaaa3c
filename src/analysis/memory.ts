/**
 * Peak activation memory by liveness: which tensors are alive while each node of the topological order runs. Not what
 * an executor allocates (it may place concats and slices in buffers so that they cost nothing, and says so itself);
 * weights are not counted.
 */
import type { Network } from '../network/network';
import { elements } from '../network/parameters';

/** float32. */
export const BYTES_PER_ELEMENT = 4;

/** Memory over the order of the network's nodes, one picture, float32. */
export interface LiveMemory {
  /** Bytes alive while each node runs, its inputs and its output included; in the order of `network.nodes`. */
  readonly live: readonly number[];
  /** The largest of them. */
  readonly peakBytes: number;
  /** The first node at which it is reached. */
  readonly peakAt: string;
}

/**
 * Bytes alive at each node. A tensor lives from the node that makes it to the last node that reads it; the picture
 * counts, too. Concat and slice copy. BN and ReLU work in place where no one else reads their input afterwards;
 * where someone does (the first dense layer of a stage normalises x₀″, which later layers and the block's concat read
 * again), working in place would destroy it, so they make a tensor of their own.
 */
export function liveMemory(network: Network): LiveMemory {
  const { nodes } = network;
  /** Reads still to come, by node. */
  const reads = new Map<string, number>();
  for (const node of nodes) for (const id of node.inputs) reads.set(id, (reads.get(id) ?? 0) + 1);
  const bytes = new Map<string, number>();
  const live: number[] = [];
  let now = 0;
  let peakBytes = 0;
  let peakAt = '';
  const last = nodes.at(-1);
  for (const node of nodes) {
    const size = elements(node.shape) * BYTES_PER_ELEMENT;
    bytes.set(node.id, size);
    const [input] = node.inputs;
    const elementwise = node.op.kind === 'batchNorm' || node.op.kind === 'relu';
    const inPlace = elementwise && input !== undefined && reads.get(input) === 1;
    // In place, the output takes over the input's memory: nothing is allocated and nothing is released.
    if (inPlace) reads.set(input, 0);
    else now += size;
    live.push(now);
    if (now > peakBytes) {
      peakBytes = now;
      peakAt = node.id;
    }
    if (!inPlace) {
      for (const id of node.inputs) {
        const left = (reads.get(id) ?? 0) - 1;
        reads.set(id, left);
        if (left === 0) now -= bytes.get(id) ?? 0;
      }
    }
    if (node !== last && !reads.has(node.id)) now -= size;
  }
  return { live, peakBytes, peakAt };
}
