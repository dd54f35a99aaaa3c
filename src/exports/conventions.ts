import { conventionName, PARAMETER_TEXTS } from '../analysis/conventions';
import type { Counting } from '../analysis/metrics';

/** What every export says about its numbers, so that a file that travels alone can be read. */
export const CONVENTIONS = {
  batch: 1,
  macs: 'multiply-accumulates of convolutions and the linear layer; normalisation and pooling are not counted',
  flops: '2 × macs (the convention of darknet and the CSPNet paper)',
  cio: 'convolutional input/output: elements that convolutions read plus elements that they write; no linear layer',
  params: 'trainable parameters, batch normalisation and biases included; weights: convolutions and linear layer only',
  activations: 'output elements of convolutions and the linear layer; bytes of float32',
  peakActivationBytes:
    'largest sum of live tensors, float32; concat and slice copy, BN and ReLU work in place unless their input is read again',
} as const;

/** The same in one line. */
export const CONVENTIONS_LINE =
  'One picture (batch 1). MACs: convolutions and linear layer. FLOPs = 2 × MACs. ' +
  'CIO: elements that convolutions read and write. Params: trainable; weights: without normalisation and biases. ' +
  'Activations: outputs of convolutions and linear layer. Bytes: float32. ' +
  'Peak: largest sum of live tensors; concat and slice copy.';

/** How an export counts unless it is told otherwise. */
export const DEFAULT_COUNTING: Counting = { convention: 'macs', parameters: 'trainable' };

/** What was chosen for the numbers that can be counted in more than one way. */
export function chosenLine({ convention, parameters }: Counting): string {
  return `Shown here: compute as ${conventionName(convention)}; parameters: ${PARAMETER_TEXTS[parameters].about}.`;
}
