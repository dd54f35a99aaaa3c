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

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Fetches and validates the model cards named in models/index.json; one that is bad does not keep the others away. */
export async function loadCards(): Promise<{ cards: readonly ModelCard[]; faults: readonly string[] }> {
  const cards: ModelCard[] = [];
  const faults: string[] = [];
  try {
    const names = await fetchJson('index.json');
    if (!Array.isArray(names)) throw new Error('models/index.json is not a list of cards');
    const read = async (name: string) => readCard(await fetchJson(name), name);
    for (const result of await Promise.allSettled(names.map((name) => read(String(name))))) {
      if (result.status === 'fulfilled') cards.push(result.value);
      else faults.push(reason(result.reason));
    }
  } catch (error) {
    faults.push(reason(error));
  }
  return { cards, faults };
}

/** Absolute address of a card's weights. */
export function weightsUrl(card: ModelCard): string {
  return new URL(card.file, FOLDER).href;
}
