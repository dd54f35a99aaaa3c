/**
 * A whole network as a row: picture, stem, stages, head. Every stage is the stage's drawing, pressed together and
 * centred, so that growing channels, split, staircase, transitions and concat remain visible; the planes below show
 * how the maps shrink.
 */
import type { Network, Shape } from '../network/network';
import { nodeOf, stageNames } from '../network/network';
import { magnifyColumns } from './columns';
import type { Columns, Diagram, Sides } from './diagram';
import { Drawing } from './drawing';
import { drawMarks, labelInside, PLANE } from './networkLabels';
import type { Inside, Mark } from './networkLabels';
import { ROLE_COLOURS } from './roles';
import { stageFacts, tallest } from './stageFacts';
import { layoutStage, magnifyPlaces } from './stageLayout';

export interface NetworkOptions {
  /** px per channel; without it as much as fits `height`. */
  readonly scale?: number;
  /** px there are to fill. */
  readonly width?: number;
  /** px that the diagram should take, about. */
  readonly height?: number;
  /** Magnification of everything but the text, which keeps its size: 1 and more. */
  readonly zoom?: number;
}

const DEFAULTS = { width: 1100, height: 250, zoom: 1 } as const;
/** Narrowest and widest drawing of one stage, px. */
const STAGE_WIDTH = [54, 320] as const;
const MARGIN = 24;
/** Height of stage names, channels, sizes and planes, px. */
const AROUND = 16 + 34 + PLANE + 14;

function compactColumns(x: number, width: number): Columns {
  const at = (t: number) => Math.round(x + t * width);
  return {
    base: at(0),
    start: at(0),
    split: at(0.16),
    slots: [{ x0: at(0.2), x1: at(0.5) }],
    cut: at(0.54),
    block: at(0.58),
    funnel: at(0.7),
    merge: at(0.76),
    narrow: at(0.9),
    pool: at(0.95),
    output: at(1),
    width,
  };
}

const gapOf = (width: number) => (width > 110 ? 12 : 6);
/** px per channel at most in a diagram of the usual height. */
const LARGEST_SCALE = 0.6;

function geometry(networks: readonly Network[], options: NetworkOptions) {
  const { width, height, zoom } = { ...DEFAULTS, ...options };
  const most = Math.max(...networks.map((network) => network.stages.length));
  // Stem and head take about as much as a stage and a half together.
  const each = (width - 2 * MARGIN) / (most + 1.4);
  const stageWidth = Math.floor(Math.min((STAGE_WIDTH[1] * width) / DEFAULTS.width, Math.max(STAGE_WIDTH[0], each)));
  const channels = networks.flatMap((network) =>
    network.stages.map((stage) => tallest(stageFacts(network, stage.index))),
  );
  const scale =
    options.scale ??
    Math.min(
      LARGEST_SCALE * Math.max(1, height / DEFAULTS.height),
      Math.max(30, height - AROUND - gapOf(stageWidth)) / Math.max(...channels),
    );
  return { stageWidth, end: Math.floor(stageWidth * 0.7), scale, most, zoom };
}

function drawNetwork(network: Network, shared: ReturnType<typeof geometry>): Diagram {
  const { stageWidth, end, scale, most, zoom } = shared;
  const natural = zoom === 1 ? undefined : drawNetwork(network, { ...shared, zoom: 1 });
  const drawing = new Drawing();
  const high = (channels: number) => channels * scale;
  const centred = (x0: number, x1: number, left: number, right: number): Sides => ({
    x0,
    x1,
    y0a: -left / 2,
    y0b: left / 2,
    y1a: -right / 2,
    y1b: right / 2,
  });
  const nodesOf = (stage: string) => network.nodes.filter((node) => node.stage === stage).map((node) => node.id);
  const stem = nodesOf('stem');
  const head = nodesOf('head');
  const stemOut = nodeOf(network, network.stages[0]?.base ?? 'input');
  const input = nodeOf(network, 'input');
  const linear = nodeOf(network, 'head/linear');

  // Stem: three channels become the first base layer.
  let x = MARGIN;
  const ends = (
    part: 'stem' | 'head',
    id: string,
    nodes: readonly string[],
    channels: number,
    channelsOut: number,
    x1: number,
  ) =>
    drawing.ribbon({
      id,
      part,
      role: part,
      colour: ROLE_COLOURS[part],
      nodes,
      channels,
      channelsOut,
      ...centred(x, x1, high(channels), high(channelsOut)),
    });
  ends('stem', 'stem/funnel', stem, input.shape[0], stemOut.shape[0], x + end);
  const marks: Mark[] = [{ x, node: input, part: 'stem' }];
  x += end;

  let top = 0;
  let bottom = 0;
  const insides: Inside[] = [];
  for (const stage of network.stages) {
    const facts = stageFacts(network, stage.index);
    marks.push({ x, node: facts.base, part: stage.name });
    const inner = new Drawing();
    const slots = [{ from: 1, to: facts.layers.length }];
    const columns = compactColumns(x, stageWidth);
    const layout = { facts, slots, columns, scale, gap: gapOf(stageWidth), align: 'centre', detail: false } as const;
    const places = layoutStage(inner, layout);
    for (const ribbon of inner.ribbons) drawing.ribbon({ ...ribbon, part: stage.name });
    for (const box of inner.boxes) drawing.box({ ...box, part: stage.name });
    insides.push({ facts, columns: magnifyColumns(columns, zoom), at: magnifyPlaces(places, zoom) });
    top = Math.min(top, places.laneTop, places.mergeTop);
    bottom = Math.max(bottom, places.bottoms.at(-1) ?? 0, places.mergeBottom);
    x += stageWidth;
  }
  const last = nodeOf(network, network.stages.at(-1)?.output ?? 'input');
  marks.push({ x, node: last, part: 'head' });
  const pooled = x + Math.round(end * 0.3);
  ends('head', 'head/features', head.slice(0, -1), last.shape[0], last.shape[0], pooled);
  x = pooled;
  ends('head', 'head/funnel', head.slice(-1), last.shape[0], linear.shape[0], x + Math.round(end * 0.7));
  x += Math.round(end * 0.7);
  marks.push({ x, node: linear, part: 'head' });
  top = Math.min(top, -high(linear.shape[0]) / 2);
  bottom = Math.max(bottom, high(linear.shape[0]) / 2);

  drawing.magnify(zoom);
  const placed = marks.map((mark) => ({ ...mark, x: Math.round(mark.x * zoom) }));
  drawAreas(drawing, placed, top * zoom, bottom * zoom);
  drawMarks(drawing, network, { marks: placed, top: top * zoom, bottom: bottom * zoom, zoom });
  for (const inside of insides) labelInside(drawing, inside);
  addParts(drawing, network);
  // Networks with fewer stages are as wide as the others, so that a pair shares one frame.
  const width = Math.round((MARGIN * 2 + end * 2 + most * stageWidth) * zoom);
  return drawing.finish(scale * zoom, width, undefined, natural);
}

