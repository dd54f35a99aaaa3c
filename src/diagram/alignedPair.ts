/** Two networks one above the other: same scale, same columns; and which of their parts light up together. */
import type { Network } from '../network/network';
import type { Diagram, Item } from './diagram';
import { networkDiagrams } from './networkDiagram';
import { isRole } from './roles';
import { stageDiagrams } from './stageDiagram';
import type { StageOptions } from './stageDiagram';

/** The diagrams of A and B; null where there is no network, or it has no such stage. */
export interface Pair {
  readonly a: Diagram | null;
  readonly b: Diagram | null;
}

/**
 * Both diagrams with one scale, and x₀, H_i, concat and x_U at the same x.
 * @param stage 1 …, or the whole network
 */
export function alignedPair(
  a: Network | null,
  b: Network | null,
  stage: 'all' | number,
  options: StageOptions = {},
): Pair {
  const has = (network: Network | null): network is Network =>
    network !== null && (stage === 'all' || (stage >= 1 && stage <= network.stages.length));
  const networks = [a, b].filter(has);
  if (networks.length === 0) return { a: null, b: null };
  const diagrams = stage === 'all' ? networkDiagrams(networks, options) : stageDiagrams(networks, stage, options);
  const first = has(a) ? (diagrams[0] ?? null) : null;
  return { a: first, b: has(b) ? (diagrams[first ? 1 : 0] ?? null) : null };
}

/**
 * Keys of the parts that light up for a highlight. A node lights the part that contains it and the part with the same
 * key in every other diagram; where a diagram has no such part, its parts of the same role.
 * @param highlight a role, a node id, or null
 * @returns for each diagram its lit keys; undefined where nothing is to be lit in any of them
 */
export function litKeys(
  diagrams: readonly Diagram[],
  highlight: string | null,
): readonly ReadonlySet<string>[] | undefined {
  if (highlight === null || highlight === '') return undefined;
  if (isRole(highlight)) {
    const lit = diagrams.map((d) => new Set(d.parts.filter((p) => p.role === highlight).map((p) => p.key)));
    const used = diagrams.some((d) => d.ribbons.some((r) => r.role === highlight));
    return used || lit.some((keys) => keys.size > 0) ? lit : undefined;
  }
  const parts = diagrams.flatMap((d) => d.parts.filter((p) => p.nodes.includes(highlight)));
  if (parts.length === 0) return undefined;
  const keys = new Set(parts.map((p) => p.key));
  const roles = new Set(parts.map((p) => p.role));
  return diagrams.map((d) => {
    const own = d.parts.filter((p) => keys.has(p.key));
    const lit =
      own.length > 0
        ? own
        : d.parts.filter((p) => p.role !== undefined && roles.has(p.role) && p.role !== 'growth' && p.key !== 'pool');
    return new Set(lit.map((p) => p.key));
  });
}

/**
 * Keys of the parts that contain any of the nodes, and of the parts with the same key in the other diagrams.
 * @returns for each diagram its lit keys; undefined where no part contains one
 */
export function keysOfNodes(
  diagrams: readonly Diagram[],
  nodes: ReadonlySet<string>,
): readonly ReadonlySet<string>[] | undefined {
  const keys = new Set(
    diagrams.flatMap((d) => d.parts.filter((p) => p.nodes.some((id) => nodes.has(id))).map((p) => p.key)),
  );
  if (keys.size === 0) return undefined;
  return diagrams.map((d) => new Set(d.parts.filter((p) => keys.has(p.key)).map((p) => p.key)));
}

/** Whether a ribbon or box lights up: its part does, or its role was asked for. */
export function isLit(item: Pick<Item, 'part' | 'role'>, keys: ReadonlySet<string>, highlight: string | null): boolean {
  return highlight !== null && isRole(highlight) ? item.role === highlight : keys.has(item.part);
}
