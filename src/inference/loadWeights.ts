/** A load's source → every parameter of the network: fetched by a card, read from the user's file, or made from a seed. */
import type { Network } from '../network/network';
import { describeMisfit, fitWeights, summariseMisfit } from '../weights/fit';
import type { Weights } from '../weights/fit';
import { readSafetensors } from '../weights/safetensors';
import { seedWeights } from '../weights/seeded';
import { WeightsError } from '../weights/weightsError';
import { fetchWeights } from './fetchWeights';
import type { FetchOptions } from './fetchWeights';
import { EngineError } from './protocol';
import type { WeightsSource } from './protocol';

/** Weights and where they came from. */
export interface LoadedWeights {
  readonly weights: Weights;
  /** Of the file; for a seed, of the weights. */
  readonly bytes: number;
  readonly fromCache: boolean;
  /** Fetching or making, checking and reading, ms. */
  readonly fetchMs: number;
}

async function readFile(file: Blob, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('weights-unavailable', `${name} could not be read: ${reason}`);
  }
}

function fit(network: Network, bytes: Uint8Array, name: string): Weights {
  let found;
  try {
    found = fitWeights(network, readSafetensors(bytes));
  } catch (error) {
    if (error instanceof WeightsError) throw new EngineError('weights-corrupt', `${name}: ${error.message}`);
    throw error;
  }
  if (found.ok) return found.weights;
  throw new EngineError('weights-mismatch', `${name}: ${summariseMisfit(found)}`, describeMisfit(found));
}

/**
 * The weights of a network.
 * @throws EngineError `weights-unavailable`, `weights-corrupt`, `weights-mismatch` with a line for every tensor that
 * does not fit; the signal's reason.
 */
export async function loadWeights(
  network: Network,
  source: WeightsSource,
  options: FetchOptions,
): Promise<LoadedWeights> {
  const started = performance.now();
  if (source.kind === 'seeded') {
    const weights = seedWeights(network, source.seed);
    let bytes = 0;
    for (const { byteLength } of weights.values()) bytes += byteLength;
    return { weights, bytes, fromCache: false, fetchMs: performance.now() - started };
  }
  const name = source.kind === 'card' ? source.card.file : source.name;
  const { bytes, fromCache } =
    source.kind === 'card'
      ? await fetchWeights(source.card, source.url, options)
      : { bytes: await readFile(source.file, name), fromCache: false };
  options.signal.throwIfAborted();
  const weights = fit(network, bytes, name);
  return { weights, bytes: bytes.length, fromCache, fetchMs: performance.now() - started };
}
