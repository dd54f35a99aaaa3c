/**
 * Network → the few steps that fused kernels run: a batch norm and its ReLU are applied by the convolution that reads
 * them (or folded into the one that they follow), an average pool by the convolution that it follows, in fusion last
 * across the concatenation between them, and slices and concatenations are no steps at all: a step reads pieces of
 * values. Every rewrite is exact in real arithmetic. No buffers here (place.ts) and no weights (packWeights.ts).
 */
import { nodeOf } from '../../network/network';
import type { Network, NetworkNode, Shape } from '../../network/network';
import { Consumers } from './consumers';

/** What a fused step computes. */
export type FusedOp =
  | {
      readonly kind: 'conv';
      readonly kernel: number;
      readonly stride: number;
      readonly padding: number;
      /** Average of 2×2 pixels while loading, whole windows only. */
      readonly pooled: boolean;
      /** ReLU of the result, after the folded batch norm. */
      readonly relu: boolean;
    }
  | { readonly kind: 'maxPool'; readonly kernel: number; readonly stride: number; readonly padding: number }
  | { readonly kind: 'avgPool'; readonly kernel: number; readonly stride: number }
  | { readonly kind: 'globalPool' }
  | { readonly kind: 'linear' };

/** Channels `from` to `to` − 1 of a step's value, or of `input`. */
export interface Piece {
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** One dispatch, or few: it reads pieces of earlier values and makes one value, named as the step. */
export interface FusedStep {
  /** The node whose output the value is; a name with `#` where it is no node's output. */
  readonly id: string;
  readonly op: FusedOp;
  /** What is read, in the order of channels. */
  readonly reads: readonly Piece[];
  /** [C,H,W] of what is read. */
  readonly inputShape: Shape;
  /** [C,H,W] of the value. */
  readonly shape: Shape;
  readonly stage: string;
  /** Nodes whose parameters are needed: the convolution or linear; the batch norm, with ReLU, of what is read; that of what is written. */
  readonly weightNode?: string;
  readonly inputNorm?: string;
  readonly outputNorm?: string;
  /** Multiply-accumulates of one picture as executed: pooling before a convolution saves three quarters of its own. */
  readonly macs: number;
}

/** Where an output can be had: pieces of values, with a batch norm and ReLU still to be applied where one is named. */
export interface Source {
  /** [C,H,W]. */
  readonly shape: Shape;
  readonly pieces: readonly Piece[];
  readonly norm?: string;
}

/** A network as fused steps. */
export interface FusedPlan {
  readonly network: Network;
  readonly steps: readonly FusedStep[];
  /** By node, or by value where it is no node's output: what can be had while it runs. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Convolutions whose outputs exist only pooled, before the concatenation that is pooled, and the value of each. */
  readonly pooled: ReadonlyMap<string, string>;
}

function cut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const end = at + piece.to - piece.from;
    const first = Math.max(from, at);
    const last = Math.min(to, end);
    if (first < last) {
      result.push({ value: piece.value, from: piece.from + first - at, to: piece.from + last - at });
    }
    at = end;
  }
  return result;
}

const wholeOf = (value: string, [channels]: Shape): Piece[] => [{ value, from: 0, to: channels }];

class Fuser {
  readonly steps: FusedStep[] = [];
  readonly sources = new Map<string, Source>();
  readonly pooled = new Map<string, string>();
  private readonly consumers: Consumers;
  private readonly absorbed = new Set<string>();
  private readonly stageOutputs: ReadonlySet<string>;

  constructor(private readonly network: Network) {
    this.stageOutputs = new Set(network.stages.map(({ output }) => output));
    this.consumers = new Consumers(network);
  }

  fuse(): void {
    for (const node of this.network.nodes) if (!this.absorbed.has(node.id)) this.add(node);
  }

  private source(node: NetworkNode): Source {
    const found = this.sources.get(node.inputs[0] ?? '');
    if (!found) throw new Error(`the plan has no value for what ${node.id} reads`);
    return found;
  }

  private add(node: NetworkNode): void {
    const { op, id } = node;
    switch (op.kind) {
      case 'input':
        return this.offer(id, node.shape, wholeOf(id, node.shape));
      case 'slice':
        return this.offer(id, node.shape, cut(this.plain(node), op.from, op.to));
      case 'concat': {
        const pieces = node.inputs.flatMap((input) => this.plainSource(input, id));
        return this.offer(id, node.shape, pieces);
      }
      case 'batchNorm':
        return this.addNorm(node);
      case 'conv':
        return this.addConv(node);
      case 'avgPool':
        return this.addPool(node);
      case 'maxPool':
        return this.push(node, node, op, this.plain(node), 0);
      case 'globalAvgPool': {
        const { pieces, norm } = this.source(node);
        if (norm === undefined) throw new Error(`no fused step for ${id}: no batch norm before it`);
        return this.push(node, node, { kind: 'globalPool' }, pieces, 0, { inputNorm: norm });
      }
      case 'linear': {
        const pieces = this.plain(node);
        const macs = node.shape[0] * pieces.reduce((sum, { from, to }) => sum + to - from, 0);
        return this.push(node, node, { kind: 'linear' }, pieces, macs, { weightNode: id });
      }
      default:
        throw new Error(`no fused step for ${id}: ${op.kind} here`);
    }
  }

