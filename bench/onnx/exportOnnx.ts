/**
 * Network and weights → ONNX file, for runtimes that this project is compared with. BN, ReLU and convolution stay apart
 * as an exporter writes them: folding and fusing is the runtime's business.
 */
import { inputsOf } from '../../src/network/network';
import type { Network, NetworkNode } from '../../src/network/network';
import { parametersOf, parametersOfNode } from '../../src/network/parameters';
import type { Weights } from '../../src/weights/fit';
import { PairwiseConcats } from './concats';
import { floats, integers, model, node } from './model';
import type { Message } from './protobuf';

/** `list`: one Concat of all inputs, as torchvision's DenseNet is exported. `pairwise`: two inputs at a time. */
export type ConcatForm = 'list' | 'pairwise';

export const INPUT = 'input';
export const OUTPUT = 'head/linear';

const EPSILON = 1e-5;
const square = (size: number) => [size, size];

class Exporter {
  readonly nodes: Message[] = [];
  readonly constants: Message[] = [];
  private readonly pairwise = new PairwiseConcats();
  private written = 0;
  /** Tensors that stand for a node's output under another name. */
  private readonly aliases = new Map<string, string>();

  constructor(
    private readonly network: Network,
    private readonly form: ConcatForm,
  ) {}

  private concat(id: string, inputs: readonly string[]): void {
    if (inputs.length === 1) {
      this.aliases.set(id, inputs[0] ?? id);
      return;
    }
    if (this.form === 'list') {
      this.nodes.push(node('Concat', id, inputs, { axis: 1 }));
      return;
    }
    this.aliases.set(id, this.pairwise.concat(inputs));
    for (const join of this.pairwise.joins.slice(this.written)) {
      this.nodes.push(node('Concat', join.name, join.inputs, { axis: 1 }));
    }
    this.written = this.pairwise.joins.length;
  }

  add(step: NetworkNode): void {
    const { id, op } = step;
    const inputs = inputsOf(this.network, step).map((input) => this.aliases.get(input.id) ?? input.id);
    const parameters = parametersOfNode(this.network, step).map(({ name }) => name);
    const put = (type: string, attributes: Parameters<typeof node>[3] = {}) =>
      this.nodes.push(node(type, id, [...inputs, ...parameters], attributes));
    switch (op.kind) {
      case 'input':
        return;
      case 'conv': {
        const { kernel, stride, padding } = op;
        put('Conv', {
          kernel_shape: square(kernel),
          strides: square(stride),
          pads: [padding, padding, padding, padding],
          dilations: [1, 1],
          group: 1,
        });
        return;
      }
      case 'batchNorm':
        put('BatchNormalization', { epsilon: { float: EPSILON } });
        return;
      case 'relu':
        put('Relu');
        return;
      case 'maxPool': {
        const { kernel, stride, padding } = op;
        put('MaxPool', {
          kernel_shape: square(kernel),
          strides: square(stride),
          pads: [padding, padding, padding, padding],
        });
        return;
      }
      case 'avgPool':
        put('AveragePool', { kernel_shape: square(op.kernel), strides: square(op.stride), pads: [0, 0, 0, 0] });
        return;
      case 'globalAvgPool':
        put('GlobalAveragePool');
        return;
      case 'linear': {
        const flat = `${id}/flatten`;
        this.nodes.push(node('Flatten', flat, inputs, { axis: 1 }));
        this.nodes.push(node('Gemm', id, [flat, ...parameters], { transB: 1 }));
        return;
      }
      case 'slice': {
        const names = ['starts', 'ends', 'axes'].map((name) => `${id}/${name}`);
        [op.from, op.to, 1].forEach((value, i) => this.constants.push(integers(names[i] ?? '', [value])));
        this.nodes.push(node('Slice', id, [...inputs, ...names]));
        return;
      }
      case 'concat':
        this.concat(id, inputs);
        return;
      case 'add':
        put('Add');
    }
  }
}

/**
 * The ONNX file of a network: input `input` [batch, 3, size, size], output `head/linear` [batch, classes], opset 17.
 * @param weights one array for every parameter of the network.
 */
export function exportOnnx(network: Network, weights: Weights, form: ConcatForm, batch = 1): Uint8Array<ArrayBuffer> {
  const exporter = new Exporter(network, form);
  for (const step of network.nodes) exporter.add(step);
  const tensors = parametersOf(network).map(({ name, shape }) => {
    const values = weights.get(name);
    if (!values) throw new Error(`there are no weights for ${name}`);
    return floats(name, shape, values);
  });
  const { size, classes } = network.spec;
  return model(
    'cspnet-lens',
    exporter.nodes,
    [...exporter.constants, ...tensors],
    { name: INPUT, shape: [batch, 3, size, size] },
    { name: OUTPUT, shape: [batch, classes] },
  );
}
