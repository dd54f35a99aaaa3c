/**
 * What a network is: nodes in topological order, each with its operation, inputs, output shape, stage and role, and
 * per stage the ids that play a part in the field's figures. Types and look-ups only; build.ts makes one.
 */
import type { NetworkSpec } from './spec';

/** Channels, height, width of one picture's feature map. */
export type Shape = readonly [channels: number, height: number, width: number];

/** What a node is for; one colour each on the page. */
export type Role = 'stem' | 'base' | 'part1' | 'part2' | 'growth' | 'transition' | 'merge' | 'head';

/**
 * What a node computes. `conv` has no bias, `batchNorm` has ε = 1e-5, `avgPool` takes whole windows only (floor),
 * `slice` takes channels from … to − 1, `concat` joins along channels in the order of the inputs.
 */
export type Operation =
  | { readonly kind: 'input' }
  | { readonly kind: 'conv'; readonly kernel: number; readonly stride: number; readonly padding: number }
  | { readonly kind: 'batchNorm' }
  | { readonly kind: 'relu' }
  | { readonly kind: 'maxPool'; readonly kernel: number; readonly stride: number; readonly padding: number }
  | { readonly kind: 'avgPool'; readonly kernel: number; readonly stride: number }
  | { readonly kind: 'globalAvgPool' }
  | { readonly kind: 'linear' }
  | { readonly kind: 'slice'; readonly from: number; readonly to: number }
  | { readonly kind: 'concat' }
  | { readonly kind: 'add' };

/** One step of a network. */
export interface NetworkNode {
  /** Unique, by role: `stage2/dense3/conv1`, `stage2/split/part1`, `stage2/transition/conv`, `stage2/merge`. */
  readonly id: string;
  readonly op: Operation;
  readonly inputs: readonly string[];
  readonly shape: Shape;
  /** Name of the stage: `stem`, `stage1` …, `head`. */
  readonly stage: string;
  readonly role: Role;
  /** PyTorch module whose parameters this node uses, e.g. `features.denseblock1.denselayer2.norm1`. */
  readonly module?: string;
}

/** The parts of one dense stage by their name in the paper; ids of nodes. Absent parts are undefined. */
export interface StageParts {
  /** `stage1` … */
  readonly name: string;
  /** 1 … */
  readonly index: number;
  /** Output of whatever comes before: x₀, c channels. */
  readonly base: string;
  /** x₀′, the first floor(γ·c) channels; undefined where none bypass. */
  readonly part1: string | undefined;
  /** x₀″, the channels that enter the dense block; the base itself where nothing bypasses. */
  readonly part2: string;
  /** x₁ … x_m: the 3×3 convolutions' outputs. */
  readonly growth: readonly string[];
  /** Concatenation of what leaves the dense block: [x₀″, x₁ … x_m], in the listing [x₁ … x_m]. */
  readonly block: string;
  /** x_T: the dense side's own transition (standard and last). */
  readonly denseTransition: string | undefined;
  /** Concatenation of x₀′ with the dense side. */
  readonly merge: string | undefined;
  /** 1×1 convolution after the merge (plain, standard, first; not in the last stage). */
  readonly transition: string | undefined;
  readonly pool: string | undefined;
  /** x_U: what the stage hands on. */
  readonly output: string;
}

/** A network: one description that feeds cost, diagram, weight names, executors and exports. */
export interface Network {
  readonly spec: NetworkSpec;
  /** In topological order; the first is `input`, the last `head/linear`. */
  readonly nodes: readonly NetworkNode[];
  readonly stages: readonly StageParts[];
  readonly byId: ReadonlyMap<string, NetworkNode>;
}

/**
 * The node with an id.
 * @throws Error naming the id where there is none.
 */
export function nodeOf(network: Network, id: string): NetworkNode {
  const node = network.byId.get(id);
  if (!node) throw new Error(`this network has no node "${id}"`);
  return node;
}

/** The nodes whose outputs a node reads. */
export function inputsOf(network: Network, node: NetworkNode): readonly NetworkNode[] {
  return node.inputs.map((id) => nodeOf(network, id));
}

/** Names of the stages in order: `stem`, `stage1` …, `head`. */
export function stageNames(network: Network): readonly string[] {
  return ['stem', ...network.stages.map((stage) => stage.name), 'head'];
}