  /** Pieces of what a node reads, which has no norm to be applied. */
  private plain(node: NetworkNode): readonly Piece[] {
    return this.plainSource(node.inputs[0] ?? '', node.id);
  }

  private plainSource(input: string, reader: string): readonly Piece[] {
    const found = this.sources.get(input);
    if (!found) throw new Error(`the plan has no value for ${input}, which ${reader} reads`);
    if (found.norm !== undefined) throw new Error(`no fused step for ${reader}: it reads the batch norm ${found.norm}`);
    return found.pieces;
  }

  /** Makes a step of `node`, whose value is the output of `of`, the last node drawn into it. */
  private push(
    node: NetworkNode,
    of: NetworkNode,
    op: FusedOp,
    reads: readonly Piece[],
    macs: number,
    nodes: Pick<FusedStep, 'weightNode' | 'inputNorm' | 'outputNorm'> = {},
  ): void {
    const inputShape = nodeOf(this.network, node.inputs[0] ?? '').shape;
    this.emit({ id: of.id, op, reads, inputShape, shape: of.shape, stage: of.stage, macs, ...nodes });
  }

  private emit(step: FusedStep): void {
    this.steps.push(step);
    this.offer(step.id, step.shape, wholeOf(step.id, step.shape));
  }

  private offer(id: string, shape: Shape, pieces: readonly Piece[]): void {
    this.sources.set(id, { shape, pieces });
  }

  /** Of a concatenation that was drawn into it, the convolutions are pooled already. */
  private addPool(node: NetworkNode): void {
    const { op, id, stage, shape } = node;
    const joined = nodeOf(this.network, node.inputs[0] ?? '');
    if (op.kind !== 'avgPool') return;
    if (!this.absorbed.has(joined.id)) return this.push(node, node, op, this.plain(node), 0);
    const values = joined.inputs.map((input) => {
      const done = this.pooled.get(input);
      if (done !== undefined) return done;
      const inputShape = nodeOf(this.network, input).shape;
      const value = `${id}#${input}`;
      const pooledShape: Shape = [inputShape[0], shape[1], shape[2]];
      this.emit({ id: value, op, reads: this.plainSource(input, id), inputShape, shape: pooledShape, stage, macs: 0 });
      return value;
    });
    this.offer(
      id,
      shape,
      values.flatMap((value) => this.plainSource(value, id)),
    );
  }

  /** A batch norm that no convolution before it took: whoever reads its ReLU applies both. */
  private addNorm(node: NetworkNode): void {
    const relu = this.consumers.sole(node, 'relu');
    if (!relu) throw new Error(`no fused step for ${node.id}: a batch norm that no ReLU alone reads`);
    this.absorbed.add(relu.id);
    this.sources.set(relu.id, { shape: node.shape, pieces: this.plain(node), norm: node.id });
  }

  private addConv(node: NetworkNode): void {
    if (node.op.kind !== 'conv') return;
    const { kernel, stride, padding } = node.op;
    const { pieces, norm: inputNorm } = this.source(node);
    const one = kernel === 1 && stride === 1 && padding === 0;
    if (inputNorm !== undefined && !one)
      throw new Error(`no fused step for ${node.id}: a norm before ${kernel}×${kernel}`);
    const channels = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
    const before = inputNorm === undefined ? {} : { inputNorm };
    const conv = { kind: 'conv', kernel, stride, padding } as const;
    const macsAt = ([out, height, width]: Shape) => channels * kernel * kernel * out * height * width;
    const after = one ? this.consumers.poolAfter(node) : undefined;
    if (after) {
      const { pool, joined } = after;
      const op = { ...conv, pooled: true, relu: false };
      const nodes = { weightNode: node.id, ...before };
      this.absorbed.add((joined ?? pool).id);
      if (!joined) return this.push(node, pool, op, pieces, macsAt(pool.shape), nodes);
      const id = `${pool.id}#${node.id}`;
      const shape: Shape = [node.shape[0], pool.shape[1], pool.shape[2]];
      this.pooled.set(node.id, id);
      return this.emit({
        id,
        op,
        reads: pieces,
        inputShape: [channels, node.shape[1], node.shape[2]],
        shape,
        stage: node.stage,
        macs: macsAt(shape),
        ...nodes,
      });
    }
    const norm = this.stageOutputs.has(node.id) ? undefined : this.consumers.sole(node, 'batchNorm');
    const relu = norm && this.consumers.sole(norm, 'relu');
    const macs = macsAt(node.shape);
    if (!norm || !relu) {
      const op = { ...conv, pooled: false, relu: false };
      return this.push(node, node, op, pieces, macs, { weightNode: node.id, ...before });
    }
    this.absorbed.add(norm.id).add(relu.id);
    const nodes = { weightNode: node.id, ...before, outputNorm: norm.id };
    this.push(node, relu, { ...conv, pooled: false, relu: true }, pieces, macs, nodes);
  }
}

/**
 * The fused steps of a network.
 * @throws Error naming the node that it has no step for; networks made by `buildNetwork` have none such.
 */
export function fuse(network: Network): FusedPlan {
  const fuser = new Fuser(network);
  fuser.fuse();
  return { network, steps: fuser.steps, sources: fuser.sources, pooled: fuser.pooled };
}
