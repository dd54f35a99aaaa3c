/** For tests: a model card and its weights file for a tiny network, made on the spot. */
import { buildNetwork } from '../../network/build';
import { parametersOf } from '../../network/parameters';
import { parseNetwork } from '../../network/text';
import { readCard } from '../../weights/card';
import type { ModelCard } from '../../weights/card';
import { selfCheckInput } from '../../weights/selfCheck';
import { sha256InScript } from '../../weights/sha256';
import { randomWeights, referenceOutputs } from './reference';

/** The network of the card. */
export const TINY = 'cspdensenet-first@growth=2,blocks=1-2,stem=4,classes=3,size=12';
/** Another one that can stand in its place. */
export const TINY_LAST = 'cspdensenet-last@growth=2,blocks=1-2,stem=4,classes=3,size=12';

/** A safetensors file, float32, of a network's weights. */
export function safetensorsOf(network: string, weights: ReadonlyMap<string, Float32Array>): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const { name, shape } of parametersOf(buildNetwork(parseNetwork(network)))) {
    const start = end;
    end += (weights.get(name)?.length ?? 0) * 4;
    header[name] = { dtype: 'F32', shape, data_offsets: [start, end] };
  }
  const head = new TextEncoder().encode(
    JSON.stringify(header).padEnd(8 * Math.ceil(JSON.stringify(header).length / 8)),
  );
  const bytes = new Uint8Array(8 + head.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  for (const [name, values] of weights) {
    const entry = header[name];
    if (entry === undefined) continue;
    const { data_offsets: offsets } = entry as { data_offsets: readonly [number, number] };
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 8 + head.length + offsets[0]);
  }
  return bytes;
}

/** A card for the tiny network with random weights, and the file that it describes. */
export function tinyCard(): { card: ModelCard; bytes: Uint8Array<ArrayBuffer> } {
  const network = buildNetwork(parseNetwork(TINY));
  const weights = randomWeights(network, 11);
  const bytes = safetensorsOf(TINY, weights);
  const measured = { count: 10, top1: 0.5, interval: [0.2, 0.8] };
  const draft = {
    format: 1,
    network: TINY,
    title: 'Tiny',
    file: 'tiny.safetensors',
    bytes: bytes.length,
    sha256: sha256InScript(bytes),
    classes: ['x', 'y', 'z'].map((id) => ({ id, name: id })),
    preprocessing: { size: 12, resizeShorterSide: 14, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    licence: 'CC0-1.0',
    dataset: { name: 'none', photos: { train: 0, val: 0, test: 0 }, sources: [] },
    recipe: {},
    accuracy: { split: 'test', overall: measured, top5: 1, perSource: [], validation: measured },
    calibration: { temperature: 1, threshold: 0.5, fittedOn: 'val', rule: 'none' },
    selfCheck: {
      formula: 'see card.ts',
      multiplier: 37,
      increment: 5,
      modulus: 1009,
      scale: 4,
      offset: -2,
      logits: [0, 0, 0],
    },
  };
  const unchecked = readCard(draft, 'tiny');
  const outputs = referenceOutputs(network, weights, selfCheckInput(unchecked));
  const logits = [...(outputs.get('head/linear') ?? [])];
  return { card: readCard({ ...draft, selfCheck: { ...draft.selfCheck, logits } }, 'tiny'), bytes };
}
