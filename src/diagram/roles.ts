/**
 * The one table of role colours, used by diagram, charts, legend and text, with the ramp of the dense layers.
 * Only colours and names; what a role means for a node is network/.
 */
import { interpolateLab } from 'd3';
import type { Role } from '../network/network';

/** One colour for each colour scheme, sRGB. */
export interface ColourPair {
  readonly light: string;
  readonly dark: string;
}

/** In the order in which a network uses them. */
export const ROLES = [
  'stem',
  'base',
  'part1',
  'part2',
  'growth',
  'transition',
  'merge',
  'head',
] as const satisfies readonly Role[];

/**
 * A colour per role. Those that touch in the drawing are told apart with every common colour blindness and in
 * greyscale (roles.test.ts): the transition's violet is darker than x₀′'s blue since with green blindness both are the
 * same hue. `growth` is the middle of the ramp.
 */
export const ROLE_COLOURS: Readonly<Record<Role, ColourPair>> = {
  stem: { light: '#a16207', dark: '#d6b16b' },
  base: { light: '#475569', dark: '#66758b' },
  part1: { light: '#2563eb', dark: '#5c97f7' },
  part2: { light: '#0d9488', dark: '#24c3af' },
  growth: { light: '#ea7a27', dark: '#f29450' },
  transition: { light: '#5b21b6', dark: '#7340e0' },
  merge: { light: '#0f172a', dark: '#e2e8f0' },
  head: { light: '#9d174d', dark: '#f472b6' },
};

/** What to call a role in a legend. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  stem: 'stem',
  base: 'x₀, x_U',
  part1: 'x₀′ bypasses',
  part2: 'x₀″ enters the block',
  growth: 'dense layers x₁, x₂ …',
  transition: 'transition',
  merge: 'concat',
  head: 'head',
};

const RAMP = {
  light: interpolateLab('#f5a50b', '#c81e3c'),
  dark: interpolateLab('#fbc34d', '#ee5566'),
};

const hex = (colour: string) =>
  `#${(colour.match(/\d+/g) ?? [])
    .slice(0, 3)
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')}`;

/**
 * Colour of the x_i of a dense block, amber for the first, red for the last.
 * @param index 1 … count
 */
export function growthColour(index: number, count: number): ColourPair {
  const t = count < 2 ? 0 : (index - 1) / (count - 1);
  return { light: hex(RAMP.light(t)), dark: hex(RAMP.dark(t)) };
}

/** A pair as one CSS colour that follows the element's `color-scheme`. */
export function cssColour(pair: ColourPair): string {
  return `light-dark(${pair.light}, ${pair.dark})`;
}

/** {@link cssColour} of a role. */
export function roleColour(role: Role): string {
  return cssColour(ROLE_COLOURS[role]);
}

/** Whether a text, such as the page's selection, names a role. */
export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
