/** Networks and their numbers by spec, computed once: several panels ask for the same ones on every change. */
import { compare } from '../analysis/compare';
import type { Comparison } from '../analysis/compare';
import { analyze } from '../analysis/cost';
import type { Analysis } from '../analysis/cost';
import { buildNetwork } from '../network/build';
import type { Network } from '../network/network';
import { plainOf } from '../network/spec';
import type { NetworkSpec } from '../network/spec';
import { formatNetwork } from '../network/text';

export interface Known {
  readonly network: Network;
  readonly analysis: Analysis;
}

/** Enough for A, B and their plain counterparts while a slider moves back and forth. */
const KEPT = 64;
const known = new Map<string, Known>();

/** The network of a spec and its analysis. */
export function analysisOf(spec: NetworkSpec): Known {
  const text = formatNetwork(spec);
  const found = known.get(text);
  if (found) return found;
  const network = buildNetwork(spec);
  const made = { network, analysis: analyze(network) };
  known.set(text, made);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  return made;
}

/** One of the networks that the charts compare. */
export interface Compared extends Known {
  readonly key: 'a' | 'b' | 'plain' | 'plainB';
  readonly label: string;
  readonly colour: string;
  /** Against the plain DenseNet of the same depth; null for that one itself. */
  readonly comparison: Comparison | null;
}

/** A network against the plain DenseNet of the same depth. */
export function comparisonOf(spec: NetworkSpec): Comparison {
  return compare(analysisOf(spec).analysis, analysisOf(plainOf(spec)).analysis);
}

let latest: { readonly a: NetworkSpec; readonly b: NetworkSpec | null; readonly made: readonly Compared[] } | null =
  null;

/**
 * A, B and the plain DenseNet of the same depth; B's own plain DenseNet too where that is another one. Asked again for
 * the same two, it gives the same list.
 */
export function comparedNetworks(a: NetworkSpec, b: NetworkSpec | null): readonly Compared[] {
  if (latest?.a !== a || latest.b !== b) latest = { a, b, made: makeCompared(a, b) };
  return latest.made;
}

function makeCompared(a: NetworkSpec, b: NetworkSpec | null): readonly Compared[] {
  const plain = plainOf(a);
  const plainB = b && plainOf(b);
  const differs = plainB !== null && formatNetwork(plainB) !== formatNetwork(plain);
  const own = (key: 'a' | 'b', spec: NetworkSpec): Compared => ({
    key,
    label: key.toUpperCase(),
    colour: `var(--lens-${key})`,
    comparison: comparisonOf(spec),
    ...analysisOf(spec),
  });
  const reference = (key: 'plain' | 'plainB', label: string, colour: string, spec: NetworkSpec): Compared => ({
    key,
    label,
    colour,
    comparison: null,
    ...analysisOf(spec),
  });
  return [
    own('a', a),
    ...(b ? [own('b', b)] : []),
    reference('plain', differs ? 'DenseNet of A' : 'DenseNet', 'var(--lens-plain)', plain),
    ...(differs ? [reference('plainB', 'DenseNet of B', 'var(--lens-plain-b)', plainB)] : []),
  ];
}
