/** What the parts of cost ask about the compared networks. */
import { conventionName, PARAMETER_TEXTS } from '../../analysis/conventions';
import type { Analysis } from '../../analysis/cost';
import type { Counting } from '../../analysis/metrics';
import { networkCaption } from '../../exports/caption';
import type { Compared } from '../useAnalysis';

/** Names of all stages of all networks, in order: networks may differ in their number of stages. */
export function allStages(networks: readonly Compared[]): readonly string[] {
  const longest = networks.reduce((best, one) =>
    one.analysis.stages.length > best.analysis.stages.length ? one : best,
  );
  return longest.analysis.stages.map((stage) => stage.name);
}

/** The plain DenseNet that a network is compared with; null for a plain one that stands for itself. */
export function plainFor(networks: readonly Compared[], { key }: Pick<Compared, 'key'>): Analysis | null {
  if (key === 'plain' || key === 'plainB') return null;
  const wanted = key === 'b' && networks.some((one) => one.key === 'plainB') ? 'plainB' : 'plain';
  return networks.find((one) => one.key === wanted)?.analysis ?? null;
}

/** What an exported picture says below it: the networks, and how they were counted. */
export function captionOf(networks: readonly Compared[], { convention, parameters }: Counting): string {
  const names = networks.map((one) => `${one.label}: ${networkCaption(one.network.spec)}`).join('; ');
  const params = PARAMETER_TEXTS[parameters].label.toLowerCase();
  return `${names}. One picture (batch 1). Compute: ${conventionName(convention)}; parameters: ${params}.`;
}

/** What the file of a picture is named after: A and B, and no DenseNet that only stands beside them. */
export function namesOf(networks: readonly Compared[]): readonly string[] {
  return networks.filter((one) => one.comparison !== null).map((one) => one.analysis.network);
}
