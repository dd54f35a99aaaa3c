/**
 * How a stage, or a whole network, is gone through step by step, for two networks at once: the same role at the same
 * step, and where one has no such step it waits. Steps and their words; what they look like is forwardLooks.ts.
 */
import { nodeOf } from '../network/network';
import type { Network } from '../network/network';
import { shapeText, subscript } from './notation';
import { stageFacts } from './stageFacts';
import type { StageFacts } from './stageFacts';
import { blockName } from './stageParts';

/** What one network does in a step. */
export interface StepWords {
  /** A sentence without its end, that begins with a name: `H₃ reads 96 channels and adds 32`. */
  readonly text: string;
  /** False where it waits for the other. */
  readonly acts: boolean;
}

/** One step of both. */
export interface ForwardStep {
  /**
   * In a stage `base`, `split`, `layer/3`, `block`, `denseTransition`, `merge`, `transition`, `pool`, `output`; of a
   * whole network `input`, `stem`, `stage2`, `head`.
   */
  readonly key: string;
  /** Short name in the field's notation: `H₃`, `x_T`. */
  readonly name: string;
  /** null where there is no such network, or it has no such stage. */
  readonly a: StepWords | null;
  readonly b: StepWords | null;
}

/** One network's steps by their key, in its own order. */
type Deeds = ReadonlyMap<string, string>;

function deedsOf(network: Network, facts: StageFacts): Deeds {
  const { parts, layers } = facts;
  const deeds = new Map<string, string>();
  const shape = (id: string) => shapeText(nodeOf(network, id).shape);
  deeds.set('base', `x₀, ${shape(parts.base)}, enters stage ${parts.index}`);
  if (facts.bypass > 0) {
    const rest = `the other ${facts.entering}, x₀″, enter the dense block`;
    deeds.set('split', `the first ${facts.bypass} channels, x₀′, bypass; ${rest}`);
  }
  for (const layer of layers) {
    const channels = layer.reads === 1 ? '1 channel' : `${layer.reads} channels`;
    deeds.set(`layer/${layer.index}`, `H${subscript(layer.index)} reads ${channels} and adds ${layer.channels}`);
  }
  if (parts.block !== parts.merge) {
    const left = facts.dropped ? `; ${facts.bypass > 0 ? 'x₀″' : 'x₀'} is left out` : '';
    deeds.set('block', `the block’s features are concatenated, ${blockName(facts)}: ${facts.block} channels${left}`);
  }
  if (facts.denseTransition !== undefined) {
    const kept = facts.bypass > 0 ? '; x₀′ passes by' : '';
    deeds.set('denseTransition', `a transition makes x_T: ${facts.block} → ${facts.denseTransition} channels${kept}`);
  }
  if (facts.merge !== undefined) {
    const dense = facts.denseTransition === undefined ? blockName(facts).slice(1, -1) : 'x_T';
    const left = facts.dropped && parts.block === parts.merge ? '; x₀″ is left out' : '';
    deeds.set('merge', `x₀′ and the dense side are concatenated, [x₀′, ${dense}]: ${facts.merge} channels${left}`);
  }
  if (facts.transition !== undefined) {
    const from = facts.merge ?? facts.denseTransition ?? facts.block;
    deeds.set('transition', `a transition mixes all that was joined: ${from} → ${facts.transition} channels`);
  }
  if (parts.pool !== undefined) {
    const [, before] = nodeOf(network, nodeOf(network, parts.pool).inputs[0] ?? parts.pool).shape;
    deeds.set('pool', `average-pool 2×2: ${before}² → ${facts.output.shape[1]}²`);
  }
  deeds.set('output', `x_U, ${shapeText(facts.output.shape)}, is handed on`);
  return deeds;
}

