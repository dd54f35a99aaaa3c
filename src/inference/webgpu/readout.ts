/**
 * Outputs of nodes out of the feature maps that hold them: copied before anything can be written over them, put together
 * channel by channel, and batch norm and ReLU applied where the kernels only do so while loading.
 */
import type { Shape } from '../../network/network';
import type { PassingValue } from '../executor';
import type { Piece, Source } from '../plan/fuse';
import { GROUP } from '../plan/place';
import type { PlacedPiece, Placement } from '../plan/place';
import { normAsScale } from '../plan/planWeights';
import type { Weights } from '../plan/planWeights';
import type { NetworkBuffers } from './program';

/** A node's output on its way to be read; the copies are there until it is disposed of. */
export interface Copied extends PassingValue {
  dispose(): void;
}

/** Where a piece lies: in one place or, cut, in several. */
function placesOf({ maps }: Placement, { value, from, to }: Piece): readonly PlacedPiece[] {
  return maps
    .flatMap(({ pieces }) => pieces)
    .filter((piece) => piece.value === value && piece.from >= from && piece.to <= to)
    .sort((a, b) => a.from - b.from);
}

/** Pieces out of feature maps → [H,W,C]. */
function assemble(
  placement: Placement,
  places: readonly PlacedPiece[],
  maps: ReadonlyMap<number, Float32Array>,
  [channels, height, width]: Shape,
): Float32Array {
  const out = new Float32Array(channels * height * width);
  let channel = 0;
  for (const { map, group, from, to } of places) {
    const values = maps.get(map) ?? new Float32Array();
    const stride = (placement.maps[map]?.groups ?? 0) * GROUP;
    for (let c = from; c < to; c++, channel++) {
      let at = group * GROUP + c - from;
      for (let pixel = 0; pixel < height * width; pixel++, at += stride) {
        out[pixel * channels + channel] = values[at] ?? 0;
      }
    }
  }
  if (channel !== channels) throw new Error(`${channel} of ${channels} channels have a place`);
  return out;
}

/**
 * Records copies of what an output consists of.
 * @param weights of the batch norms.
 */
export function copyOut(
  encoder: GPUCommandEncoder,
  buffers: NetworkBuffers,
  placement: Placement,
  source: Source,
  weights: Weights,
): Copied {
  const { network } = placement.plan;
  const { shape } = source;
  const places = source.pieces.flatMap((piece) => placesOf(placement, piece));
  const staged = [...new Set(places.map(({ map }) => map))].map((map) => ({ map, ...buffers.copyMap(encoder, map) }));
  return {
    shape,
    async read() {
      const maps = new Map<number, Float32Array>();
      for (const { map, read } of staged) maps.set(map, await read());
      const out = assemble(placement, places, maps, shape);
      if (source.norm === undefined) return out;
      const { scale, shift } = normAsScale(network, source.norm, weights);
      for (let at = 0, c = 0; at < out.length; at++, c = c + 1 === shape[0] ? 0 : c + 1) {
        out[at] = Math.max(0, (out[at] ?? 0) * (scale[c] ?? 0) + (shift[c] ?? 0));
      }
      return out;
    },
    dispose() {
      for (const { buffer } of staged) buffer.destroy();
    },
  };
}
