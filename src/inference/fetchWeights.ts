/**
 * A card's weights file: from the browser's cache or the network, with progress, checked against the card's length and
 * sha256 either way. Bytes only; reading them as tensors is weights/.
 */
import type { ModelCard } from '../weights/card';
import { checkContentType, faultIn } from '../weights/verify';
import { EngineError } from './protocol';

/** Name of the cache; its entries are keyed by address and sha256, so that new weights never meet old ones. */
export const WEIGHTS_CACHE = 'cspnet-lens-weights';

/** What a browser gives and tests replace. */
export interface FetchOptions {
  readonly fetch?: typeof fetch;
  /** `undefined` where the browser has no cache to offer. */
  readonly caches?: Pick<CacheStorage, 'open'> | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A verified file. */
export interface FetchedWeights {
  readonly bytes: Bytes;
  readonly fromCache: boolean;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Reads a response piece by piece. */
async function readBody(response: Response, expected: number, options: FetchOptions): Promise<Bytes> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const pieces: Uint8Array[] = [];
  let done = 0;
  options.onProgress?.(0, expected);
  try {
    for (;;) {
      options.signal.throwIfAborted();
      const { done: ended, value } = await reader.read();
      if (ended) break;
      pieces.push(value);
      done += value.length;
      options.onProgress?.(done, expected);
      // A wrong file may be endless.
      if (done > expected) break;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  const bytes = new Uint8Array(done);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function request(url: string, card: ModelCard, options: FetchOptions): Promise<Bytes> {
  let response: Response;
  try {
    response = await (options.fetch ?? fetch)(url, { signal: options.signal });
  } catch (error) {
    options.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('weights-unavailable', `${card.file} could not be fetched: ${reason}`, [url]);
  }
  if (!response.ok) {
    const status = `${response.status} ${response.statusText}`.trim();
    throw new EngineError('weights-unavailable', `${card.file} could not be fetched: the server answered ${status}`, [
      url,
    ]);
  }
  try {
    checkContentType(card.file, response.headers.get('content-type'));
  } catch (error) {
    await response.body?.cancel().catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('weights-unavailable', reason, [url]);
  }
  try {
    return await readBody(response, card.bytes, options);
  } catch (error) {
    options.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('weights-unavailable', `fetching ${card.file} broke off: ${reason}`, [url]);
  }
}

/** A browser may have no cache, forbid it or be out of space: then there is none, and nothing else changes. */
async function openCache(options: Pick<FetchOptions, 'caches'>): Promise<Cache | undefined> {
  const storage = 'caches' in options ? options.caches : typeof caches === 'undefined' ? undefined : caches;
  return storage?.open(WEIGHTS_CACHE).catch(() => undefined);
}

function keyOf(card: ModelCard, url: string): string {
  const key = new URL(url);
  key.searchParams.set('sha256', card.sha256);
  return key.href;
}

/** Keeps a card's weights no longer: what its network computes with them is not what the card says. */
export async function forgetWeights(
  card: ModelCard,
  url: string,
  options: Pick<FetchOptions, 'caches'>,
): Promise<void> {
  const cache = await openCache(options);
  await cache?.delete(keyOf(card, url)).catch(() => false);
}

/**
 * The weights of a card.
 * @param url absolute address of the file.
 * @throws EngineError `weights-unavailable`, `weights-corrupt`; the signal's reason.
 */
export async function fetchWeights(card: ModelCard, url: string, options: FetchOptions): Promise<FetchedWeights> {
  const cache = await openCache(options);
  const key = keyOf(card, url);
  const kept = await cache?.match(key).catch(() => undefined);
  if (cache && kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if ((await faultIn(card, bytes)) === undefined) {
      options.onProgress?.(bytes.length, bytes.length);
      return { bytes, fromCache: true };
    }
    await cache.delete(key).catch(() => false);
  }
  options.signal.throwIfAborted();
  const bytes = await request(url, card, options);
  const fault = await faultIn(card, bytes);
  if (fault !== undefined) throw new EngineError('weights-corrupt', fault, [url]);
  await cache?.put(key, new Response(bytes)).catch(() => undefined);
  return { bytes, fromCache: false };
}
