/** The node of each of two networks that plays the same part as a chosen one: what is shown side by side of A and B. */
import type { Network } from '../network/network';
import type { Diagram, Part } from './diagram';

/** A network with its drawing. */
export interface Drawn {
  readonly network: Network;
  /** null where it has no such stage. */
  readonly diagram: Diagram | null;
}

/** A node and the part of the drawing that it belongs to, if it is drawn. */
export interface PartNode {
  readonly node: string;
  readonly part: Part | undefined;
}

/** Of the parts that contain a node the one that says most: a layer rather than the fold around it. */
function partAround(diagram: Diagram | null, node: string): Part | undefined {
  const around = diagram?.parts.filter(({ nodes }) => nodes.includes(node)) ?? [];
  const fewest = Math.min(...around.map(({ nodes }) => nodes.length));
  const smallest = around.filter(({ nodes }) => nodes.length === fewest);
  // Where nothing bypasses, what enters the block is the base layer itself.
  return smallest.find(({ key }) => key === 'base') ?? smallest.at(-1);
}

/** Beyond the global pool there are no maps: the head is seen at what the pool reads. */
const withMaps = (node: string) => (node === 'head/pool' || node === 'head/linear' ? 'head/relu' : node);

/**
 * For each network the node itself, or where it has none of that name the node of its part with the same key; undefined
 * where it has neither.
 */
export function samePart(drawn: readonly Drawn[], chosen: string): readonly (PartNode | undefined)[] {
  const key = drawn.map(({ diagram }) => partAround(diagram, chosen)?.key).find((found) => found !== undefined);
  return drawn.map(({ network, diagram }) => {
    if (network.byId.has(chosen)) {
      return { node: withMaps(chosen), part: partAround(diagram, chosen) };
    }
    const part = diagram?.parts.find((one) => one.key === key);
    return part && { node: withMaps(part.node), part };
  });
}
