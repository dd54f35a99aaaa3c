import { describe, expect, it } from 'vitest';
import { gradients } from '../../analysis/gradients';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { cutText, findings, updateText, whyMissing } from './gradientWords';

const build = (text: string) => buildNetwork(parseNetwork(text));
const counts = (text: string, stage = 1) => {
  const found = gradients(build(text))[stage - 1];
  if (!found) throw new Error(`${text} has no stage ${stage}`);
  return found;
};
const update = (text: string, weight: string, stage = 1) => {
  const found = counts(text, stage).updates.find((one) => one.weight === weight);
  if (!found) throw new Error(`${text} has no ${weight}`);
  return updateText(found);
};

describe('updateText', () => {
  it('writes the sets of equations 2 and 4', () => {
    expect(update('densenet121', 'w3')).toBe('w₃′ = f(w₃, {g₀, g₁, g₂})');
    expect(update('cspdensenet121-standard', 'wU')).toBe('w_U′ = f(w_U, {g₀′, g_T})');
    expect(update('cspdensenet121-standard', 'wT')).toBe('w_T′ = f(w_T, {g₀″, g₁, g₂, g₃, g₄, g₅, g₆})');
    expect(update('cspdensenet121-first', 'wU', 3)).toBe('w_U′ = f(w_U, {g₀′, g₀″, g₁, g₂ … g₂₄})');
    expect(update('cspdensenet121-last', 'w12', 3)).toBe('w₁₂′ = f(w₁₂, {g₀″, g₁, g₂ … g₁₁})');
    expect(update('cspdensenet121-last@definition=listing', 'wT', 3)).toBe('w_T′ = f(w_T, {g₁, g₂ … g₂₄})');
  });
});

describe('whyMissing', () => {
  it('explains what a variant has not', () => {
    expect(whyMissing(build('cspdensenet121-first'), 1, 'wT', 'A')).toContain('A has no w_T here: in fusion first');
    expect(whyMissing(build('densenet121'), 1, 'wT', 'A')).toContain('nothing is split');
    expect(whyMissing(build('cspdensenet121-last'), 1, 'wU', 'B')).toContain('the next stage is the first to mix');
    expect(whyMissing(build('cspdensenet121-last'), 4, 'wU', 'B')).toContain('the head is the first to mix');
    expect(whyMissing(build('cspdensenet121-standard'), 4, 'wU', 'B')).toContain('the last stage has no transition');
    expect(whyMissing(build('densenet121'), 1, 'w7', 'A')).toBe(
      'A has no w₇ here: its dense block has 6 layers, w₁ … w₆.',
    );
    expect(whyMissing(build('densenet121'), 5, 'w1', 'A')).toBe('A has only 4 stages.');
  });
});

describe('findings', () => {
  it('says what drops and what does not, from the counts', () => {
    const all = [
      { name: 'A', counts: counts('cspdensenet121-first', 3) },
      { name: 'B', counts: counts('cspdensenet121-standard', 3) },
      { name: 'DenseNet', counts: counts('densenet121', 3) },
    ];
    const [duplicates, shared, volume] = findings(all);
    expect(duplicates).toBe('Duplicates are equal: with as many layers they are 300 in each.');
    expect(shared).toContain('are A 24, B 0, DenseNet 24.');
    expect(volume).toContain('A 128, B 62, DenseNet 256.');
    expect(volume).toContain('A 11,040, B 9,522, DenseNet 13,984.');
  });
  it('says how far counts are apart, and judges nothing', () => {
    const said = (...duplicates: readonly number[]) =>
      findings(
        duplicates.map((count, i) => ({
          name: ['A', 'B', 'DenseNet'][i] ?? '',
          counts: { ...counts('densenet121', 1), duplicates: count },
        })),
      )[0];
    expect(said(1, 3, 1)).toBe(
      'Duplicates with as many layers: A 1, B 3, DenseNet 1; the most are 3 times the fewest.',
    );
    expect(said(120, 136, 120)).toBe(
      'Duplicates with as many layers: A 120, B 136, DenseNet 120; the most are 13 % above the fewest.',
    );
    expect(said(0, 3)).toBe('Duplicates with as many layers: A 0, B 3.');
    expect(said(5, 5)).toBe('Duplicates are equal: with as many layers they are 5 in each.');
  });
  it('compares nothing where the layers differ, and claims no change of sharing where there is none', () => {
    const all = [
      { name: 'A', counts: counts('densenet121', 3) },
      { name: 'B', counts: counts('densenet201', 3) },
    ];
    expect(findings(all)[0]).toBe('Duplicates with unequal numbers of layers (A 24, B 48): A 300, B 1,176.');
    const same = [
      { name: 'A', counts: counts('cspdensenet121-first', 3) },
      { name: 'DenseNet', counts: counts('densenet121', 3) },
    ];
    expect(findings(same)[1]).toBe(
      'Shared gradients, used by the block and again by the transition after the concat: 24 in each.',
    );
  });
});

describe('cutText', () => {
  it('says where g_T stands for what lies behind it', () => {
    expect(cutText(counts('cspdensenet121-standard'))).toBe(
      'The transition on the dense side cuts: g₀″, g₁, g₂, g₃, g₄, g₅, g₆ stay behind it; the transition after the concat meets g_T in their place.',
    );
    expect(cutText(counts('cspdensenet121-last'))).toContain('what follows the concat meets g_T');
    expect(cutText(counts('densenet121'))).toBe('No transition cuts the dense side off.');
  });
});
