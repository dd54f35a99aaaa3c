import { describe, expect, it } from 'vitest';
import { gradients } from '../analysis/gradients';
import { isRole } from '../diagram/roles';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { DEFAULT_STATE, TOUR_STEPS, withValidStage } from './pageState';
import type { PageState } from './pageState';
import { bareLinkFields, endFields, hasLeftStep, pageBefore, stepFields, TOUR, tourStep } from './tour';
import { readUrl, writeUrl } from './url';

const numbers = Array.from({ length: TOUR_STEPS }, (_, i) => i + 1);
const page = (number: number): PageState => ({ ...DEFAULT_STATE, ...stepFields(number) });

describe('the tour', () => {
  it('has the steps that a link can name, each with a title of its own', () => {
    expect(TOUR).toHaveLength(TOUR_STEPS);
    expect(new Set(TOUR.map((step) => step.id)).size).toBe(TOUR_STEPS);
    expect(new Set(TOUR.map((step) => step.title)).size).toBe(TOUR_STEPS);
    expect(() => tourStep(TOUR_STEPS + 1)).toThrow(`step is ${TOUR_STEPS + 1}; allowed is 1 to ${TOUR_STEPS}`);
    expect(() => tourStep(0)).toThrow('step is 0');
  });

  it.each(numbers)('step %i survives its link and shows a stage that is there', (number) => {
    const { state, ignored } = readUrl(writeUrl(page(number)));
    expect(ignored).toEqual([]);
    expect(state).toEqual(page(number));
    expect(withValidStage(state)).toEqual(state);
  });

  it.each(numbers)('step %i lights up what its networks have', (number) => {
    const { a, b, select, weight, stage } = page(number);
    const networks = [a, b].flatMap((spec) => (spec ? [buildNetwork(spec)] : []));
    const found = networks.map((network) => ({
      selected: network.nodes.some(({ id, role }) => (isRole(select) ? role === select : id === select)),
      weighed: gradients(network)[Number(stage) - 1]?.updates.some((update) => update.weight === weight),
    }));
    expect(select === '' || found.some(({ selected }) => selected)).toBe(true);
    expect(weight === '' || found.every(({ weighed }) => weighed === true)).toBe(true);
  });

  it('shows a step the same whatever was on the page before', () => {
    const messy: PageState = {
      ...DEFAULT_STATE,
      stage: 'all',
      select: 'stem',
      scale: 'share',
      zoom: 3,
      centre: [0, 1],
      flow: 'gradient',
      step: 9,
      weight: 'w2',
      layers: 'all',
      maps: 'on',
      brush: [1, 2],
      convention: 'thop',
      parameters: 'weights',
    };
    for (const number of numbers) {
      const shown = { ...messy, ...stepFields(number) };
      expect(shown).toEqual({ ...page(number), convention: 'thop', parameters: 'weights' });
    }
  });

  it('ends with the network that trained weights and a photo need', () => {
    expect(page(TOUR_STEPS)).toEqual({ ...DEFAULT_STATE, tour: TOUR_STEPS });
  });

  it('notices when the page shows something else, and scrolling is not that', () => {
    for (const number of numbers) {
      const state = page(number);
      expect(hasLeftStep(state)).toBe(false);
      expect(hasLeftStep({ ...state, view: 'explain', select: 'head', zoom: 2 })).toBe(false);
      expect(hasLeftStep({ ...state, a: parseNetwork('densenet201') })).toBe(true);
      expect(hasLeftStep({ ...state, b: parseNetwork('densenet201') })).toBe(true);
      expect(hasLeftStep({ ...state, stage: 2 })).toBe(true);
      expect(hasLeftStep({ ...state, flow: state.flow === 'forward' ? 'gradient' : 'forward' })).toBe(true);
    }
    expect(hasLeftStep({ ...page(2), b: null })).toBe(true);
  });

  it('gives back the page before it, but not the place on the screen', () => {
    const before: PageState = { ...DEFAULT_STATE, a: parseNetwork('densenet169'), b: null, view: 'cost', stage: 3 };
    const during: PageState = { ...page(4), view: 'explain', convention: 'flops' };
    expect({ ...during, ...endFields(before) }).toEqual({ ...before, view: 'explain', convention: 'flops' });
    expect({ ...during, ...endFields(null) }).toEqual({ ...during, tour: 0 });
  });

  it('knows the page before it again from its link, after a reload too', () => {
    const { state } = readUrl('?a=cspdensenet169-last&b=off&stage=2');
    for (const number of numbers) expect(pageBefore(writeUrl(state), page(number))).toEqual(state);
    expect(pageBefore(writeUrl(DEFAULT_STATE), page(3))).toEqual(DEFAULT_STATE);
  });

  it('ends with the default page after a link to a step, unless someone changed what it shows', () => {
    for (const number of numbers) expect(pageBefore(null, page(number))).toEqual(DEFAULT_STATE);
    expect(pageBefore(null, { ...page(5), a: parseNetwork('densenet169') })).toBeNull();
    expect(pageBefore(null, DEFAULT_STATE)).toBeNull();
  });

  it('takes a link with a step alone for the whole step', () => {
    for (const number of numbers) {
      expect(bareLinkFields(readUrl(`?tour=${number}`).state)).toEqual(stepFields(number));
    }
    expect(bareLinkFields(readUrl('?tour=3&a=densenet169').state)).toBeNull();
    expect(bareLinkFields(readUrl('').state)).toBeNull();
  });
});
