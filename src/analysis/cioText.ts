/** The paper's CIO formula and the count with a block's numbers put in, and why they differ; as text. */
import { countedCio, formulaCio, sumBlocks } from './cio';
import type { BlockCio, BlockTerms } from './cio';
import { formatCount, formatShare } from './format';

const whole = (value: number) => value.toLocaleString('en-US');

/** `c·m + (m² + m)·d/2` with numbers: `64·6 + 42·32/2 = 1,056`. */
export function formulaText(terms: BlockTerms): string {
  const { entering, m, d } = terms;
  return `${entering}·${m} + ${m * m + m}·${d}/2 = ${whole(formulaCio(terms))}`;
}

/** `c·m + (m² − m)·d/2 + (2b + 1)·d·m` with numbers: `64·6 + 30·32/2 + 9·32·6 = 2,592`. */
export function countedText(terms: BlockTerms, b: number): string {
  const { entering, m, d } = terms;
  return `${entering}·${m} + ${m * m - m}·${d}/2 + ${2 * b + 1}·${d}·${m} = ${whole(countedCio(terms, b))}`;
}

/**
 * Why formula and count of a network differ, with its numbers.
 * @param name what the network is called.
 * @param blocks of one network, which all have the same growth rate and bottleneck.
 */
export function gapText(name: string, blocks: readonly BlockCio[]): string {
  const [first] = blocks;
  if (!first) return '';
  const { formula, counted, gap, transitions } = sumBlocks(blocks);
  const { b, d } = first;
  const layers = blocks.reduce((sum, block) => sum + block.m, 0);
  return (
    `${name}: in all dense blocks the formula gives ${formatCount(formula)} elements and the count ` +
    `${formatCount(counted)}. The formula lets each of the ${layers} dense layers be one convolution; each has two: ` +
    `the 1×1 writes b·d = ${b}·${d} = ${b * d} channels and the 3×3 reads them, which is 2·b·d·m per pixel and ` +
    `${formatCount(gap)} elements in all, ${formatShare(gap / counted)} of the count. Transitions are in neither: ` +
    `${transitions === 0 ? 'this network has none' : `${formatCount(transitions)} more`}.`
  );
}

/**
 * Why the saving that the formula promises is smaller in the count, from the stage where both differ most. Empty where
 * nothing bypasses.
 */
export function savingText(blocks: readonly BlockCio[]): string {
  const most = blocks.reduce<BlockCio | undefined>((best, block) => {
    const lost = (one: BlockCio) => one.formula.saved - one.counted.saved;
    return !best || lost(block) > lost(best) ? block : best;
  }, undefined);
  if (!most || most.formula.saved === 0) return '';
  return (
    `What bypasses saves γ·c·m in both, but of different wholes: in ${most.stage.replace('stage', 'stage ')} ` +
    `${formatShare(most.formula.saved)} of the formula and ${formatShare(most.counted.saved)} of the count.`
  );
}
