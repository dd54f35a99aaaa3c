/**
 * Two networks side by side: totals and stages with their differences. Stages meet by name (`stem`, `stage1` …,
 * `head`), so networks with different numbers of stages can be compared.
 */
import { buildNetwork } from '../network/build';
import { plainOf } from '../network/spec';
import type { NetworkSpec } from '../network/spec';
import { analyze, COST_KEYS } from './cost';
import type { Analysis, Cost } from './cost';

/** Everything that can be compared. */
export const COMPARED_KEYS = [...COST_KEYS, 'peakActivationBytes'] as const;
export type ComparedKey = (typeof COMPARED_KEYS)[number];

/** One quantity of the subject against the reference. */
export interface Difference {
  readonly subject: number;
  readonly reference: number;
  /** subject − reference */
  readonly absolute: number;
  /** subject / reference − 1; 0 where both are 0, null where only the reference is. */
  readonly relative: number | null;
}

export type Differences = { readonly [key in ComparedKey]: Difference };

export interface StageComparison {
  readonly name: string;
  /** Which network lacks the stage; it is counted as costing nothing, so that differences add up to the totals'. */
  readonly missing: 'subject' | 'reference' | null;
  readonly differences: Differences;
}

export interface Comparison {
  /** Text forms. */
  readonly subject: string;
  readonly reference: string;
  readonly totals: Differences;
  readonly stages: readonly StageComparison[];
}

type Comparable = Cost & { readonly peakActivationBytes: number };

/** The difference of two counts. */
export function difference(subject: number, reference: number): Difference {
  const relative = reference === 0 ? (subject === 0 ? 0 : null) : subject / reference - 1;
  return { subject, reference, absolute: subject - reference, relative };
}

function differences(subject: Comparable | undefined, reference: Comparable | undefined): Differences {
  const of = (key: ComparedKey) => difference(subject?.[key] ?? 0, reference?.[key] ?? 0);
  return {
    macs: of('macs'),
    flops: of('flops'),
    cio: of('cio'),
    cioRead: of('cioRead'),
    cioWritten: of('cioWritten'),
    params: of('params'),
    weights: of('weights'),
    normElements: of('normElements'),
    activations: of('activations'),
    activationBytes: of('activationBytes'),
    peakActivationBytes: of('peakActivationBytes'),
  };
}

/** Compares any two networks. */
export function compare(subject: Analysis, reference: Analysis): Comparison {
  const longer = subject.stages.length >= reference.stages.length ? subject : reference;
  return {
    subject: subject.network,
    reference: reference.network,
    totals: differences(subject.totals, reference.totals),
    stages: longer.stages.map(({ name }): StageComparison => {
      const own = subject.stages.find((stage) => stage.name === name);
      const other = reference.stages.find((stage) => stage.name === name);
      return {
        name,
        missing: own ? (other ? null : 'reference') : 'subject',
        differences: differences(own, other),
      };
    }),
  };
}

/** The analysis of the plain DenseNet of the same depth, widths, size and classes. */
export function analyzePlain(spec: NetworkSpec): Analysis {
  return analyze(buildNetwork(plainOf(spec)));
}

/** Compares a network with the plain DenseNet of the same depth. */
export function compareWithPlain(subject: Analysis): Comparison {
  return compare(subject, analyzePlain(subject.spec));
}
