/**
 * The guided tour as data: its steps in order, each with the state of the page that it shows. Pure; what the steps say
 * is views/tour/words.ts, and walking through them views/tour/walk.ts.
 */
import { formatNetwork, parseNetwork } from '../network/text';
import type { NetworkSpec } from '../network/spec';
import { DEFAULT_STATE, TOUR_STEPS } from './pageState';
import type { PageState } from './pageState';
import { readUrl, writeUrl } from './url';

/** What a step sets. How things are counted stays as the person has it. */
export type TourFields = Omit<PageState, 'convention' | 'parameters' | 'tour'>;

export type TourId = 'dense' | 'split' | 'cio' | 'truncate' | 'first' | 'last' | 'listing' | 'photo';

export interface TourStep {
  readonly id: TourId;
  readonly title: string;
  readonly shows: TourFields;
}

/** The page at rest: everything a step does not speak of is at its default, so that each step looks the same always. */
const { convention: _convention, parameters: _parameters, tour: _tour, ...REST } = DEFAULT_STATE;

const DENSE = parseNetwork('densenet121');
const STANDARD = parseNetwork('cspdensenet121-standard');
const FIRST = parseNetwork('cspdensenet121-first');
const LAST = parseNetwork('cspdensenet121-last');
const LISTING = parseNetwork('cspdensenet121-last@definition=listing');

function step(id: TourId, title: string, a: NetworkSpec, b: NetworkSpec | null, fields: Partial<TourFields>): TourStep {
  return { id, title, shows: { ...REST, a, b, ...fields } };
}

/** Where the drawing is looked at where it is wider than the screen, as shares of it: a step speaks of one end. */
const AT_SPLIT = { centre: [0.2, 0.5] } as const;
const AT_LAYERS = { centre: [0.35, 0.5] } as const;
const AT_TRANSITION = { centre: [0.75, 0.5] } as const;

/** The steps in order; a link counts them from 1. */
export const TOUR: readonly TourStep[] = [
  step('dense', 'DenseNet keeps everything', DENSE, null, { view: 'flow', select: 'growth', ...AT_LAYERS }),
  step('split', 'CSP splits the base layer', STANDARD, DENSE, { view: 'flow', select: 'part1', ...AT_SPLIT }),
  step('cio', 'Why memory traffic falls', STANDARD, null, { view: 'cost', metric: 'cio' }),
  step('truncate', 'Truncating the gradient', STANDARD, DENSE, {
    view: 'flow',
    flow: 'gradient',
    weight: 'wU',
    ...AT_TRANSITION,
  }),
  step('first', 'Fusion first', FIRST, null, { view: 'flow', select: 'transition', ...AT_TRANSITION }),
  step('last', 'Fusion last', FIRST, LAST, { view: 'flow', select: 'transition', ...AT_TRANSITION }),
  step('listing', 'What the article’s code does differently', LAST, LISTING, { view: 'cost', metric: 'compute' }),
  step('photo', 'Your own photo', DEFAULT_STATE.a, DEFAULT_STATE.b, { view: 'classify' }),
];

/**
 * A step of the tour.
 * @param number 1 … TOUR_STEPS
 * @throws RangeError naming the number where there is no such step.
 */
export function tourStep(number: number): TourStep {
  const found = TOUR[number - 1];
  if (!found) throw new RangeError(`step is ${number}; allowed is 1 to ${TOUR_STEPS}`);
  return found;
}

/** The fields of the page's state that show a step. */
export function stepFields(number: number): Partial<PageState> {
  return { ...tourStep(number).shows, tour: number };
}

const sameNetwork = (one: NetworkSpec | null, other: NetworkSpec | null) =>
  one === null || other === null ? one === other : formatNetwork(one) === formatNetwork(other);

/** Whether the page no longer shows what the state's step speaks of: other networks, another stage or direction. */
export function hasLeftStep(state: PageState): boolean {
  const { shows } = tourStep(state.tour);
  return (
    !sameNetwork(state.a, shows.a) ||
    !sameNetwork(state.b, shows.b) ||
    state.stage !== shows.stage ||
    state.flow !== shows.flow
  );
}

/**
 * What ending the tour sets.
 * @param before the page before the tour, which comes back, save for the section on the screen and how things are
 *   counted; null where nothing is to come back.
 */
export function endFields(before: PageState | null): Partial<PageState> {
  if (before === null) return { tour: 0 };
  const { view: _view, convention: _c, parameters: _p, ...kept } = before;
  return { ...kept, tour: 0 };
}

/**
 * The page that comes back after the tour.
 * @param remembered the page before the tour as its link, from {@link writeUrl}; null where a link opened the tour.
 * @param state the page as it is. Where it shows just what the step shows it is no one's own: the default comes back.
 * @returns null where the page is to stay as it is.
 */
export function pageBefore(remembered: string | null, state: PageState): PageState | null {
  if (remembered !== null) return { ...readUrl(remembered).state, tour: 0 };
  return state.tour === 0 || hasLeftStep(state) ? null : DEFAULT_STATE;
}

/** Fields for a link that names a step and nothing else, which means the step as the tour shows it; null for others. */
export function bareLinkFields(state: PageState): Partial<PageState> | null {
  if (state.tour === 0 || writeUrl(state) !== writeUrl({ ...DEFAULT_STATE, tour: state.tour })) return null;
  return stepFields(state.tour);
}