/** The ground of stem, stages and head, from each mark to the next. */
function drawAreas(drawing: Drawing, marks: readonly Mark[], top: number, bottom: number): void {
  marks.slice(0, -1).forEach(({ x, part }, i) => {
    const x1 = marks[i + 1]?.x ?? x;
    drawing.box({
      id: `${part}:area`,
      part,
      role: 'base',
      colour: ROLE_COLOURS.base,
      nodes: [],
      kind: 'area',
      x0: x,
      x1,
      y0a: top - 20,
      y0b: bottom + 4,
      y1a: top - 20,
      y1b: bottom + 4,
    });
  });
}

function addParts(drawing: Drawing, network: Network): void {
  const nodes = new Map<string, string[]>(stageNames(network).map((name) => [name, []]));
  for (const node of network.nodes) nodes.get(node.stage)?.push(node.id);
  const shapeOf = (id: string): Shape => nodeOf(network, id).shape;
  const stemOut = network.stages[0]?.base ?? 'input';
  drawing.part({
    key: 'stem',
    role: 'stem',
    name: 'stem',
    shape: shapeOf(stemOut),
    nodes: nodes.get('stem') ?? [],
    text: 'conv 7×7, stride 2, then max-pool 3×3, stride 2',
    node: stemOut,
    stop: true,
  });
  for (const stage of network.stages) {
    const facts = stageFacts(network, stage.index);
    const bypass = facts.bypass > 0 ? `${facts.bypass} of ${facts.base.shape[0]} channels bypass` : 'nothing bypasses';
    drawing.part({
      key: stage.name,
      role: undefined,
      name: `stage ${stage.index}`,
      shape: shapeOf(stage.output),
      nodes: nodes.get(stage.name) ?? [],
      node: stage.output,
      stop: true,
      text: `${facts.layers.length} dense layers of ${facts.layers[0]?.channels ?? 0} channels; ${bypass}`,
    });
  }
  drawing.part({
    key: 'head',
    role: 'head',
    name: 'head',
    shape: shapeOf('head/linear'),
    nodes: nodes.get('head') ?? [],
    text: 'BN, ReLU, global average pool, linear',
    node: 'head/linear',
    stop: true,
  });
}

/**
 * The stage that stands at a place of the whole network's drawing; the nearest one beside them.
 * @param x share of the drawing's width
 * @returns 1 …
 */
export function stageAt(diagram: Diagram, x: number): number {
  const at = x * diagram.width;
  const areas = diagram.boxes.filter((box) => box.kind === 'area' && box.part.startsWith('stage'));
  const index = areas.findIndex((area) => at < area.x1);
  return index < 0 ? areas.length : index + 1;
}

/** Diagrams of several whole networks with one scale and one width of stages. */
export function networkDiagrams(networks: readonly Network[], options: NetworkOptions = {}): readonly Diagram[] {
  const shared = geometry(networks, options);
  return networks.map((network) => drawNetwork(network, shared));
}

/** The whole network as one row. */
export function networkDiagram(network: Network, options: NetworkOptions = {}): Diagram {
  return drawNetwork(network, geometry([network], options));
}
