import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomNumbers, randomWeights, referenceOutputs } from '../../src/inference/testing/reference';
import { buildNetwork } from '../../src/network/build';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/text';
import { fitWeights } from '../../src/weights/fit';
import type { Weights } from '../../src/weights/fit';
import { FIXTURES, readFixture } from '../../src/weights/fixture.testing';
import { relativeDifference } from '../../src/weights/selfCheck';
import { exportOnnx, INPUT, OUTPUT } from './exportOnnx';
import type { ConcatForm } from './exportOnnx';

const TOLERANCE = 1e-4;
const FORMS: readonly ConcatForm[] = ['list', 'pairwise'];
const TINY = 'growth=4,blocks=3-2-3,stem=6,classes=5,size=30';
const NETWORKS = [
  `densenet@${TINY}`,
  ...['standard', 'first', 'last'].flatMap((fusion) =>
    ['paper', 'listing'].flatMap((definition) =>
      // γ = 0.4 of 6 stem channels and odd numbers after: splits at places that are no multiple of anything.
      ['', ',gamma=0.4', ',gamma=0'].map((gamma) => `cspdensenet-${fusion}@definition=${definition},${TINY}${gamma}`),
    ),
  ),
];

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
});

async function run(network: Network, weights: Weights, form: ConcatForm, input: Float32Array, batch = 1) {
  const session = await ort.InferenceSession.create(exportOnnx(network, weights, form, batch), {
    executionProviders: ['wasm'],
  });
  const { size, classes } = network.spec;
  const { [OUTPUT]: logits } = await session.run({
    [INPUT]: new ort.Tensor('float32', input, [batch, 3, size, size]),
  });
  await session.release();
  expect(logits?.dims).toEqual([batch, classes]);
  if (!(logits?.data instanceof Float32Array)) throw new Error('the logits are no floats');
  return logits.data;
}

describe.each(FIXTURES)('ONNX file of %s', (name) => {
  it.each(FORMS)('gives in onnxruntime the logits that PyTorch gave, concatenations as %s', async (form) => {
    const { network, tensors, io } = readFixture(name);
    const fit = fitWeights(network, tensors);
    const [input, logits] = [io.get('input'), io.get('logits')];
    if (!fit.ok || !input || !logits) throw new Error(`${name} is incomplete`);
    const result = await run(network, fit.weights, form, input.values, input.shape[0]);
    expect(relativeDifference(result, logits.values)).toBeLessThan(TOLERANCE);
  });
});

describe.each(NETWORKS)('ONNX file of %s', (text) => {
  const network = buildNetwork(parseNetwork(text));
  const weights = randomWeights(network, 3);
  const random = randomNumbers(4);
  const input = Float32Array.from({ length: 3 * network.spec.size ** 2 }, () => 2 * random() - 1);
  const expected = referenceOutputs(network, weights, input).get(OUTPUT) ?? new Float64Array();

  it.each(FORMS)('gives in onnxruntime what the network defines, concatenations as %s', async (form) => {
    const result = await run(network, weights, form, input);
    expect(relativeDifference(result, [...expected])).toBeLessThan(TOLERANCE);
  });
});
