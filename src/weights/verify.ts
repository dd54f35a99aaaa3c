/** Whether bytes are the file that a model card describes. Fetching them is inference/. */
import type { ModelCard } from './card';
import { foreignFile } from './foreignFiles';
import { sha256 } from './sha256';
import { WeightsError } from './weightsError';

const number = (value: number) => value.toLocaleString('en-US');

/**
 * Checks what an HTTP answer says about itself before its body is read: servers of single-page sites answer a missing
 * file with their page.
 * @throws WeightsError where the answer is a page.
 */
export function checkContentType(file: string, contentType: string | null): void {
  if (contentType !== null && /^\s*text\/html\b/i.test(contentType)) {
    throw new WeightsError(
      `the server answered with a page (${contentType}) instead of ${file}: the file is not there`,
    );
  }
}

/**
 * What is wrong with the bytes of a card's weights by length and SHA-256: a page, cut short, too long or altered, with
 * both values.
 * @returns undefined where nothing is.
 */
export async function faultIn(
  card: Pick<ModelCard, 'file' | 'bytes' | 'sha256'>,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const foreign = foreignFile(bytes);
  if (foreign !== undefined) return `${card.file}: ${foreign}`;
  if (bytes.length !== card.bytes) {
    const what = bytes.length < card.bytes ? 'is cut short' : 'is longer than it should be';
    return `${card.file} ${what}: got ${number(bytes.length)} of ${number(card.bytes)} bytes`;
  }
  const found = await sha256(bytes);
  if (found === card.sha256) return undefined;
  return `${card.file} was altered: its SHA-256 is ${found.slice(0, 12)}…, its card says ${card.sha256.slice(0, 12)}…`;
}
