/** The state of the page that a link carries, its defaults, and nothing else: what was computed lives in lab.ts. */
import { makeSpec, SMALL } from '../network/spec';
import type { NetworkSpec } from '../network/spec';

export const VIEWS = ['classify', 'flow', 'cost', 'explain'] as const;
export type View = (typeof VIEWS)[number];

export const METRICS = ['compute', 'cio', 'params', 'activations'] as const;
/** What the cost charts show. */
export type Metric = (typeof METRICS)[number];

export const CONVENTIONS = ['macs', 'flops'] as const;
/** Whether compute is counted in MACs or in FLOPs = 2 × MACs. */
export type Convention = (typeof CONVENTIONS)[number];

export const SCALES = ['absolute', 'relative'] as const;
/** Absolute numbers, or the difference from the plain DenseNet. */
export type Scale = (typeof SCALES)[number];

export const ZOOM_RANGE = [0.5, 4] as const;

export interface PageState {
  readonly a: NetworkSpec;
  /** null: only one network is shown. */
  readonly b: NetworkSpec | null;
  readonly view: View;
  /** The stage whose flow is drawn, counted from 1, or the whole network. */
  readonly stage: number | 'all';
  /** A role or a node id that is lit up; empty for none. */
  readonly select: string;
  readonly metric: Metric;
  readonly convention: Convention;
  readonly scale: Scale;
  /** Magnification of the flow drawing. */
  readonly zoom: number;
}

export const DEFAULT_STATE: PageState = {
  a: makeSpec({ fusion: 'first', ...SMALL }),
  b: makeSpec({ fusion: 'last', ...SMALL }),
  view: 'classify',
  stage: 1,
  select: '',
  metric: 'compute',
  convention: 'macs',
  scale: 'absolute',
  zoom: 1,
};

/** The state with a stage that its networks have: a stage beyond the last becomes the last. */
export function withValidStage(state: PageState): PageState {
  if (state.stage === 'all') return state;
  const stages = Math.max(state.a.blocks.length, state.b?.blocks.length ?? 0);
  return state.stage > stages ? { ...state, stage: stages } : state;
}
