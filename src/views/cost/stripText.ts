/** The strip of all layers in words: one layer in all networks, and what chosen layers add up to. */
import { layerUnit } from '../../analysis/conventions';
import type { LayerCost } from '../../analysis/cost';
import { formatCount, formatShape, formatShare } from '../../analysis/format';
import { sumLayers } from '../../analysis/layerStrip';
import { formatMetric, metricOf } from '../../analysis/metrics';
import type { Counting } from '../../analysis/metrics';
import type { Compared } from '../useAnalysis';

/** `115.6 M MACs, 64×56×56 → 128×56×56, CIO 602.1 k`. */
function layerText(layer: LayerCost, counting: Counting): string {
  const compute = formatMetric('compute', metricOf(layer, 'compute', counting));
  return `${compute} ${layerUnit(counting.convention)}, ${formatShape(layer.in)} → ${formatShape(layer.out)}, CIO ${formatCount(layer.cio)}`;
}

/** A layer by id in all networks that have it. */
export function layersText(
  networks: readonly Compared[],
  layers: readonly (readonly LayerCost[])[],
  id: string,
  counting: Counting,
): string {
  const found = networks.flatMap((one, index) => {
    const layer = layers[index]?.find((other) => other.id === id);
    return layer ? [`${one.label} ${layerText(layer, counting)}`] : [];
  });
  return `${id}: ${found.join('; ')}`;
}

/** `A 12 layers: Σ 345.6 M MACs (13.4 % of A), Σ CIO 2.1 M (10.6 %)`. */
export function chosenText(one: Compared, chosen: readonly LayerCost[], counting: Counting): string {
  const sum = sumLayers(chosen, one.analysis, counting.convention);
  const layers = sum.count === 1 ? '1 layer' : `${sum.count} layers`;
  return (
    `${layers}: Σ ${formatCount(sum.compute)} ${layerUnit(counting.convention)} (${formatShare(sum.computeShare)} of ${one.label}), ` +
    `Σ CIO ${formatCount(sum.cio)} (${formatShare(sum.cioShare)})`
  );
}
