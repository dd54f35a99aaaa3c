/** The planes of a stage in one line: what the labels of a drawing leave out where there is no room for it. */
import type { Network } from '../network/network';
import { stageFacts } from './stageFacts';

/**
 * `x₀, every x_i and the concat: 56 × 56; x_U: 28 × 28`, H × W of a stage's feature maps.
 * @param stage 1 … number of stages
 */
export function planesText(network: Network, stage: number): string {
  const facts = stageFacts(network, stage);
  const side = ([, height, width]: readonly [number, number, number]) => `${height} × ${width}`;
  const within = [
    'x₀',
    'every x_i',
    ...(facts.denseTransition === undefined ? [] : ['x_T']),
    ...(facts.merge === undefined ? [] : ['the concat']),
  ];
  const names = `${within.slice(0, -1).join(', ')} and ${within.at(-1) ?? ''}`;
  const [all, out] = [side(facts.base.shape), side(facts.output.shape)];
  return all === out ? `${names}, and x_U: ${all}` : `${names}: ${all}; x_U: ${out}`;
}
