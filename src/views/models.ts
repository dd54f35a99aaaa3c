/** The trained networks that come with the page: their cards and where their weights are. */
import { readCard } from '../weights/card';
import type { ModelCard } from '../weights/card';

const FOLDER = new URL('models/', document.baseURI);

async function fetchJson(name: string): Promise<unknown> {
  const response = await fetch(new URL(name, FOLDER));
  if (!response.ok) throw new Error(`models/${name}: the server answered ${response.status}`);
  // Servers that answer every address with the page itself say so in the type.
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) throw new Error(`models/${name}: the server sent ${type || 'no type'} instead of JSON`);
  return response.json();
}

/**
 * Fetches and validates all model cards named in models/index.json.
 * @throws Error that names the file and what was wrong with it.
 */
export async function loadCards(): Promise<readonly ModelCard[]> {
  const names = await fetchJson('index.json');
  if (!Array.isArray(names)) throw new Error('models/index.json is not a list of cards');
  return Promise.all(names.map(async (name) => readCard(await fetchJson(String(name)), String(name))));
}

/** Absolute address of a card's weights. */
export function weightsUrl(card: ModelCard): string {
  return new URL(card.file, FOLDER).href;
}
