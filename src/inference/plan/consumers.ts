/** Who reads a node's output: what both planners ask before they draw nodes into one step. Pure. */
import type { Network, NetworkNode } from '../../network/network';

/** A network read backwards. */
export class Consumers {
  private readonly byId = new Map<string, NetworkNode[]>();

  constructor(network: Network) {
    for (const node of network.nodes) {
      for (const input of node.inputs) this.byId.set(input, [...(this.byId.get(input) ?? []), node]);
    }
  }

  /** The only node that reads this one, if there is just one and it is of that kind. */
  sole(node: NetworkNode, kind: NetworkNode['op']['kind']): NetworkNode | undefined {
    const [consumer, another] = this.byId.get(node.id) ?? [];
    return another === undefined && consumer?.op.kind === kind ? consumer : undefined;
  }

  /**
   * The 2×2 average pool that alone reads a node, at once or after a concatenation. A bias-free 1×1 convolution may
   * change places with it: both are linear and the convolution mixes channels only, so the mean of convolutions is the
   * convolution of means.
   */
  poolAfter(node: NetworkNode): { pool: NetworkNode; joined?: NetworkNode } | undefined {
    const joined = this.sole(node, 'concat');
    const pool = this.sole(joined ?? node, 'avgPool');
    if (pool?.op.kind !== 'avgPool' || pool.op.kernel !== 2 || pool.op.stride !== 2) return undefined;
    return joined ? { pool, joined } : { pool };
  }
}
