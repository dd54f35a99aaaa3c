/** Whether downloaded bytes are the file that a model card describes. */
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
 * Checks length and SHA-256 of downloaded weights.
 * @throws WeightsError saying whether the file is a page, cut short, too long or altered, with both values.
 */
export async function verifyBytes(
  card: Pick<ModelCard, 'file' | 'bytes' | 'sha256'>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const foreign = foreignFile(bytes);
  if (foreign !== undefined) throw new WeightsError(`${card.file}: ${foreign}`);
  if (bytes.length !== card.bytes) {
    const what = bytes.length < card.bytes ? 'is cut short' : 'is longer than it should be';
    throw new WeightsError(`${card.file} ${what}: got ${number(bytes.length)} of ${number(card.bytes)} bytes`);
  }
  const found = await sha256(bytes);
  if (found !== card.sha256) {
    throw new WeightsError(
      `${card.file} was altered: its SHA-256 is ${found.slice(0, 12)}…, its card says ${card.sha256.slice(0, 12)}…`,
    );
  }
}
