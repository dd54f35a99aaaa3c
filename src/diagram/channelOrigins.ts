/**
 * Where the channels of a feature map come from: x₀, x₀′, x₀″, x₁ …, x_T. Read off a Network by going back through
 * everything that works channel by channel (concats, BN, ReLU, pools) to the layer or split that made them.
 */
import type { Network, NetworkNode, Role } from '../network/network';
import { inputsOf, nodeOf } from '../network/network';
import { subscript } from './notation';
import { growthColour, ROLE_COLOURS } from './roles';
import type { ColourPair } from './roles';

/** Neighbouring channels of one source. */
export interface Origin {
  /** The node that made them: what lights up with them. */
  readonly node: string;
  /** In the field's notation, `x₀″`, `x₃`, `x_T`. */
  readonly name: string;
  readonly role: Role;
  readonly colour: ColourPair;
  /** The first of them in the feature map, counted from 0. */
  readonly from: number;
  /** How many. */
  readonly count: number;
}

type Source = Omit<Origin, 'from'>;

/** What a layer that mixes channels, a split or a base layer is as a source. */
function sourceOf(network: Network, node: NetworkNode, isBase: boolean): Source {
  const stage = network.stages.find(({ name }) => name === node.stage);
  const made = (name: string, role: Role, colour = ROLE_COLOURS[role]): Source => {
    return { node: node.id, name, role, colour, count: node.shape[0] };
  };
  if (isBase) return made('x₀', 'base');
  switch (node.id) {
    case 'input':
      return made('picture', 'stem');
    case 'head/linear':
      return made('class', 'head');
    case stage?.part1:
      return made('x₀′', 'part1');
    case stage?.part2:
      return made('x₀″', 'part2');
    case stage?.denseTransition:
      return made('x_T', 'transition');
    case stage?.transition:
      return made('x_U', 'transition');
    default:
  }
  const dense = /\/dense(\d+)\/(conv\d)$/.exec(node.id);
  if (!stage || !dense) return made(node.role, node.role);
  const index = Number(dense[1]);
  const colour = growthColour(index, stage.growth.length);
  if (stage.growth.includes(node.id)) return made(`x${subscript(index)}`, 'growth', colour);
  return made(`H${subscript(index)} 1×1`, 'growth', colour);
}

/**
 * The sources of a node's channels, in the order of the channels; their counts add up to the node's channels. What is
 * handed on from the stage before is one source, x₀, as soon as a stage has taken it in.
 * @throws Error where the network has no such node.
 */
export function channelOrigins(network: Network, id: string): readonly Origin[] {
  const origins: Origin[] = [];
  let from = 0;
  const visit = (node: NetworkNode) => {
    const inputs = inputsOf(network, node);
    const [only] = inputs;
    const byChannel = ['batchNorm', 'relu', 'maxPool', 'avgPool', 'globalAvgPool'].includes(node.op.kind);
    if (!only || !(byChannel || node.op.kind === 'concat')) {
      add(sourceOf(network, node, false));
      return;
    }
    const base = network.stages.find(({ name }) => name === node.stage)?.base;
    for (const input of inputs) {
      if (input.id === base) add(sourceOf(network, input, true));
      else visit(input);
    }
  };
  const add = (source: Source) => {
    origins.push({ ...source, from });
    from += source.count;
  };
  visit(nodeOf(network, id));
  return origins;
}

/** The origin of one channel, counted from 0; undefined beyond the last. */
export function originOfChannel(origins: readonly Origin[], channel: number): Origin | undefined {
  return origins.find(({ from, count }) => channel >= from && channel < from + count);
}

/** What a channel is called: its source and its place in it, counted from 0 as PyTorch does, `x₃·17`. */
export function channelName(origin: Origin, channel: number): string {
  return `${origin.name}·${channel - origin.from}`;
}
