import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { nodeOf } from '../network/network';
import { makeSpec } from '../network/spec';
import { parseNetwork } from '../network/text';
import { analyze, COST_KEYS } from './cost';
import type { Cost } from './cost';

const analysis = (text: string) => analyze(buildNetwork(parseNetwork(text)));
const decimals = (text: string) => text.split('.')[1]?.length ?? 0;
const listing = 'definition=listing';

/** 224×224, 1000 classes; GMACs and million CIO elements to the digits that were counted with PyTorch. */
const REFERENCE: readonly (readonly [text: string, params: number, gigaMacs: string, millionCio: string])[] = [
  ['densenet121', 7_978_856, '2.834162', '21.864192'],
  ['densenet161', 28_681_000, '7.727907', '39.316032'],
  ['densenet169', 14_149_480, '3.360', '25.59'],
  ['densenet201', 20_013_928, '4.291366', '31.811584'],
  ['densenet264', 33_337_704, '5.752', '41.76'],
  [`cspdensenet121-standard@${listing}`, 5_646_468, '2.415945', '19.608624'],
  [`cspdensenet121-first@${listing}`, 6_303_812, '2.474716', '19.390868'],
  [`cspdensenet121-last@${listing}`, 6_239_336, '17.838281', '135.43'],
  [`cspdensenet121-last@${listing},pool=yes`, 6_239_336, '2.448298', '19.367936'],
  [`cspdensenet161-standard@${listing}`, 21_276_778, '6.577471', '34.849584'],
  [`cspdensenet161-first@${listing}`, 23_010_958, '6.729717', '34.748644'],
  [`cspdensenet161-last@${listing}`, 23_262_088, '69.064555', '339.14'],
  [`cspdensenet169-standard@${listing}`, 10_414_340, '2.861', '22.63'],
  [`cspdensenet169-first@${listing}`, 11_347_492, '2.922', '22.56'],
  [`cspdensenet169-last@${listing}`, 11_486_184, '33.099', '243.00'],
  [`cspdensenet201-standard@${listing}`, 14_919_300, '3.682338', '27.998992'],
  [`cspdensenet201-first@${listing}`, 16_172_772, '3.754004', '28.121492'],
  [`cspdensenet201-last@${listing}`, 16_292_584, '47.587878', '342.55'],
  ['cspdensenet121-standard', 5_921_123, '2.484701', '20.01307'],
  ['cspdensenet121-first', 6_922_216, '2.577261', '19.857152'],
  ['cspdensenet121-last', 6_989_504, '2.555572', '19.886797'],
];

describe('analyze', () => {
  it.each(REFERENCE)('%s has the reference parameters, MACs and CIO', (text, params, gigaMacs, millionCio) => {
    const { totals } = analysis(text);
    expect(totals.params).toBe(params);
    expect((totals.macs / 1e9).toFixed(decimals(gigaMacs))).toBe(gigaMacs);
    expect((totals.cio / 1e6).toFixed(decimals(millionCio))).toBe(millionCio);
    expect(totals.flops).toBe(2 * totals.macs);
  });

  it('counts activations as fvcore does', () => {
    const { totals } = analysis('densenet121');
    expect((totals.activations / 1e6).toFixed(2)).toBe('6.90');
    expect(totals.activationBytes).toBe(4 * totals.activations);
  });

  it('counts weights without normalisation and biases', () => {
    const network = buildNetwork(parseNetwork('densenet121'));
    const norms = network.nodes.filter((node) => node.op.kind === 'batchNorm');
    const scalesAndShifts = norms.reduce((sum, node) => sum + 2 * node.shape[0], 0);
    expect(analyze(network).totals.weights).toBe(7_978_856 - scalesAndShifts - 1000);
  });

  it('counts one layer by hand', () => {
    const layer = analysis('cspdensenet121-first').layers.find(({ id }) => id === 'stage1/dense2/conv1');
    const pixels = 56 * 56;
    expect(layer).toMatchObject({
      op: 'conv',
      stage: 'stage1',
      role: 'growth',
      in: [64, 56, 56],
      out: [128, 56, 56],
      kernel: 1,
      stride: 1,
      params: 64 * 128,
      weights: 64 * 128,
      macs: 64 * 128 * pixels,
      cioRead: 64 * pixels,
      cioWritten: 128 * pixels,
      cio: 192 * pixels,
      activations: 128 * pixels,
      moc: (64 * 128) / 192,
    });
  });

  it('counts a linear layer’s MACs and parameters and no CIO', () => {
    const layer = analysis('densenet121').layers.at(-1);
    expect(layer).toMatchObject({ id: 'head/linear', macs: 1_024_000, params: 1_025_000, weights: 1_024_000, cio: 0 });
    expect(layer).toMatchObject({ moc: null, kernel: null, activations: 1000 });
  });

  it('adds up exactly: layers to stages, stages to totals', () => {
    const sum = (parts: readonly Cost[], key: keyof Cost) => parts.reduce((total, part) => total + part[key], 0);
    for (const fusion of ['plain', 'standard', 'first', 'last'] as const) {
      for (const definition of ['paper', 'listing'] as const) {
        const spec = makeSpec({ fusion, definition, gamma: 0.3, size: 97, stem: 19, growth: 7, blocks: [2, 3, 1] });
        const { totals, stages, layers, peakActivationBytes } = analyze(buildNetwork(spec));
        for (const key of COST_KEYS) {
          expect(sum(stages, key)).toBe(totals[key]);
          for (const stage of stages) {
            const own = layers.filter((layer) => layer.stage === stage.name);
            expect(sum(own, key)).toBe(stage[key]);
          }
        }
        expect(totals.cioRead + totals.cioWritten).toBe(totals.cio);
        expect(Math.max(...stages.map((stage) => stage.peakActivationBytes))).toBe(peakActivationBytes);
        expect(totals.peakActivationBytes).toBe(peakActivationBytes);
      }
    }
  });

  it('chains the stages from the picture to the classes', () => {
    for (const text of ['densenet121', 'cspdensenet121-last', `cspdensenet121-last@${listing}`]) {
      const network = buildNetwork(parseNetwork(text));
      const { stages } = analyze(network);
      expect(stages.map((stage) => stage.name)).toEqual(['stem', 'stage1', 'stage2', 'stage3', 'stage4', 'head']);
      expect(stages[0]?.in).toEqual([3, 224, 224]);
      expect(stages.at(-1)?.out).toEqual([1000, 1, 1]);
      stages.slice(1).forEach((stage, index) => expect(stage.in).toEqual(stages[index]?.out));
      network.stages.forEach((parts, index) => {
        expect(stages[index + 1]?.out).toEqual(nodeOf(network, parts.output).shape);
      });
    }
  });

  it('names the network and lists what has parameters, in order', () => {
    const { network, layers } = analysis('cspdensenet121-last@gamma=0.25,size=320');
    expect(network).toBe('cspdensenet121-last@gamma=0.25,size=320');
    expect(layers.slice(0, 3).map((layer) => layer.id)).toEqual(['stem/conv', 'stem/norm', 'stage1/dense1/norm1']);
    expect(new Set(layers.map((layer) => layer.op))).toEqual(new Set(['conv', 'batchNorm', 'linear']));
  });
});
