/** A drawing made small, for the mini-map and the strip of stages. */
import { memo } from 'react';
import { cssColour } from '../../diagram/roles';
import type { Thumbnail } from '../../diagram/thumbnail';

export const ThumbnailPaths = memo(function ThumbnailPaths({ of }: { readonly of: Thumbnail }) {
  return of.paths.map(({ d, colour }) => (
    <path key={`${colour.light} ${colour.dark}`} d={d} style={{ fill: cssColour(colour) }} />
  ));
});
