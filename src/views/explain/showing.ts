/** What "Show it" under an answer sets on the page: the person's own networks where they have what is to be seen. */
import { makeSpec, plainOf } from '../../network/spec';
import type { NetworkSpec } from '../../network/spec';
import { chooseDefinition, chooseFusion } from '../../state/knobs';
import type { PageState } from '../../state/pageState';
import type { TopicId } from './questions';
import { splits, withSplit } from './subject';

type Fields = Partial<PageState>;

const FLOW = { view: 'flow', flow: 'forward', step: 0, weight: '', maps: 'off' } as const;
const COST = { view: 'cost', scale: 'absolute', brush: null } as const;

/** A or B, whichever splits; A's widths with a split where neither does. */
function csp({ a, b }: PageState): NetworkSpec {
  return splits(a) || b === null || !splits(b) ? withSplit(a) : b;
}

/** A page on which channels bypass: as it is, or with A's widths split. */
function split(state: PageState): Fields {
  const spec = csp(state);
  return spec === state.a || spec === state.b ? {} : { a: spec };
}

const fusion = (spec: NetworkSpec, name: NetworkSpec['fusion']) =>
  chooseFusion(spec.definition === 'listing' ? chooseDefinition(spec, 'paper') : spec, name);

/** A stage with a transition after its concat: not the last; the first of them where the whole network is drawn. */
function stageWithTransition({ stage }: PageState, spec: NetworkSpec): number {
  return stage === 'all' || stage >= spec.blocks.length ? 1 : stage;
}

/** The stage on the page, or the first where the whole network is drawn. */
const oneStage = ({ stage }: PageState) => (stage === 'all' ? 1 : stage);

const SHOW: Partial<Record<TopicId, (state: PageState) => Fields>> = {
  dense: (state) => ({ ...FLOW, a: plainOf(state.a), stage: oneStage(state), select: 'growth' }),
  idea: (state) => ({ ...FLOW, ...split(state), stage: oneStage(state), select: 'part2' }),
  fusions: (state) => ({
    ...FLOW,
    a: fusion(csp(state), 'first'),
    b: fusion(csp(state), 'last'),
    stage: stageWithTransition(state, csp(state)),
    select: 'transition',
  }),
  gamma: (state) => ({ ...FLOW, ...split(state), stage: oneStage(state), select: 'part1' }),
  split: (state) => ({ ...FLOW, ...split(state), stage: oneStage(state), select: 'part1' }),
  truncate: (state) => ({
    ...FLOW,
    a: fusion(csp(state), 'standard'),
    b: plainOf(csp(state)),
    stage: stageWithTransition(state, csp(state)),
    select: '',
    flow: 'gradient',
    weight: csp(state).blocks.length > 1 ? 'wU' : '',
  }),
  counting: (state) => {
    const stage = oneStage(state);
    return { ...FLOW, stage, select: '', flow: 'gradient', weight: `w${state.a.blocks[stage - 1] ?? 1}` };
  },
  cio: (state) => ({ ...COST, ...split(state), metric: 'cio' }),
  macs: () => ({ ...COST, metric: 'compute' }),
  definitions: (state) => ({
    ...FLOW,
    a: chooseDefinition(csp(state), 'paper'),
    b: chooseDefinition(csp(state), 'listing'),
    stage: oneStage(state),
    select: 'part2',
  }),
  listing: (state) => {
    const last = fusion(csp(state), 'last');
    return { ...COST, metric: 'compute', a: last, b: makeSpec({ ...last, definition: 'listing', pool: false }) };
  },
  c3: (state) => ({ ...FLOW, a: fusion(csp(state), 'first'), stage: oneStage(state), select: 'merge' }),
};

/** Whether there is something on the page to show for a topic. */
export function canShow(topic: TopicId): boolean {
  return topic in SHOW;
}

/** The fields that show what a topic speaks of; null where there is nothing on the page to show. */
export function showFields(topic: TopicId, state: PageState): Fields | null {
  return SHOW[topic]?.(state) ?? null;
}
