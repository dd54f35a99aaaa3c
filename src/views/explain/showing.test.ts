import { describe, expect, it } from 'vitest';
import { gradients } from '../../analysis/gradients';
import { isRole } from '../../diagram/roles';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { DEFAULT_STATE, withValidStage } from '../../state/pageState';
import type { PageState } from '../../state/pageState';
import { readUrl, writeUrl } from '../../state/url';
import { TOPIC_IDS } from './questions';
import { showFields } from './showing';
import { splits, subjectOf } from './subject';

const PAGES: readonly (readonly [name: string, fields: Partial<PageState>])[] = [
  ['as it opens', {}],
  ['plain networks', { a: parseNetwork('densenet121'), b: null, stage: 4 }],
  ['the whole network', { stage: 'all', flow: 'gradient', weight: 'w2', select: 'stem' }],
  ['no share that bypasses', { a: parseNetwork('cspdensenet169-last@gamma=0'), b: null }],
  ['a share too small for a channel', { a: parseNetwork('cspdensenet121-first@gamma=0.01'), b: null }],
  ['the listing', { a: parseNetwork('cspdensenet121-last@definition=listing'), stage: 4 }],
  ['one stage', { a: parseNetwork('cspdensenet-standard@blocks=3,size=32'), b: null }],
  ['a split in B alone', { a: parseNetwork('densenet201'), b: parseNetwork('cspdensenet-first@blocks=2-2,size=32') }],
];

const CASES = PAGES.flatMap(([name, fields]) =>
  TOPIC_IDS.map((topic) => ({ name, topic, before: withValidStage({ ...DEFAULT_STATE, ...fields }) })),
);

describe('"Show it"', () => {
  it.each(CASES)('$topic shows, from $name, what is there', ({ topic, before }) => {
    const fields = showFields(topic, before);
    if (fields === null) {
      expect(['evidence', 'families']).toContain(topic);
      return;
    }
    const state = withValidStage({ ...before, ...fields });
    expect(readUrl(writeUrl(state))).toEqual({ state, ignored: [] });
    const networks = [state.a, state.b].flatMap((spec) => (spec ? [buildNetwork(spec)] : []));
    const stage = state.stage === 'all' ? 1 : state.stage;
    if (state.view === 'flow') {
      expect(state.stage).not.toBe('all');
      const roles = networks.flatMap((network) =>
        network.nodes.filter((node) => node.stage === `stage${stage}`).map((node) => node.role),
      );
      if (state.select !== '') expect(isRole(state.select) && roles.includes(state.select)).toBe(true);
      const weights = networks.flatMap((network) =>
        (gradients(network)[stage - 1]?.updates ?? []).map((update) => update.weight),
      );
      if (state.weight !== '') expect(weights).toContain(state.weight);
    }
  });

  it('leaves networks alone that have what is to be seen', () => {
    for (const topic of ['gamma', 'idea', 'split', 'cio', 'macs', 'counting'] as const) {
      const fields = showFields(topic, DEFAULT_STATE);
      expect(fields).not.toHaveProperty('a');
      expect(fields).not.toHaveProperty('b');
    }
  });
});

describe('what the texts count', () => {
  it.each(PAGES)('is a network with a split, from %s', (_, fields) => {
    const { csp, plain, stage } = subjectOf(withValidStage({ ...DEFAULT_STATE, ...fields }));
    expect(splits(csp.spec)).toBe(true);
    expect(csp.facts.bypass).toBeGreaterThan(0);
    expect(plain.spec.fusion).toBe('plain');
    expect(plain.spec.blocks).toEqual(csp.spec.blocks);
    expect(stage).toBeLessThanOrEqual(csp.spec.blocks.length);
  });

  it('prefers A, then B, then A’s widths', () => {
    const plain = parseNetwork('densenet121');
    const first = parseNetwork('cspdensenet121-first');
    expect(subjectOf(DEFAULT_STATE).name).toBe('A');
    expect(subjectOf({ ...DEFAULT_STATE, a: plain, b: first }).name).toBe('B');
    expect(subjectOf({ ...DEFAULT_STATE, a: plain, b: null }).name).toBe('CSPDenseNet of A’s widths');
  });
});
