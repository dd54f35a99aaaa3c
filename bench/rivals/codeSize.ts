/** How much code and wasm this worker has fetched. Only the built site's numbers mean anything. */
import type { CodeSize } from './protocol';

async function gzipped(body: ArrayBuffer): Promise<number> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** Sizes of the worker's own script and of all it fetched, but for weights; taken from the browser's cache again. */
export async function codeSize(): Promise<CodeSize> {
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name);
  const code = new Set([self.location.href, ...fetched].filter((name) => /\.(m?js|wasm)(\?|$)/.test(name)));
  let bytes = 0;
  let gzipBytes = 0;
  for (const address of code) {
    const body = await (await fetch(address, { cache: 'force-cache' })).arrayBuffer();
    bytes += body.byteLength;
    gzipBytes += await gzipped(body);
  }
  return { bytes, gzipBytes };
}
