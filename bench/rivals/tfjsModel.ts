/**
 * A network in tfjs as its user would write it: one call for each layer, batchNorm, relu and concat of a list, NHWC.
 * Nothing of this project's plan or executors is in it.
 */
import * as tf from '@tensorflow/tfjs';
import { inputsOf } from '../../src/network/network';
import type { Network, NetworkNode } from '../../src/network/network';
import { parametersOfNode } from '../../src/network/parameters';
import type { Weights } from '../../src/weights/fit';

const EPSILON = 1e-5;

/** The parameters of a node as tensors: convolutions as [kh, kw, in, out], the linear layer as [in, out]. */
function tensorsOf(network: Network, node: NetworkNode, weights: Weights): tf.Tensor[] {
  return parametersOfNode(network, node).map(({ name, shape }) => {
    const values = weights.get(name);
    if (!values) throw new Error(`there are no weights for ${name}`);
    const order = shape.length === 4 ? [2, 3, 1, 0] : [1, 0];
    return tf.tidy(() => {
      const tensor = tf.tensor(values, [...shape], 'float32');
      return shape.length === 1 ? tensor : tf.transpose(tensor, order);
    });
  });
}

function apply({ op, id }: NetworkNode, inputs: readonly tf.Tensor4D[], parameters: readonly tf.Tensor[]): tf.Tensor {
  const [x] = inputs;
  const [p0, p1, p2, p3] = parameters;
  if (!x) throw new Error(`${id} has no input`);
  switch (op.kind) {
    case 'conv':
      if (!p0) break;
      return tf.conv2d(
        x,
        p0.as4D(p0.shape[0] ?? 0, p0.shape[1] ?? 0, p0.shape[2] ?? 0, p0.shape[3] ?? 0),
        op.stride,
        op.padding,
        'NHWC',
        [1, 1],
        'floor',
      );
    case 'batchNorm':
      if (!p0 || !p1 || !p2 || !p3) break;
      return tf.batchNorm(x, p2.as1D(), p3.as1D(), p1.as1D(), p0.as1D(), EPSILON);
    case 'relu':
      return tf.relu(x);
    case 'maxPool':
      return tf.maxPool(x, op.kernel, op.stride, op.padding, 'floor');
    case 'avgPool':
      return tf.avgPool(x, op.kernel, op.stride, 'valid');
    case 'globalAvgPool':
      return tf.mean(x, [1, 2], true);
    case 'linear':
      if (!p0 || !p1) break;
      return tf.add(tf.matMul(x.reshape([x.shape[0], -1]), p0), p1);
    case 'slice':
      return tf.slice(x, [0, 0, 0, op.from], [-1, -1, -1, op.to - op.from]);
    case 'concat':
      return tf.concat([...inputs], 3);
    case 'add':
      return tf.addN([...inputs]);
    case 'input':
      return x;
  }
  throw new Error(`${id} lacks parameters`);
}

/** A network ready to run. */
export class TfjsModel {
  private readonly parameters: ReadonlyMap<string, readonly tf.Tensor[]>;

  constructor(
    private readonly network: Network,
    weights: Weights,
  ) {
    this.parameters = new Map(network.nodes.map((node) => [node.id, tensorsOf(network, node, weights)]));
  }

  /** @param values [1, H, W, 3]. @returns the logits. */
  async predict(values: Float32Array): Promise<Float32Array> {
    const { size } = this.network.spec;
    const logits = tf.tidy(() => {
      const outputs = new Map<string, tf.Tensor>();
      let last: tf.Tensor = tf.tensor4d(values, [1, size, size, 3]);
      for (const node of this.network.nodes) {
        const inputs = inputsOf(this.network, node).map(({ id }) => outputs.get(id) ?? last);
        const tensors = node.op.kind === 'input' ? [last] : inputs;
        last = apply(
          node,
          tensors.map((tensor) => tensor as tf.Tensor4D),
          this.parameters.get(node.id) ?? [],
        );
        outputs.set(node.id, last);
      }
      return last;
    });
    const data = await logits.data<'float32'>();
    logits.dispose();
    return data;
  }
}
