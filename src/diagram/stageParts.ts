/** The parts of a stage that a person can point at, in reading order, each with its words and numbers. No geometry. */
import type { Network, Role, Shape } from '../network/network';
import { nodeOf } from '../network/network';
import type { Slot } from './columns';
import type { Part } from './diagram';
import { shapeText, subscript } from './notation';
import type { DenseLayer, StageFacts } from './stageFacts';

/** What leaves the dense block, `[x₀″, x₁ … x₆]`. */
export function blockName(facts: StageFacts): string {
  const m = facts.layers.length;
  const growth = m === 1 ? 'x₁' : m === 2 ? 'x₁, x₂' : `x₁ … x${subscript(m)}`;
  if (facts.dropped) return `[${growth}]`;
  return `[${facts.bypass > 0 ? 'x₀″' : 'x₀'}, ${growth}]`;
}

function layerPart(facts: StageFacts, layer: DenseLayer, stop: boolean): Part {
  const entering = facts.bypass > 0 ? 'x₀″' : 'x₀';
  const before = Array.from({ length: Math.min(layer.index - 1, 3) }, (_, i) => `x${subscript(i + 1)}`);
  if (layer.index > 4) before.splice(2, 1, '…', `x${subscript(layer.index - 1)}`);
  return {
    key: `growth/${layer.index}`,
    role: 'growth',
    name: `x${subscript(layer.index)}`,
    text:
      `H${subscript(layer.index)} reads all ${layer.reads} channels of [${[entering, ...before].join(', ')}]: ` +
      `1×1 to ${layer.bottleneck}, then 3×3 to ${layer.channels}`,
    shape: layer.shape,
    nodes: layer.nodes,
    node: layer.output,
    stop,
  };
}

/** The parts of a stage; layers inside a fold are there, but the fold stands for them when moving by keyboard. */
export function partsOf(network: Network, facts: StageFacts, slots: readonly Slot[]): readonly Part[] {
  const { parts: p, layers } = facts;
  const made: Part[] = [];
  const shapeOf = (id: string): Shape => nodeOf(network, id).shape;
  const add = (key: string, role: Role, name: string, node: string, text: string, nodes = [node]) =>
    made.push({ key, role, name, text, shape: shapeOf(node), nodes, node, stop: true });
  const c = facts.base.shape[0];

  add('base', 'base', 'x₀', p.base, `base layer: what enters stage ${p.index}`);
  if (p.part1 !== undefined) {
    add('part1', 'part1', 'x₀′', p.part1, `the first ${facts.bypass} of ${c} channels, which bypass the dense block`);
  }
  const fate = facts.dropped ? ', and are left out of the concat at its end' : '';
  if (p.part1 !== undefined) {
    const text = `the other ${facts.entering} of ${c} channels, which go through the dense block${fate}`;
    add('part2', 'part2', 'x₀″', p.part2, text);
  } else {
    add('part2', 'base', 'x₀', p.part2, `all ${c} channels go through the dense block${fate}`);
  }
  for (const slot of slots) {
    const run = layers.slice(slot.from - 1, slot.to);
    const [first] = run;
    const last = run.at(-1);
    if (!first || !last) continue;
    if (run.length > 1) {
      const added = run.reduce((sum, layer) => sum + layer.channels, 0);
      made.push({
        key: `fold/${slot.from}-${slot.to}`,
        role: 'growth',
        name: `x${subscript(slot.from)} … x${subscript(slot.to)}`,
        text: `${run.length} dense layers, drawn close together: ${first.reads} channels grow to ${last.reads + last.channels}`,
        shape: [added, last.shape[1], last.shape[2]],
        nodes: run.flatMap((layer) => layer.nodes),
        node: first.output,
        stop: true,
      });
    }
    for (const layer of run) made.push(layerPart(facts, layer, run.length === 1));
  }
  if (p.block !== p.merge) {
    add('block', 'merge', blockName(facts), p.block, 'concat of what leaves the dense block');
  }
  if (p.denseTransition !== undefined) {
    const prefix = `${p.name}/denseTransition/`;
    const text = `the dense side’s transition: BN, ReLU, conv 1×1, ${facts.block} → ${facts.denseTransition ?? 0} channels`;
    add('denseTransition', 'transition', 'x_T', p.denseTransition, text, [
      `${prefix}norm`,
      `${prefix}relu`,
      p.denseTransition,
    ]);
  }
  if (p.merge !== undefined) {
    const dense = p.denseTransition === undefined ? blockName(facts).slice(1, -1) : 'x_T';
    add('merge', 'merge', `[x₀′, ${dense}]`, p.merge, 'concat of x₀′ with the dense side');
  }
  if (p.transition !== undefined) {
    const prefix = `${p.name}/transition/`;
    const from = facts.merge ?? facts.denseTransition ?? facts.block;
    const text = `transition after the concat: BN, ReLU, conv 1×1, ${from} → ${facts.transition ?? 0} channels`;
    add('transition', 'transition', 'transition', p.transition, text, [`${prefix}norm`, `${prefix}relu`, p.transition]);
  }
  if (p.pool !== undefined) {
    const before = shapeText(shapeOf(nodeOf(network, p.pool).inputs[0] ?? p.pool));
    add('pool', 'transition', 'pool ÷2', p.pool, `average-pool 2×2, stride 2, from ${before}`);
  }
  add('output', 'base', 'x_U', p.output, `what stage ${p.index} hands on`);
  return made;
}
