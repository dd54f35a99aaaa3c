/**
 * For tests only: the parity fixtures of src/inference/fixtures, small networks with random weights that PyTorch 1.13
 * ran. Gives each as a Network with its tensors and what PyTorch computed.
 */
import { readFileSync } from 'node:fs';
import { buildNetwork } from '../network/build';
import type { Network } from '../network/network';
import { makeSpec } from '../network/spec';
import type { Fusion } from '../network/spec';
import { readSafetensors, readSafetensorsMetadata } from './safetensors';
import type { Tensor } from './safetensors';

export const FIXTURES = ['stand', 'fusionfirst', 'fusionlast', 'densenet'].flatMap((model) =>
  ['even', 'odd'].map((size) => `${model === 'densenet' ? 'torchvision' : 'listing'}-${model}-${size}`),
);

const FUSIONS: Readonly<Record<string, Fusion>> = {
  stand: 'standard',
  fusionfirst: 'first',
  fusionlast: 'last',
  densenet: 'plain',
};

export interface Fixture {
  readonly name: string;
  readonly network: Network;
  /** The state_dict. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** `input` [N,3,H,W], `logits` [N,classes], `activation.<module>` for each child of `features`. */
  readonly io: ReadonlyMap<string, Tensor>;
}

/** The bytes of one of the fixtures' files. */
export function fixtureBytes(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../inference/fixtures/${file}`, import.meta.url)));
}

/** Reads a fixture, one of {@link FIXTURES}. */
export function readFixture(name: string): Fixture {
  const bytes = fixtureBytes(`${name}.safetensors`);
  const metadata = readSafetensorsMetadata(bytes);
  const fusion = FUSIONS[metadata.model ?? ''];
  if (!fusion) throw new Error(`fixture ${name} is of model ${metadata.model}`);
  const blocks: number[] = JSON.parse(metadata.block_config ?? '[]');
  const spec = makeSpec({
    fusion,
    definition: 'listing',
    growth: Number(metadata.growth_rate),
    blocks,
    stem: Number(metadata.num_init_features),
    bottleneck: Number(metadata.bn_size),
    classes: Number(metadata.num_classes),
    size: Number(metadata.image_size),
  });
  return {
    name,
    network: buildNetwork(spec),
    tensors: readSafetensors(bytes),
    io: readSafetensors(fixtureBytes(`${name}.io.safetensors`)),
  };
}
