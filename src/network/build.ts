/**
 * NetworkSpec → Network: the four fusions of the CSPNet paper's Figure 3 in the definitions `paper` and `listing`.
 * The only place that knows which layers a network has.
 */
import type { Network, NetworkNode, Operation, Role, Shape, StageParts } from './network';
import { inferShape } from './shapes';
import type { NetworkSpec } from './spec';

/**
 * floor(ratio × count) as in decimal arithmetic: 0.29 × 100 is 29, though in binary it is just below.
 * @param ratio a number with at most eight decimals.
 */
export function share(ratio: number, count: number): number {
  return Math.floor(ratio * count + 1e-9);
}

const CONV_1 = { kind: 'conv', kernel: 1, stride: 1, padding: 0 } as const;
const CONV_3 = { kind: 'conv', kernel: 3, stride: 1, padding: 1 } as const;
const HALVE = { kind: 'avgPool', kernel: 2, stride: 2 } as const;

interface Place {
  readonly stage: string;
  readonly role: Role;
}

/** Collects nodes; every method returns the id of the node it added. */
class Builder {
  readonly nodes: NetworkNode[] = [];
  readonly byId = new Map<string, NetworkNode>();

  shapeOf(id: string): Shape {
    const node = this.byId.get(id);
    if (!node) throw new Error(`there is no node "${id}"`);
    return node.shape;
  }

  channels(id: string): number {
    return this.shapeOf(id)[0];
  }

  private push(node: NetworkNode): string {
    if (this.byId.has(node.id)) throw new Error(`there are two nodes "${node.id}"`);
    this.byId.set(node.id, node);
    this.nodes.push(node);
    return node.id;
  }

  input(size: number): string {
    return this.push({
      id: 'input',
      op: { kind: 'input' },
      inputs: [],
      shape: [3, size, size],
      stage: 'stem',
      role: 'stem',
    });
  }

  add(
    place: Place,
    id: string,
    op: Operation,
    inputs: readonly string[],
    outChannels?: number,
    module?: string,
  ): string {
    const shapes = inputs.map((input) => this.shapeOf(input));
    const shape = inferShape(id, op, shapes, outChannels);
    return this.push({ id, op, inputs, shape, ...place, ...(module === undefined ? {} : { module }) });
  }

  /** batchNorm and relu under `${prefix}norm…` and `${prefix}relu…`. */
  normRelu(place: Place, prefix: string, suffix: string, input: string, module: string): string {
    const norm = this.add(place, `${prefix}norm${suffix}`, { kind: 'batchNorm' }, [input], undefined, module);
    return this.add(place, `${prefix}relu${suffix}`, { kind: 'relu' }, [norm]);
  }

  /** BN, ReLU, 1×1 convolution to floor(θ × channels). */
  transition(place: Place, prefix: string, input: string, theta: number, module: string): string {
    const relu = this.normRelu(place, prefix, '', input, `${module}.norm`);
    const channels = Math.max(1, share(theta, this.channels(input)));
    return this.add(place, `${prefix}conv`, CONV_1, [relu], channels, `${module}.conv`);
  }
}

function addStem(b: Builder, spec: NetworkSpec): string {
  const place: Place = { stage: 'stem', role: 'stem' };
  const input = b.input(spec.size);
  const stem = { kind: 'conv', kernel: 7, stride: 2, padding: 3 } as const;
  const conv = b.add(place, 'stem/conv', stem, [input], spec.stem, 'features.conv0');
  const relu = b.normRelu(place, 'stem/', '', conv, 'features.norm0');
  return b.add(place, 'stem/pool', { kind: 'maxPool', kernel: 3, stride: 2, padding: 1 }, [relu]);
}

