/**
 * Network → Plan for stock kernels. Every rewrite is exact in real arithmetic: a batch norm goes into the bias-free
 * convolution before it; a batch norm and its ReLU become one step; a concatenation starts from the largest one that is
 * already there; an average pool changes places with the bias-free 1×1 convolution before it, in fusion last across the
 * concatenation between them, which then works on a quarter of the pixels; x₀′ is cut out only when it is joined. No weights here (planWeights.ts).
 */
import { inputsOf, nodeOf } from '../../network/network';
import type { Network, NetworkNode, Shape } from '../../network/network';
import { Consumers } from './consumers';
import { stageOutputsOf } from './plan';
import type { Plan, PlanOp, PlanStep } from './plan';

type Draft = Omit<PlanStep, 'releases'>;

/** A value that is a concatenation, and the nodes that it consists of, in order. */
interface Join {
  readonly value: string;
  readonly parts: readonly string[];
}

class PlanBuilder {
  readonly steps: Draft[] = [];
  readonly available = new Map<string, string>([['input', 'input']]);
  readonly pooled = new Map<string, string>();
  private readonly consumers: Consumers;
  private readonly absorbed = new Set<string>();
  private readonly stageOutputs: ReadonlySet<string>;
  /** Of the stage being built. */
  private joins: Join[] = [];
  private stage = '';

  constructor(private readonly network: Network) {
    this.stageOutputs = new Set(network.stages.map((stage) => stage.output));
    this.consumers = new Consumers(network);
  }

  build(): void {
    for (const node of this.network.nodes) {
      if (node.stage !== this.stage) {
        this.stage = node.stage;
        this.joins = [];
      }
      // A slice waits until something reads it: x₀′ is not needed before the merge.
      if (node.op.kind !== 'input' && node.op.kind !== 'slice' && !this.absorbed.has(node.id)) this.add(node);
    }
  }

  private push(node: NetworkNode, step: Omit<Draft, 'stage'>): void {
    this.steps.push({ ...step, stage: this.stage });
    this.available.set(node.id, step.id);
  }

  /** The value of a node's output, making the slice that was put off. */
  private value(id: string): string {
    const known = this.available.get(id);
    if (known !== undefined) return known;
    const node = nodeOf(this.network, id);
    if (node.op.kind !== 'slice') throw new Error(`the plan has no value for ${id}`);
    const inputs = node.inputs.map((input) => this.value(input));
    this.push(node, { id, op: node.op, inputs, shape: node.shape });
    return id;
  }

  private add(node: NetworkNode): void {
    switch (node.op.kind) {
      case 'conv':
        return this.addConv(node);
      case 'batchNorm':
        return this.addScaleRelu(node);
      case 'concat':
        return this.addConcat(node);
      case 'avgPool':
        return this.addPool(node);
      case 'maxPool':
        return this.push(node, {
          id: node.id,
          op: node.op,
          inputs: node.inputs.map((id) => this.value(id)),
          shape: node.shape,
        });
      case 'globalAvgPool':
        return this.addGlobalPool(node);
      case 'linear':
        return this.push(node, {
          id: node.id,
          op: { kind: 'linear' },
          inputs: node.inputs.map((id) => this.value(id)),
          shape: node.shape,
          weightNode: node.id,
        });
      default:
        throw new Error(`no plan for ${node.id}: ${node.op.kind} here`);
    }
  }

  /** A convolution with what can be drawn into it: the batch norm and ReLU after it, or the average pool after it. */
  private addConv(node: NetworkNode): void {
    if (node.op.kind !== 'conv') return;
    const { kernel, stride, padding } = node.op;
    const op = { kind: 'conv', kernel, stride, padding } as const;
    const inputs = node.inputs.map((id) => this.value(id));
    const after = kernel === 1 && stride === 1 && padding === 0 ? this.consumers.poolAfter(node) : undefined;
    if (after?.pool.op.kind === 'avgPool') {
      const { pool, joined } = after;
      const [channels] = this.inputShape(node);
      const [, height, width] = pool.shape;
      const pooled = `${pool.id}#input`;
      this.steps.push({ id: pooled, op: after.pool.op, inputs, shape: [channels, height, width], stage: this.stage });
      this.absorbed.add((joined ?? pool).id);
      const step = {
        id: joined ? `${pool.id}#${node.id}` : pool.id,
        op: { ...op, relu: false },
        inputs: [pooled],
        shape: [node.shape[0], height, width],
        weightNode: node.id,
      } as const;
      if (!joined) return this.push(pool, step);
      this.pooled.set(node.id, step.id);
      this.steps.push({ ...step, stage: this.stage });
      return;
    }
    const norm = this.stageOutputs.has(node.id) ? undefined : this.consumers.sole(node, 'batchNorm');
    const relu = norm && this.consumers.sole(norm, 'relu');
    if (norm && relu) {
      this.absorbed.add(norm.id).add(relu.id);
      const weights = { weightNode: node.id, normNode: norm.id };
      return this.push(relu, { id: relu.id, op: { ...op, relu: true }, inputs, shape: node.shape, ...weights });
    }
    this.push(node, { id: node.id, op: { ...op, relu: false }, inputs, shape: node.shape, weightNode: node.id });
  }

