/**
 * One stage in full, of one network or of two aligned: same scale, same columns, so that the drawings can stand one
 * above the other. The shapes are stageLayout.ts, the columns
 * columns.ts, the texts stageLabels.ts; here they are put together, with the scale.
 */
import type { Network } from '../network/network';
import { columnsFor, isCompact, magnifyColumns, slotsOf } from './columns';
import type { Diagram } from './diagram';
import { Drawing } from './drawing';
import { stageFacts, tallest } from './stageFacts';
import type { StageFacts } from './stageFacts';
import { labelStage } from './stageLabels';
import { layoutStage, magnifyPlaces } from './stageLayout';
import { partsOf } from './stageParts';

export interface StageOptions {
  /** px per channel; without it as much as fits `height`. */
  readonly scale?: number;
  /** px there are to fill; narrower only if the labels allow it. */
  readonly width?: number;
  /** px that one diagram should take, about. */
  readonly height?: number;
  /** Magnification of everything but the text, which keeps its size and so says more: 1 and more. */
  readonly zoom?: number;
  /** Blocks with more layers are folded. */
  readonly foldAbove?: number;
  /** Draws every layer in full whatever their number. */
  readonly unfolded?: boolean;
}

const DEFAULTS = { width: 1100, height: 290, zoom: 1, foldAbove: 8 } as const;
/** px that a compact diagram should take, about: two of them fit on a phone. */
const COMPACT_HEIGHT = 230;
/** px per channel at most, in a diagram of the usual height: a stage of 40 channels need not fill the page. */
const LARGEST_SCALE = 1.5;
/** px between the lanes of x₀′ and the dense block: room for two lines of text. */
const GAP = 36;
/** Height of labels above and below the ribbons, px. */
const AROUND = 56;

/** px per channel with which all stages given are at most `height` tall. */
export function scaleFor(stages: readonly StageFacts[], height: number, largest: number = LARGEST_SCALE): number {
  const rooms = stages.map((f) => Math.max(40, height - AROUND - (f.bypass > 0 ? GAP : 0)) / tallest(f));
  return Math.min(largest, ...rooms);
}

/** Diagrams of the same stage of several networks, with one scale and one set of columns. */
export function stageDiagrams(
  networks: readonly Network[],
  stage: number,
  options: StageOptions = {},
): readonly Diagram[] {
  const compact = isCompact(options.width ?? DEFAULTS.width);
  const usual = { ...DEFAULTS, ...(compact ? { height: COMPACT_HEIGHT } : {}) };
  const { width, height, zoom, foldAbove } = { ...usual, ...options };
  const stages = networks.map((network) => stageFacts(network, stage));
  const slots = stages.map((f) => slotsOf(f.layers.length, options.unfolded ? Infinity : foldAbove));
  const columns = columnsFor(stages, slots, width);
  const scale = options.scale ?? scaleFor(stages, height, LARGEST_SCALE * Math.max(1, height / DEFAULTS.height));
  const magnified = magnifyColumns(columns, zoom);
  const largestHeight = Math.max(...stages.map((facts) => facts.base.shape[1]));
  const natural = zoom === 1 ? [] : stageDiagrams(networks, stage, { ...options, zoom: 1 });
  return networks.map((network, i) => {
    const facts = stages[i] ?? stageFacts(network, stage);
    const own = slots[i] ?? [];
    const drawing = new Drawing();
    const layout = { facts, slots: own, columns, scale, gap: GAP, align: 'top', detail: true } as const;
    const at = magnifyPlaces(layoutStage(drawing, layout), zoom);
    drawing.magnify(zoom);
    labelStage(drawing, network, {
      facts,
      slots: own,
      columns: magnified,
      compact,
      scale: scale * zoom,
      zoom,
      largestHeight,
      at,
    });
    for (const part of partsOf(network, facts, own)) drawing.part(part);
    return drawing.finish(scale * zoom, magnified.width, magnified, natural[i]);
  });
}

/**
 * One stage of one network.
 * @param stage 1 … number of stages
 * @throws RangeError naming the stage where the network has no such.
 */
export function stageDiagram(network: Network, stage: number, options: StageOptions = {}): Diagram {
  const [diagram] = stageDiagrams([network], stage, options);
  if (!diagram) throw new Error('a network has one diagram');
  return diagram;
}
