/** The state of the page that a link carries, its defaults, and nothing else: what was computed lives in lab.ts. */
import type { Convention, ParameterCount } from '../analysis/conventions';
import { makeSpec, SMALL } from '../network/spec';
import type { NetworkSpec } from '../network/spec';

export const VIEWS = ['classify', 'flow', 'cost', 'explain'] as const;
export type View = (typeof VIEWS)[number];

export const METRICS = ['compute', 'cio', 'params', 'activations', 'peak', 'moc'] as const;
/** What the cost charts show. */
export type Metric = (typeof METRICS)[number];

/** How compute is counted, by the tools that count so; analysis/conventions.ts says what each means. */
export const CONVENTIONS = ['macs', 'fvcore', 'thop', 'flops'] as const satisfies readonly Convention[];

/** Whether all trainable parameters are counted, or weights of convolutions and the linear layer alone. */
export const PARAMETERS = ['trainable', 'weights'] as const satisfies readonly ParameterCount[];

export const SCALES = ['absolute', 'share', 'relative'] as const;
/** Absolute numbers, each stage's share of the whole, or the difference from the plain DenseNet. */
export type Scale = (typeof SCALES)[number];

export const FLOWS = ['forward', 'gradient'] as const;
/** Which way the flow drawing is read: features forward, or gradients back. */
export type FlowDirection = (typeof FLOWS)[number];

export const LAYERS = ['folded', 'all'] as const;
/** Whether long runs of dense layers are folded in the flow drawing. */
export type Layers = (typeof LAYERS)[number];

export const SWITCH = ['off', 'on'] as const;
export type Switch = (typeof SWITCH)[number];

/** Most steps that playing a stage forward can have; 0 is the whole drawing at rest. */
export const LAST_STEP = 999;
/** Steps of the guided tour; 0 is no tour. */
export const TOUR_STEPS = 8;

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
  /** How parameters are counted. */
  readonly parameters: ParameterCount;
  readonly scale: Scale;
  /** Magnification of the flow drawing. */
  readonly zoom: number;
  /** What stands in the middle of the flow's frame, as shares of the drawing's width and height. */
  readonly centre: readonly [x: number, y: number];
  readonly flow: FlowDirection;
  /** How far the flow is played, 1 …; 0 is the whole drawing at rest. */
  readonly step: number;
  /** The weight whose update the gradient view shows: `w1` …, `wT`, `wU`; empty for none. */
  readonly weight: string;
  readonly layers: Layers;
  /** Whether the channels of the selected part are shown, each as a map. */
  readonly maps: Switch;
  /** Layers chosen in the strip of all layers, by their places in it, both ends included; null for none. */
  readonly brush: readonly [from: number, to: number] | null;
  /** Step of the guided tour, 1 …; 0 is no tour. */
  readonly tour: number;
}

export const DEFAULT_STATE: PageState = {
  a: makeSpec({ fusion: 'first', ...SMALL }),
  b: makeSpec({ fusion: 'last', ...SMALL }),
  view: 'classify',
  stage: 1,
  select: '',
  metric: 'compute',
  convention: 'macs',
  parameters: 'trainable',
  scale: 'absolute',
  zoom: 1,
  centre: [0.5, 0.5],
  flow: 'forward',
  step: 0,
  weight: '',
  layers: 'folded',
  maps: 'off',
  brush: null,
  tour: 0,
};

/** The state with a stage that its networks have: a stage beyond the last becomes the last. */
export function withValidStage(state: PageState): PageState {
  if (state.stage === 'all') return state;
  const stages = Math.max(state.a.blocks.length, state.b?.blocks.length ?? 0);
  return state.stage > stages ? { ...state, stage: stages } : state;
}