  /** Of a concatenation that was drawn into it, the convolutions are pooled already: it joins them to the pooled others. */
  private addPool(node: NetworkNode): void {
    const { id, op, shape } = node;
    if (op.kind !== 'avgPool') return;
    const joined = nodeOf(this.network, node.inputs[0] ?? '');
    if (!this.absorbed.has(joined.id)) return this.push(node, { id, op, inputs: [this.value(joined.id)], shape });
    const inputs = joined.inputs.map((input) => {
      const done = this.pooled.get(input);
      if (done !== undefined) return done;
      const value = `${id}#${input}`;
      const step = { id: value, op, inputs: [this.value(input)], stage: this.stage };
      this.steps.push({ ...step, shape: [nodeOf(this.network, input).shape[0], shape[1], shape[2]] });
      return value;
    });
    this.push(node, { id, op: { kind: 'concat' }, inputs, shape });
  }

  private addScaleRelu(node: NetworkNode): void {
    const relu = this.consumers.sole(node, 'relu');
    if (!relu) throw new Error(`no plan for ${node.id}: a batch norm that no ReLU alone reads`);
    this.absorbed.add(relu.id);
    const inputs = node.inputs.map((id) => this.value(id));
    this.push(relu, { id: relu.id, op: { kind: 'scaleRelu' }, inputs, shape: node.shape, normNode: node.id });
  }

  private addGlobalPool(node: NetworkNode): void {
    const [input = 'input'] = node.inputs;
    const [, height, width] = this.inputShape(node);
    // Of one pixel there is nothing to average, and XNNPACK refuses a 1×1 window.
    if (height === 1 && width === 1) this.available.set(node.id, this.value(input));
    else this.push(node, { id: node.id, op: { kind: 'globalPool' }, inputs: [this.value(input)], shape: node.shape });
  }

  private inputShape(node: NetworkNode): Shape {
    const [input] = inputsOf(this.network, node);
    if (!input) throw new Error(`${node.id} has no input`);
    return input.shape;
  }

  private addConcat(node: NetworkNode): void {
    const inputs: string[] = [];
    for (let at = 0; at < node.inputs.length;) {
      const run = this.longestRun(node.inputs.slice(at));
      const first = node.inputs[at] ?? '';
      inputs.push(run ? this.takeRun(node, run.join, run.start, run.length) : this.value(first));
      at += run?.length ?? 1;
    }
    const [only, second] = inputs;
    if (only !== undefined && second === undefined) {
      this.available.set(node.id, only);
    } else {
      this.push(node, { id: node.id, op: { kind: 'concat' }, inputs, shape: node.shape });
    }
    this.joins.push({ value: this.value(node.id), parts: node.inputs });
  }

  /** The longest run of two or more parts at the head of a list that an earlier concatenation holds. */
  private longestRun(wanted: readonly string[]): { join: Join; start: number; length: number } | undefined {
    let best: { join: Join; start: number; length: number } | undefined;
    for (const join of this.joins) {
      const start = join.parts.indexOf(wanted[0] ?? '');
      if (start < 0) continue;
      let length = 1;
      while (start + length < join.parts.length && join.parts[start + length] === wanted[length]) length++;
      // The later of two equally long ones is no worse, the shorter join is less to keep alive.
      const shorter = best !== undefined && length === best.length && join.parts.length < best.join.parts.length;
      if (length >= 2 && (best === undefined || length > best.length || shorter)) best = { join, start, length };
    }
    return best;
  }

  /** A run of parts of an earlier concatenation: the whole of it as it is, or cut out of it. */
  private takeRun(node: NetworkNode, join: Join, start: number, length: number): string {
    if (length === join.parts.length) return join.value;
    const count = (ids: readonly string[]) => ids.reduce((sum, id) => sum + nodeOf(this.network, id).shape[0], 0);
    const from = count(join.parts.slice(0, start));
    const to = from + count(join.parts.slice(start, start + length));
    const id = `${node.id}#${from}-${to}`;
    const [, height, width] = node.shape;
    const op: PlanOp = { kind: 'slice', from, to };
    this.steps.push({ id, op, inputs: [join.value], shape: [to - from, height, width], stage: this.stage });
    return id;
  }
}

/** Adds to every step the values that it reads, or makes, as the last. */
function withReleases(steps: readonly Draft[], output: string): readonly PlanStep[] {
  const last = new Map<string, number>([['input', 0]]);
  steps.forEach((step, index) => {
    last.set(step.id, index);
    for (const input of step.inputs) last.set(input, index);
  });
  last.delete(output);
  const releases = steps.map((): string[] => []);
  for (const [value, index] of last) releases[index]?.push(value);
  return steps.map((step, index) => ({ ...step, releases: releases[index] ?? [] }));
}

/**
 * The plan of a network.
 * @throws Error naming the node that it has no step for; networks made by `buildNetwork` have none such.
 */
export function buildPlan(network: Network): Plan {
  const builder = new PlanBuilder(network);
  builder.build();
  const { steps, available, pooled } = builder;
  const output = steps.at(-1)?.id;
  if (output === undefined) throw new Error('the network has nothing to compute');
  return {
    network,
    steps: withReleases(steps, output),
    output,
    available,
    pooled,
    stageOutputs: stageOutputsOf(network),
  };
}
