/**
 * The conventions in which tools print compute and parameters. One table, read by every number on the page and by the
 * exports; the counts themselves are cost.ts, how a quantity is read and written with them metrics.ts.
 */
import type { Cost } from './cost';

/**
 * macs: multiply-accumulates of convolutions and the linear layer, as torchvision prints them. fvcore: those and 2 per
 * element of batch normalisation, as timm and fvcore. thop: those and 4 per element of batch normalisation, as thop and
 * ptflops. flops: 2 × macs, as darknet, PyTorch's flop counter and the CSPNet paper.
 */
export type Convention = 'macs' | 'fvcore' | 'thop' | 'flops';

/** trainable: scale and shift of batch normalisation and biases included; weights: the CSPNet paper's convention. */
export type ParameterCount = 'trainable' | 'weights';

/** What a cost computes, in a convention. */
export function computeOf(cost: Pick<Cost, 'macs' | 'normElements'>, convention: Convention): number {
  switch (convention) {
    case 'macs':
      return cost.macs;
    case 'fvcore':
      return cost.macs + 2 * cost.normElements;
    case 'thop':
      return cost.macs + 4 * cost.normElements;
    case 'flops':
      return 2 * cost.macs;
  }
}

/** How many parameters a cost has, in a convention. */
export function parametersOf(cost: Pick<Cost, 'params' | 'weights'>, count: ParameterCount): number {
  return count === 'weights' ? cost.weights : cost.params;
}

/** Whether a convention counts batch normalisation as compute. */
export function countsNorm(convention: Convention): boolean {
  return convention === 'fvcore' || convention === 'thop';
}

/**
 * The unit of what convolutions and the linear layer compute, of one of them or of several: these have no batch
 * normalisation to add.
 */
export function layerUnit(convention: Convention): 'MACs' | 'FLOPs' {
  return convention === 'flops' ? 'FLOPs' : 'MACs';
}

/** A convention in words. */
export interface ConventionText {
  /** The unit: what one counts. */
  readonly short: string;
  /** The same where it is chosen. */
  readonly label: string;
  /** Who prints it. */
  readonly tools: string;
  /** The unit beside a title. */
  readonly unit: string;
  /** What is counted. */
  readonly about: string;
}

export const CONVENTION_TEXTS: Readonly<Record<Convention, ConventionText>> = {
  macs: {
    short: 'MACs',
    label: 'MACs',
    tools: 'torchvision',
    unit: 'as torchvision counts',
    about: 'multiply-accumulates of convolutions and the linear layer; normalisation, ReLU and pooling are not counted',
  },
  fvcore: {
    short: 'MACs + 2·BN',
    label: 'MACs + 2·BN',
    tools: 'timm, fvcore',
    unit: 'as timm and fvcore count',
    about:
      'multiply-accumulates of convolutions and the linear layer, and 2 for every element that is batch-normalised',
  },
  thop: {
    short: 'MACs + 4·BN',
    label: 'MACs + 4·BN',
    tools: 'thop, ptflops',
    unit: 'as thop and ptflops count',
    about:
      'multiply-accumulates of convolutions and the linear layer, and 4 for every element that is batch-normalised',
  },
  flops: {
    short: 'FLOPs',
    label: 'FLOPs = 2 × MACs',
    tools: 'darknet, CSPNet paper',
    unit: '2 × MACs, as darknet and the CSPNet paper count',
    about: '2 for every multiply-accumulate of convolutions and the linear layer',
  },
};

/** A way of counting parameters in words. */
export const PARAMETER_TEXTS: Readonly<
  Record<ParameterCount, { readonly short: string; readonly label: string; readonly about: string }>
> = {
  trainable: {
    short: 'Parameters',
    label: 'Trainable',
    about: 'all trainable parameters, scale and shift of batch normalisation and biases included',
  },
  weights: {
    short: 'Weights',
    label: 'Weights only',
    about: 'weights of convolutions and the linear layer, without normalisation and biases, as the CSPNet paper counts',
  },
};

/** `MACs (torchvision)`: a convention with the tools that count so. */
export function conventionName(convention: Convention): string {
  const { label, tools } = CONVENTION_TEXTS[convention];
  return `${label} (${tools})`;
}
