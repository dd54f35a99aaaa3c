/** The weights that come with the page: every card of public/models is valid and describes the file beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { formatNetwork, parseNetwork } from '../network/text';
import { readCard } from './card';
import { describeMisfit, fitWeights } from './fit';
import { readSafetensors } from './safetensors';
import { selfCheckInput } from './selfCheck';
import { faultIn } from './verify';

const FOLDER = new URL('../../public/models/', import.meta.url);
const index: unknown = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8'));
const names = Array.isArray(index) ? index.map(String) : [];

it('lists every card', () => {
  const cards = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== 'index.json');
  expect(names.toSorted()).toEqual(cards.toSorted());
  expect(names.length).toBeGreaterThan(0);
});

describe.each(names)('%s', (name) => {
  const card = readCard(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')), name);
  const bytes = readFileSync(new URL(card.file, FOLDER));

  it('describes the file beside it', async () => {
    expect(await faultIn(card, bytes)).toBeUndefined();
  });

  it('names its network in the one text form, and the weights fit it', () => {
    const spec = parseNetwork(card.network);
    expect(formatNetwork(spec)).toBe(card.network);
    const fit = fitWeights(buildNetwork(spec), readSafetensors(bytes));
    expect(fit.ok ? [] : describeMisfit(fit)).toEqual([]);
    expect(card.classes).toHaveLength(spec.classes);
    expect(card.preprocessing.size).toBe(spec.size);
    expect(card.preprocessing.resizeShorterSide).toBe(Math.round((spec.size * 13) / 12));
  });

  it('has a self-check of its size', () => {
    expect(card.selfCheck.logits).toHaveLength(card.classes.length);
    const input = selfCheckInput(card);
    expect(Math.min(...input)).toBeLessThan(-1.9);
    expect(Math.max(...input)).toBeGreaterThan(1.9);
  });

  it('would not be valid with fewer logits than classes', () => {
    const selfCheck = { ...card.selfCheck, logits: card.selfCheck.logits.slice(1) };
    expect(() => readCard({ ...card, selfCheck }, name)).toThrow('as many logits in selfCheck as classes');
  });

  it('agrees with itself about accuracy', () => {
    const { overall, perSource } = card.accuracy;
    expect(overall.count).toBe(card.dataset.photos.test);
    expect(perSource.reduce((sum, { count }) => sum + count, 0)).toBe(overall.count);
    const right = perSource.reduce((sum, { count, top1 }) => sum + Math.round(count * top1), 0);
    expect(right / overall.count).toBeCloseTo(overall.top1, 3);
    expect(perSource.map(({ source }) => source)).toEqual(card.dataset.sources.map(({ id }) => id));
    expect(overall.interval[0]).toBeLessThan(overall.top1);
    expect(overall.interval[1]).toBeGreaterThan(overall.top1);
  });

  it('carries its credits', () => {
    const lengths = card.dataset.sources.flatMap(({ file }) =>
      file === undefined ? [] : [readFileSync(new URL(file, FOLDER)).length],
    );
    expect(lengths.length).toBeGreaterThan(0);
    expect(Math.min(...lengths)).toBeGreaterThan(500);
  });
});
