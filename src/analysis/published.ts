/**
 * Numbers that others published, each with its source: the one place for them. Nothing here is computed by this
 * project, and nothing that it computes belongs here. Compute is BFLOPs, 10⁹ FLOPs at 2 per multiply-accumulate as
 * darknet counts; accuracy is top-1 on ImageNet in per cent; parameters are millions of weights, without batch
 * normalisation and biases.
 */
import type { Fusion } from '../network/spec';

/** Where a number stands. */
export const SOURCES = {
  paper: 'CSPNet, arXiv 1911.11929',
  table1: 'CSPNet, arXiv 1911.11929, Table 1',
  table3: 'CSPNet, arXiv 1911.11929, Table 3',
  figure4: 'CSPNet, arXiv 1911.11929, Figure 4',
  repository: 'the authors’ repository, WongKinYiu/CrossStagePartialNetworks',
  followUp: 'arXiv 2211.04800, Table 6',
} as const;

/** One row of Table 1: PeleeNet on ImageNet. */
export interface PeleeRow {
  readonly name: string;
  /** How its parts meet again; null for baselines that are thinned by other means. */
  readonly fusion: Fusion | null;
  /** null where nothing is split. */
  readonly gamma: number | null;
  /** Per cent. */
  readonly top1: number;
  readonly bflops: number;
}

const variant = (name: string, fusion: Fusion, cells: readonly (readonly [number, number, number])[]) =>
  cells.map(([gamma, top1, bflops]): PeleeRow => ({ name, fusion, gamma, top1, bflops }));

/** Table 1 of the paper: how γ and the fusion move accuracy and compute of PeleeNet. */
export const TABLE_1: readonly PeleeRow[] = [
  { name: 'PeleeNet', fusion: 'plain', gamma: null, top1: 70.7, bflops: 1.017 },
  { name: 'SPeleeNet, sparse', fusion: null, gamma: null, top1: 69.6, bflops: 0.904 },
  { name: 'PeleeNeXt, grouped', fusion: null, gamma: null, top1: 68.9, bflops: 0.837 },
  ...variant('CSPPeleeNet', 'standard', [
    [0.25, 71.5, 0.986],
    [0.5, 70.9, 0.888],
    [0.75, 70.4, 0.8],
  ]),
  ...variant('Fusion first', 'first', [
    [0.25, 70.0, 0.861],
    [0.5, 69.2, 0.755],
    [0.75, 68.4, 0.649],
  ]),
  ...variant('Fusion last', 'last', [
    [0.25, 70.8, 0.902],
    [0.5, 70.6, 0.804],
    [0.75, 69.2, 0.716],
  ]),
];

/** Figure 4 of the paper, at γ = ½ against PeleeNet: compute in per cent, top-1 in points. */
export const FIGURE_4: readonly {
  readonly name: string;
  readonly fusion: Fusion;
  readonly compute: number;
  readonly top1: number;
}[] = [
  { name: 'CSPPeleeNet', fusion: 'standard', compute: -13, top1: 0.2 },
  { name: 'Fusion last', fusion: 'last', compute: -21, top1: -0.1 },
  { name: 'Fusion first', fusion: 'first', compute: -26, top1: -1.5 },
];

/** A network as it was published. */
export interface PublishedNetwork {
  readonly name: string;
  /** Millions of weights. */
  readonly params: number;
  readonly bflops: number;
  /** Per cent. */
  readonly top1: number;
}

/** A base network and its CSP version. */
export interface PublishedPair {
  readonly base: PublishedNetwork;
  readonly csp: PublishedNetwork;
  /** Change of compute as it was published, per cent; null where none was. */
  readonly compute: number | null;
  readonly source: string;
}

const network = (name: string, params: number, bflops: number, top1: number): PublishedNetwork => ({
  name,
  params,
  bflops,
  top1,
});

/** Table 3 of the paper on ImageNet, and DarkNet-53 from the authors' repository. */
export const TABLE_3: readonly PublishedPair[] = [
  {
    base: network('PeleeNet', 2.79, 1.017, 70.7),
    csp: network('CSPPeleeNet', 2.83, 0.888, 70.9),
    compute: -13,
    source: SOURCES.table3,
  },
  {
    base: network('ResNet-10', 5.24, 2.273, 63.5),
    csp: network('CSPResNet-10', 2.73, 1.905, 65.3),
    compute: -16,
    source: SOURCES.table3,
  },
  {
    base: network('ResNeXt-50', 22.19, 10.11, 77.8),
    csp: network('CSPResNeXt-50', 20.5, 7.93, 77.9),
    compute: -22,
    source: SOURCES.table3,
  },
  {
    base: network('DenseNet-201-Elastic', 19.48, 8.77, 77.9),
    csp: network('CSPDenseNet-201-Elastic', 20.17, 7.13, 77.9),
    compute: -19,
    source: SOURCES.table3,
  },
  {
    base: network('DarkNet-53', 41.57, 18.57, 77.2),
    csp: network('CSPDarkNet-53', 27.61, 13.07, 77.2),
    compute: null,
    source: SOURCES.repository,
  },
];

/** Box AP on COCO of the authors' later paper, in which fusion first is ahead of fusion last. */
export const FOLLOW_UP: readonly { readonly name: string; readonly ap: number }[] = [
  { name: 'CSP', ap: 51.0 },
  { name: 'fusion first', ap: 50.8 },
  { name: 'fusion last', ap: 50.6 },
];
