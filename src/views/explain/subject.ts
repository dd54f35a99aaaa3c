/** The networks of the page as the texts of Explain speak of them, with the numbers that they name. */
import { blockCio } from '../../analysis/cio';
import type { BlockCio } from '../../analysis/cio';
import type { Convention } from '../../analysis/conventions';
import { gradients } from '../../analysis/gradients';
import type { StageGradients } from '../../analysis/gradients';
import { stageFacts } from '../../diagram/stageFacts';
import type { StageFacts } from '../../diagram/stageFacts';
import { share } from '../../network/build';
import { makeSpec, plainOf } from '../../network/spec';
import type { NetworkSpec } from '../../network/spec';
import { chooseFusion } from '../../state/knobs';
import type { PageState } from '../../state/pageState';
import { analysisOf } from '../useAnalysis';
import type { Known } from '../useAnalysis';

/** One network at one stage. */
export interface Counted extends Known {
  readonly spec: NetworkSpec;
  readonly facts: StageFacts;
  readonly gradient: StageGradients;
  readonly block: BlockCio;
}

export interface Subject {
  /** A network in which channels bypass. */
  readonly csp: Counted;
  /** What to call it in a sentence: `A`, `B`, or what it is where the page shows none. */
  readonly name: string;
  /** DenseNet of its depth and widths. */
  readonly plain: Counted;
  /** 1 … */
  readonly stage: number;
  readonly convention: Convention;
}

/** Whether channels bypass a network's dense blocks. */
export function splits(spec: NetworkSpec): boolean {
  return spec.fusion !== 'plain' && share(spec.gamma, spec.stem) > 0;
}

/** A spec in which channels bypass, as near to the given one as can be. */
export function withSplit(spec: NetworkSpec): NetworkSpec {
  if (splits(spec)) return spec;
  return spec.fusion === 'plain' ? chooseFusion(spec, 'standard') : makeSpec({ ...spec, gamma: 0.5 });
}

/** A network with the numbers of one of its stages. */
export function countedAt(spec: NetworkSpec, stage: number): Counted {
  const known = analysisOf(spec);
  const gradient = gradients(known.network)[stage - 1];
  const block = blockCio(known.network)[stage - 1];
  if (!gradient || !block) throw new RangeError(`stage is ${stage}; the network has ${spec.blocks.length}`);
  return { ...known, spec, facts: stageFacts(known.network, stage), gradient, block };
}

type Shown = Pick<PageState, 'a' | 'b' | 'stage' | 'convention'>;

/** What the texts count: A, B where nothing bypasses in A, or else A's widths with a split; at the stage on the page. */
export function subjectOf({ a, b, stage, convention }: Shown): Subject {
  const shown = (b ? [a, b] : [a]).find(splits);
  const spec = shown ?? withSplit(a);
  const name = shown === undefined ? 'CSPDenseNet of A’s widths' : shown === a ? 'A' : 'B';
  const at = stage === 'all' ? 1 : Math.min(stage, spec.blocks.length);
  return { csp: countedAt(spec, at), name, plain: countedAt(plainOf(spec), at), stage: at, convention };
}
