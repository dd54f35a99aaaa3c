import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCard } from '../weights/card';
import { SELF_CHECK_TOLERANCE } from '../weights/selfCheck';
import { LocalEngine } from './engine';

const MODELS = new URL('../../public/models/', import.meta.url);
const cards = readdirSync(MODELS).filter((file) => file.endsWith('.json') && file !== 'index.json');

describe.each(cards)('trained network of %s', (file) => {
  it('is what its card says, and gives the logits that PyTorch gave', async () => {
    const card = readCard(JSON.parse(readFileSync(new URL(file, MODELS), 'utf8')), file);
    const fetch = () => Promise.resolve(new Response(readFileSync(new URL(card.file, MODELS))));
    const engine = new LocalEngine({ choice: { backend: 'cpu' }, caches: undefined, fetch });
    const url = 'https://example.test/model.safetensors';
    const loaded = await engine.load('a', { network: card.network, weights: { kind: 'card', card, url } });
    expect(loaded.classes).toBe(card.classes.length);
    const { maxRelativeDifference } = await engine.selfCheck('a');
    await engine.dispose();
    expect(maxRelativeDifference).toBeLessThan(SELF_CHECK_TOLERANCE);
  });
});
