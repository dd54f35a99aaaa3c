import { describe, expect, it } from 'vitest';
import { stripLayers } from '../../analysis/layerStrip';
import { parseNetwork } from '../../network/text';
import { comparedNetworks } from '../useAnalysis';
import { allStages, captionOf, plainFor } from './compared';
import { chosenText, layersText } from './stripText';

const MACS = { convention: 'macs', parameters: 'trainable' } as const;
const networks = comparedNetworks(parseNetwork('cspdensenet121-first'), parseNetwork('cspdensenet169-last'));
const layers = networks.map((one) => stripLayers(one.analysis));
const [a] = networks;

describe('the strip in words', () => {
  it('reads a layer in all networks that have it', () => {
    const text = layersText(networks, layers, 'stage1/transition/conv', MACS);
    expect(text).toMatch(/^stage1\/transition\/conv: A 102\.8 M MACs, 256×56×56 → 128×56×56, CIO 1\.204 M;/);
    expect(text).toContain('DenseNet of A');
    expect(text).not.toContain('; B ');
  });

  it('reads sums with their shares, in the convention', () => {
    if (!a) throw new Error('no network');
    const stem = (layers[0] ?? []).slice(0, 1);
    expect(chosenText(a, stem, MACS)).toBe('1 layer: Σ 118.0 M MACs (4.6 % of A), Σ CIO 953.3 k (4.8 %)');
    expect(chosenText(a, stem, { ...MACS, convention: 'flops' })).toContain('Σ 236.0 M FLOPs (4.6 % of A)');
    // A convolution has nothing that is normalised, whatever the convention adds for that.
    expect(chosenText(a, stem, { ...MACS, convention: 'thop' })).toMatch(/Σ 118\.0 M MACs \(/);
    expect(layersText(networks, layers, 'stem/conv', { ...MACS, convention: 'thop' })).not.toContain('BN');
  });
});

describe('the compared networks', () => {
  it('knows whose plain DenseNet is whose', () => {
    const plains = networks.map((one) => plainFor(networks, one)?.network ?? null);
    expect(networks.map((one) => one.key)).toEqual(['a', 'b', 'plain', 'plainB']);
    expect(plains).toEqual(['densenet121', 'densenet169', null, null]);
  });

  it('has the stages of the longest, and a caption with names and conventions', () => {
    const small = comparedNetworks(parseNetwork('cspdensenet-last@blocks=2-3'), parseNetwork('densenet121'));
    expect(allStages(small)).toEqual(['stem', 'stage1', 'stage2', 'stage3', 'stage4', 'head']);
    expect(captionOf(networks, { convention: 'thop', parameters: 'weights' })).toBe(
      'A: cspdensenet121-first, input 224 × 224, as the CSPNet paper defines it; ' +
        'B: cspdensenet169-last, input 224 × 224, as the CSPNet paper defines it; ' +
        'DenseNet of A: densenet121, input 224 × 224, as the DenseNet paper defines it; ' +
        'DenseNet of B: densenet169, input 224 × 224, as the DenseNet paper defines it. ' +
        'One picture (batch 1). ' +
        'Compute: MACs + 4·BN (thop, ptflops); parameters: weights only.',
    );
  });
});