/** x₁ … x_m: each from the concatenation of x₀″ and all before it. */
function addDenseLayers(b: Builder, spec: NetworkSpec, index: number, part2: string): readonly string[] {
  const place: Place = { stage: `stage${index}`, role: 'growth' };
  const features = [part2];
  const layers = spec.blocks[index - 1] ?? 0;
  for (let layer = 1; layer <= layers; layer++) {
    const prefix = `stage${index}/dense${layer}/`;
    const module = `features.denseblock${index}.denselayer${layer}`;
    const input = layer === 1 ? part2 : b.add(place, `${prefix}concat`, { kind: 'concat' }, [...features]);
    const relu1 = b.normRelu(place, prefix, '1', input, `${module}.norm1`);
    const conv1 = b.add(place, `${prefix}conv1`, CONV_1, [relu1], spec.bottleneck * spec.growth, `${module}.conv1`);
    const relu2 = b.normRelu(place, prefix, '2', conv1, `${module}.norm2`);
    features.push(b.add(place, `${prefix}conv2`, CONV_3, [relu2], spec.growth, `${module}.conv2`));
  }
  return features.slice(1);
}

function addStage(b: Builder, spec: NetworkSpec, index: number, base: string): StageParts {
  const name = `stage${index}`;
  const place = (role: Role): Place => ({ stage: name, role });
  const channels = b.channels(base);
  const bypassing = spec.fusion === 'plain' ? 0 : share(spec.gamma, channels);
  const cut = (id: string, role: Role, from: number, to: number) =>
    b.add(place(role), `${name}/split/${id}`, { kind: 'slice', from, to }, [base]);
  const part1 = bypassing > 0 ? cut('part1', 'part1', 0, bypassing) : undefined;
  const part2 = bypassing > 0 ? cut('part2', 'part2', bypassing, channels) : base;
  const growth = addDenseLayers(b, spec, index, part2);
  const kept = spec.definition === 'listing' ? growth : [part2, ...growth];
  const merged = spec.fusion === 'first' && part1 !== undefined;
  const isLast = index === spec.blocks.length;
  const dense = `features.denseblock${index}`;

  // Fusion first joins x₀′ and the dense side in one concatenation; the others join the dense side by itself first.
  const block = b.add(
    place('merge'),
    merged ? `${name}/merge` : `${name}/block`,
    { kind: 'concat' },
    merged ? [part1, ...kept] : kept,
  );
  let output = block;
  let denseTransition: string | undefined;
  let merge = merged ? block : undefined;
  if (spec.fusion === 'standard' || spec.fusion === 'last') {
    const prefix = `${name}/denseTransition/`;
    denseTransition = b.transition(place('transition'), prefix, block, spec.theta, `${dense}.transition`);
    output = denseTransition;
    if (part1 !== undefined) {
      merge = b.add(place('merge'), `${name}/merge`, { kind: 'concat' }, [part1, denseTransition]);
      output = merge;
    }
  }
  let transition: string | undefined;
  let pool: string | undefined;
  if (!isLast && spec.fusion !== 'last') {
    const module = `features.transition${index}`;
    transition = b.transition(place('transition'), `${name}/transition/`, output, spec.theta, module);
    output = transition;
  }
  if (!isLast && spec.pool) {
    pool = b.add(place('transition'), `${name}/pool`, HALVE, [output]);
    output = pool;
  }
  return { name, index, base, part1, part2, growth, block, denseTransition, merge, transition, pool, output };
}

/**
 * Builds the network of a spec made by `makeSpec`.
 * @throws Error where the shapes do not fit, naming node and shapes; a checked spec never does.
 */
export function buildNetwork(spec: NetworkSpec): Network {
  const b = new Builder();
  let base = addStem(b, spec);
  const stages: StageParts[] = [];
  for (let index = 1; index <= spec.blocks.length; index++) {
    const stage = addStage(b, spec, index, base);
    stages.push(stage);
    base = stage.output;
  }
  const place: Place = { stage: 'head', role: 'head' };
  // Named norm5 by torchvision, whatever the number of stages.
  const relu = b.normRelu(place, 'head/', '', base, 'features.norm5');
  const pooled = b.add(place, 'head/pool', { kind: 'globalAvgPool' }, [relu]);
  b.add(place, 'head/linear', { kind: 'linear' }, [pooled], spec.classes, 'classifier');
  return { spec, nodes: b.nodes, stages, byId: b.byId };
}
