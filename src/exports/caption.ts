/** What a picture that travels alone says of a network: its name, what it is given and by whose definition it is built. */
import type { NetworkSpec } from '../network/spec';
import { formatNetwork } from '../network/text';

/** `cspdensenet121-first, input 224 × 224, as the paper defines it` */
export function networkCaption(spec: NetworkSpec): string {
  const defined =
    spec.fusion === 'plain'
      ? 'as the DenseNet paper defines it'
      : spec.definition === 'listing'
        ? 'as the article’s listing defines it'
        : 'as the CSPNet paper defines it';
  return `${formatNetwork(spec)}, input ${spec.size} × ${spec.size}, ${defined}`;
}
