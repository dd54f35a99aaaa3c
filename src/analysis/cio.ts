/**
 * The paper's CIO formula for a dense block beside what the block's convolutions really read and write, per stage at
 * the stage's own width. Only the dense layers: the CIO of whole stages and networks is in cost.ts.
 *
 * The formula assumes one convolution per dense layer; a layer of DenseNet-BC has two, 1×1 and 3×3.
 */
import { nodeOf } from '../network/network';
import type { Network, NetworkNode, StageParts } from '../network/network';
import { elements } from '../network/parameters';

/** A dense block as the formulas see it. */
export interface BlockTerms {
  /** Channels that enter the dense layers: all of the base layer's, or those of x₀″. */
  readonly entering: number;
  /** m: dense layers. */
  readonly m: number;
  /** d: channels that each layer adds. */
  readonly d: number;
}

/**
 * The paper's formula, elements per pixel: `c·m + (m² + m)·d/2` with c the channels that enter. With (1 − γ)·c of them
 * it is the paper's partial block: at γ = ½ `(c·m + (m² + m)·d)/2`.
 */
export function formulaCio({ entering, m, d }: BlockTerms): number {
  return entering * m + ((m * m + m) * d) / 2;
}

/**
 * What the convolutions of m DenseNet-BC layers read and write, elements per pixel:
 * `c·m + (m² − m)·d/2 + (2b + 1)·d·m`.
 * @param b width of the 1×1 convolution in multiples of d.
 */
export function countedCio({ entering, m, d }: BlockTerms, b: number): number {
  return entering * m + ((m * m - m) * d) / 2 + (2 * b + 1) * d * m;
}

/**
 * What the count has above the formula, elements per pixel: `2·b·d·m`. The formula lets each dense layer read what has
 * come together and write d channels; in truth the 1×1 writes b·d channels first, and the 3×3 reads them again.
 */
export function cioGap({ m, d }: Pick<BlockTerms, 'm' | 'd'>, b: number): number {
  return 2 * b * d * m;
}

/** Elements per pixel of a block on the whole base layer and of the block as it is, on x₀″ alone. */
export interface DenseAndPartial {
  readonly dense: number;
  readonly partial: number;
  /** 1 − partial / dense; 0 where nothing bypasses. */
  readonly saved: number;
}

/** One stage's dense block. Everything per pixel; times `pixels` it is elements. */
export interface BlockCio {
  /** `stage1` … */
  readonly stage: string;
  /** c: channels of the base layer. */
  readonly c: number;
  /** Channels of x₀″, c − floor(γ·c); c where nothing bypasses. */
  readonly part2: number;
  /** m: dense layers. */
  readonly m: number;
  /** d: growth rate. */
  readonly d: number;
  /** b: width of the 1×1 convolutions in multiples of d. */
  readonly b: number;
  /** γ as asked for; where γ·c is no whole number, 1 − part2 / c is a little less. */
  readonly gamma: number;
  /** Height × width at which the block works. */
  readonly pixels: number;
  readonly formula: DenseAndPartial;
  readonly counted: DenseAndPartial;
  /** CIO of the block's convolutions counted node by node, elements: `counted.partial × pixels`. */
  readonly blockElements: number;
  /** CIO of the stage's transitions, which neither formula covers, elements. */
  readonly transitionElements: number;
}

function sides(dense: number, partial: number): DenseAndPartial {
  return { dense, partial, saved: 1 - partial / dense };
}

function blockOf(network: Network, parts: StageParts, convs: readonly NetworkNode[]): BlockCio {
  const base = nodeOf(network, parts.base);
  const [c, height, width] = base.shape;
  const part2 = nodeOf(network, parts.part2).shape[0];
  const { growth: d, bottleneck: b, gamma } = network.spec;
  const m = parts.growth.length;
  const read = (node: NetworkNode) => node.inputs.reduce((sum, id) => sum + elements(nodeOf(network, id).shape), 0);
  const cio = (role: NetworkNode['role']) =>
    convs.reduce((sum, node) => (node.role === role ? sum + read(node) + elements(node.shape) : sum), 0);
  const dense: BlockTerms = { entering: c, m, d };
  const partial: BlockTerms = { entering: part2, m, d };
  return {
    stage: parts.name,
    c,
    part2,
    m,
    d,
    b,
    gamma,
    pixels: height * width,
    formula: sides(formulaCio(dense), formulaCio(partial)),
    counted: sides(countedCio(dense, b), countedCio(partial, b)),
    blockElements: cio('growth'),
    transitionElements: cio('transition'),
  };
}

/** The dense blocks of a network in order, formula beside count. */
export function blockCio(network: Network): readonly BlockCio[] {
  const convs = network.nodes.filter((node) => node.op.kind === 'conv');
  return network.stages.map((parts) =>
    blockOf(
      network,
      parts,
      convs.filter((node) => node.stage === parts.name),
    ),
  );
}

/** The dense blocks of a network together, elements. */
export interface BlocksCio {
  readonly formula: number;
  readonly counted: number;
  /** counted − formula: Σ 2·b·d·m × pixels. */
  readonly gap: number;
  /** Of the stages' transitions, which come on top of either. */
  readonly transitions: number;
}

/** Adds up the blocks of a network, each at its own size. */
export function sumBlocks(blocks: readonly BlockCio[]): BlocksCio {
  const sum = (of: (block: BlockCio) => number) => blocks.reduce((total, block) => total + of(block), 0);
  return {
    formula: sum((block) => block.formula.partial * block.pixels),
    counted: sum((block) => block.blockElements),
    gap: sum((block) => cioGap(block, block.b) * block.pixels),
    transitions: sum((block) => block.transitionElements),
  };
}