/** Why a network has no such step, as words that follow `waits: `. */
function excuse(facts: StageFacts, key: string, deeds: Deeds): string {
  if (key === 'split') return 'nothing is split off';
  if (key.startsWith('layer/')) {
    return `its dense block has only ${facts.layers.length} ${facts.layers.length === 1 ? 'layer' : 'layers'}`;
  }
  if (key === 'block') return 'it joins x₀′ in the same concat';
  if (key === 'denseTransition') return 'it has no transition on the dense side';
  if (key === 'merge') return 'there is no x₀′ to join';
  if (key === 'transition') {
    return deeds.has('denseTransition')
      ? 'its transition came before the concat'
      : 'it has no transition after the concat';
  }
  return 'it has no pool';
}

const NAMES: Readonly<Record<string, string>> = {
  base: 'x₀',
  split: 'split',
  block: 'concat of the block',
  denseTransition: 'x_T',
  merge: 'concat',
  transition: 'transition',
  pool: 'pool',
  output: 'x_U',
};
const BEFORE = ['base', 'split'] as const;
const AFTER = ['block', 'denseTransition', 'merge', 'transition', 'pool', 'output'] as const;

function stageSteps(a: Network | null, b: Network | null, stage: number): readonly ForwardStep[] {
  const sides = [a, b].map((network) => {
    if (network === null || stage > network.stages.length) return null;
    const facts = stageFacts(network, stage);
    return { facts, deeds: deedsOf(network, facts) };
  });
  const layers = Math.max(0, ...sides.map((side) => side?.facts.layers.length ?? 0));
  const keys = [...BEFORE, ...Array.from({ length: layers }, (_, i) => `layer/${i + 1}`), ...AFTER];
  const words = (side: (typeof sides)[number] | undefined, key: string): StepWords | null => {
    if (!side) return null;
    const text = side.deeds.get(key);
    if (text !== undefined) return { text, acts: true };
    return { text: `waits: ${excuse(side.facts, key, side.deeds)}`, acts: false };
  };
  return keys
    .filter((key) => sides.some((side) => side?.deeds.has(key)))
    .map((key) => {
      const layer = key.startsWith('layer/') ? `H${subscript(Number(key.slice('layer/'.length)))}` : undefined;
      return { key, name: layer ?? NAMES[key] ?? key, a: words(sides[0], key), b: words(sides[1], key) };
    });
}

function networkSteps(a: Network | null, b: Network | null): readonly ForwardStep[] {
  const most = Math.max(0, ...[a, b].map((network) => network?.stages.length ?? 0));
  const keys = ['input', 'stem', ...Array.from({ length: most }, (_, i) => `stage${i + 1}`), 'head'];
  const words = (network: Network | null, key: string): StepWords | null => {
    if (!network) return null;
    const shape = (id: string) => shapeText(nodeOf(network, id).shape);
    if (key === 'input') return { text: `the picture, ${shape('input')}`, acts: true };
    if (key === 'stem') {
      return { text: `the stem: ${shape('input')} → ${shape(network.stages[0]?.base ?? 'input')}`, acts: true };
    }
    if (key === 'head') {
      return { text: `pool and classifier: ${nodeOf(network, 'head/linear').shape[0]} classes`, acts: true };
    }
    const index = Number(key.slice('stage'.length));
    if (index > network.stages.length) {
      return { text: `waits: it has only ${network.stages.length} stages`, acts: false };
    }
    const facts = stageFacts(network, index);
    const added = facts.layers.reduce((sum, layer) => sum + layer.channels, 0);
    const split = facts.bypass > 0 ? `${facts.bypass} channels bypass, ` : '';
    const inner = `${split}${facts.layers.length} layers add ${added}`;
    return { text: `${shapeText(facts.base.shape)} → ${shapeText(facts.output.shape)}: ${inner}`, acts: true };
  };
  return keys.map((key) => {
    const name = key.startsWith('stage') ? `stage ${key.slice('stage'.length)}` : key;
    return { key, name, a: words(a, key), b: words(b, key) };
  });
}

/**
 * The steps of two networks, or of one.
 * @param stage 1 …, or the whole network, whose steps are its stages
 */
export function forwardSteps(a: Network | null, b: Network | null, stage: 'all' | number): readonly ForwardStep[] {
  return stage === 'all' ? networkSteps(a, b) : stageSteps(a, b, stage);
}
