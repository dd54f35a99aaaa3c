/** The parameters of each node: PyTorch names and shapes. Weight files, counts and executors all read this. */
import { inputsOf } from './network';
import type { Network, NetworkNode } from './network';

/** One tensor of a state_dict. */
export interface Parameter {
  /** PyTorch's name, e.g. `features.conv0.weight`. */
  readonly name: string;
  /** conv [out, in, kh, kw]; linear [out, in]; bias and BN [channels]. */
  readonly shape: readonly number[];
  /** False for running statistics, which are not counted as parameters. */
  readonly trainable: boolean;
  /** The node that uses it. */
  readonly node: string;
  readonly kind: 'weight' | 'bias' | 'runningMean' | 'runningVar';
}

/** The parameters of one node, in PyTorch's order; empty for nodes that have none. */
export function parametersOfNode(network: Network, node: NetworkNode): readonly Parameter[] {
  const { module } = node;
  const [input] = inputsOf(network, node);
  if (module === undefined || input === undefined) return [];
  const [out] = node.shape;
  const vector = (name: string, kind: Parameter['kind'], trainable = true): Parameter => ({
    node: node.id,
    name: `${module}.${name}`,
    shape: [out],
    trainable,
    kind,
  });
  const weight = (shape: readonly number[]): Parameter => ({
    node: node.id,
    name: `${module}.weight`,
    shape,
    trainable: true,
    kind: 'weight',
  });
  switch (node.op.kind) {
    case 'conv':
      return [weight([out, input.shape[0], node.op.kernel, node.op.kernel])];
    case 'linear':
      return [weight([out, input.shape[0]]), vector('bias', 'bias')];
    case 'batchNorm':
      return [
        weight([out]),
        vector('bias', 'bias'),
        vector('running_mean', 'runningMean', false),
        vector('running_var', 'runningVar', false),
      ];
    default:
      return [];
  }
}

/** All parameters of a network in the order of its nodes. */
export function parametersOf(network: Network): readonly Parameter[] {
  return network.nodes.flatMap((node) => parametersOfNode(network, node));
}

/** Number of elements of a shape. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
