import { color, lab, rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { cssColour, growthColour, isRole, ROLE_COLOURS, ROLE_NAMES, ROLES } from './roles';

/** Machado, Oliveira, Fernandes 2009, severity 1; rows of matrices that act on linear RGB. */
const VISION = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const gamma = (v: number) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

function seen(hex: string, vision: keyof typeof VISION) {
  const c = rgb(hex);
  const [r, g, b] = [c.r, c.g, c.b].map((v) => linear(v / 255));
  const m = VISION[vision];
  const row = (i: number) => (m[i] ?? 0) * (r ?? 0) + (m[i + 1] ?? 0) * (g ?? 0) + (m[i + 2] ?? 0) * (b ?? 0);
  const [x, y, z] = [row(0), row(3), row(6)].map((v) => 255 * gamma(Math.min(1, Math.max(0, v))));
  return lab(rgb(x ?? 0, y ?? 0, z ?? 0));
}

function difference(one: string, other: string, vision: keyof typeof VISION): number {
  const [p, q] = [seen(one, vision), seen(other, vision)];
  return Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);
}

/** Roles that touch each other in a stage's drawing. */
const NEIGHBOURS = [
  ['base', 'part1'],
  ['base', 'part2'],
  ['part1', 'part2'],
  ['part2', 'growth'],
  ['growth', 'transition'],
  ['part2', 'transition'],
  ['part1', 'transition'],
  ['part1', 'growth'],
] as const;

describe('role colours', () => {
  it.each(['light', 'dark'] as const)('are told apart where they touch, %s', (scheme) => {
    for (const vision of ['normal', 'protan', 'deutan', 'tritan'] as const) {
      for (const [one, other] of NEIGHBOURS) {
        const d = difference(ROLE_COLOURS[one][scheme], ROLE_COLOURS[other][scheme], vision);
        expect(d, `${one} and ${other}, ${vision}`).toBeGreaterThan(12);
      }
    }
  });

  it.each(['light', 'dark'] as const)('are told apart where they touch in greyscale, %s', (scheme) => {
    const lightness = (colour: string) => lab(colour).l;
    const role = (name: keyof typeof ROLE_COLOURS) => ROLE_COLOURS[name][scheme];
    const [first, last] = [growthColour(1, 6)[scheme], growthColour(6, 6)[scheme]];
    const touching = [
      ...NEIGHBOURS.filter((pair) => !pair.some((name) => name === 'growth')).map(
        ([one, other]) => [one, other, role(one), role(other)] as const,
      ),
      ['part2', 'x₁', role('part2'), first],
      ['part1', 'x₁', role('part1'), first],
      ['xₘ', 'transition', last, role('transition')],
    ] as const;
    for (const [one, other, p, q] of touching) {
      expect(Math.abs(lightness(p) - lightness(q)), `${one} and ${other}`).toBeGreaterThan(7);
    }
  });

  it('are all different, all colours, and all named', () => {
    for (const scheme of ['light', 'dark'] as const) {
      expect(new Set(ROLES.map((role) => ROLE_COLOURS[role][scheme])).size).toBe(ROLES.length);
    }
    for (const role of ROLES) {
      expect(color(ROLE_COLOURS[role].light)).not.toBeNull();
      expect(ROLE_NAMES[role]).not.toBe('');
      expect(isRole(role)).toBe(true);
    }
    expect(isRole('stage1/merge')).toBe(false);
  });

  it('run from amber to red along the dense layers, darker step by step', () => {
    expect(growthColour(1, 6).light).toBe('#f5a50b');
    expect(growthColour(6, 6).light).toBe('#c81e3c');
    expect(growthColour(1, 1)).toEqual(growthColour(1, 6));
    const shades = [1, 2, 3, 4, 5, 6].map((i) => lab(growthColour(i, 6).light).l);
    expect(shades).toEqual([...shades].sort((p, q) => q - p));
  });

  it('follow the scheme in CSS', () => {
    expect(cssColour({ light: '#000000', dark: '#ffffff' })).toBe('light-dark(#000000, #ffffff)');
  });
});
