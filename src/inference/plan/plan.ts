/**
 * What an execution plan is: steps in the order in which stock kernels run them, what each reads, and when a value is
 * needed for the last time. Types and look-ups only; buildPlan.ts makes one, tfjs/ runs one. Pure, no tensors here.
 */
import type { Network, Shape } from '../../network/network';

/**
 * What a step computes, on one picture or a batch.
 * `conv` has a bias where a batch norm was folded into it; `scaleRelu` is a batch norm and its ReLU in one: a scale and
 * a shift per channel; `avgPool` takes whole windows only.
 */
export type PlanOp =
  | {
      readonly kind: 'conv';
      readonly kernel: number;
      readonly stride: number;
      readonly padding: number;
      readonly relu: boolean;
    }
  | { readonly kind: 'scaleRelu' }
  | { readonly kind: 'maxPool'; readonly kernel: number; readonly stride: number; readonly padding: number }
  | { readonly kind: 'avgPool'; readonly kernel: number; readonly stride: number }
  | { readonly kind: 'globalPool' }
  | { readonly kind: 'slice'; readonly from: number; readonly to: number }
  | { readonly kind: 'concat' }
  | { readonly kind: 'linear' };

/** One kernel call. It makes one value, named as the step. */
export interface PlanStep {
  /** The Network node whose output the value is; a name with `#` where it is no node's output. */
  readonly id: string;
  readonly op: PlanOp;
  /** Values read: ids of earlier steps, or `input`. */
  readonly inputs: readonly string[];
  /** [C,H,W] of the value. */
  readonly shape: Shape;
  /** Stage of the network, for times per stage. The steps of a stage are contiguous. */
  readonly stage: string;
  /** Nodes whose parameters the step needs: the convolution or linear, and the batch norm. */
  readonly weightNode?: string;
  readonly normNode?: string;
  /** Values that no later step reads: free them after this step. */
  readonly releases: readonly string[];
}

/** Where the output of a stage can be had. */
export interface StageOutput {
  readonly stage: string;
  /** Id of the Network node. */
  readonly node: string;
}

/** Stem, every dense stage, and the last feature map before the global pool as `head`. */
export function stageOutputsOf(network: Network): readonly StageOutput[] {
  return [
    { stage: 'stem', node: 'stem/pool' },
    ...network.stages.map(({ name, output: node }) => ({ stage: name, node })),
    { stage: 'head', node: 'head/relu' },
  ];
}

/** A network ready to be run with stock kernels. */
export interface Plan {
  readonly network: Network;
  readonly steps: readonly PlanStep[];
  /** The value that holds the logits, [classes, 1, 1]. */
  readonly output: string;
  /**
   * Network nodes whose outputs exist while the plan runs, and the value that holds each. Nodes that were folded away
   * (a convolution before its batch norm, a batch norm before its ReLU, a convolution before its pool) are not in it.
   */
  readonly available: ReadonlyMap<string, string>;
  /**
   * Convolutions whose outputs exist only pooled, before the concatenation that is pooled (x_T of fusion last), and the
   * value of each.
   */
  readonly pooled: ReadonlyMap<string, string>;
  readonly stageOutputs: readonly StageOutput[];
}

type Outputs = Pick<Plan, 'network' | 'available' | 'pooled'>;

/**
 * What there is to see of a node: itself, or what becomes of it in the next one after it that has an output. A
 * convolution that was folded into its pool is seen after the pool.
 * @returns the node that is seen, and the value that holds it or its own channels of it.
 * @throws Error naming the node where the network has no such node.
 */
export function seenOf(plan: Outputs, node: string): { of: string; value: string } {
  let of = node;
  let value = plan.available.get(of);
  while (value === undefined) {
    const next = plan.network.nodes.find(({ inputs }) => inputs.includes(of));
    if (!next) throw new Error(`the node "${node}" is unknown, or nothing after it has an output`);
    of = next.id;
    value = plan.available.get(of);
  }
  return { of, value: plan.pooled.get(node) ?? value };
}

/**
 * The value that holds a node's output.
 * @throws Error naming the node where the network has no such node or the plan folded it away.
 */
export function valueOfNode(plan: Pick<Plan, 'network' | 'available'>, node: string): string {
  const value = plan.available.get(node);
  if (value !== undefined) return value;
  const reason = plan.network.byId.has(node) ? 'is folded into a neighbour and has no output of its own' : 'is unknown';
  throw new Error(`the node "${node}" ${reason}; outputs exist for: ${[...plan.available.keys()].join(', ')}`);
}
