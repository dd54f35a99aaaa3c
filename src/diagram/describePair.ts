/** Says in words how two networks differ in a stage. Computed from the two Networks; there is no text per variant. */
import type { Network } from '../network/network';
import { shapeText } from './notation';
import { stageFacts } from './stageFacts';
import type { StageFacts } from './stageFacts';

/** Concat and transitions of a stage in their order: what tells the fusions apart. */
function stepsOf(f: StageFacts): string {
  const steps = [
    ...(f.denseTransition === undefined ? [] : ['transition']),
    ...(f.merge === undefined ? [] : ['concat']),
    ...(f.transition === undefined ? [] : ['transition']),
  ];
  return steps.join(' → ') || 'no transition';
}

/** The same with its channels, as what follows a colon. */
function clause(f: StageFacts): string {
  const left = f.dropped ? ` (${f.bypass > 0 ? 'x₀″' : 'x₀'}, ${f.entering} channels, is left out)` : '';
  const { denseTransition: t, merge, transition: u } = f;
  if (merge === undefined) {
    const all = `nothing bypasses the block, and all its ${f.block} channels${left}`;
    if (t !== undefined && u !== undefined) return `${all} go through two transitions, to ${t} and then to ${u}`;
    if (t !== undefined || u !== undefined) return `${all} go through the transition, to ${t ?? u ?? 0}`;
    return `${all} are handed on as they are`;
  }
  const bypass = `x₀′ (${f.bypass} channels)`;
  if (t === undefined) {
    const joins = `${bypass} joins the dense side${left} first, and all ${merge} channels`;
    return u === undefined ? `${joins} are handed on as they are` : `${joins} then go through the transition, to ${u}`;
  }
  const own = `only the dense side’s ${f.block} channels${left} go through a transition, to ${t}`;
  if (u === undefined) return `${own}; ${bypass} joins after it, touched by no transition of this stage`;
  return `${own}; ${bypass} joins them, and all ${merge} go through a second transition, to ${u}`;
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The order of the first stage, and what the last stage lacks of it. */
function orderOf(network: Network): string {
  const [one, end] = [stageFacts(network, 1), stageFacts(network, network.stages.length)];
  const ends = one.transition !== undefined && end.transition === undefined;
  if (one.merge === undefined) {
    return `${stepsOf(one)}, with nothing that bypasses${ends ? ' (in the last stage one transition less)' : ''}`;
  }
  return `${stepsOf(one)}${ends ? ' (in the last stage no transition after the concat)' : ''}`;
}

/** How one network goes through a stage, beginning with its name if it is given one. */
export function describeStage(network: Network, stage: number, name?: string): string {
  const f = stageFacts(network, stage);
  const start = name === undefined ? capital(stepsOf(f)) : `${name}, ${stepsOf(f)}`;
  return `${start}: ${clause(f)}. x_U is ${shapeText(f.output.shape)}.`;
}

function describeStages(a: Network, b: Network, stage: number): string {
  const fa = stageFacts(a, stage);
  const fb = stageFacts(b, stage);
  const [ca, cb] = [`${stepsOf(fa)}: ${clause(fa)}.`, `${stepsOf(fb)}: ${clause(fb)}.`];
  const order = ca === cb ? `A and B alike, ${ca}` : `A, ${ca} B, ${cb}`;
  const [oa, ob] = [shapeText(fa.output.shape), shapeText(fb.output.shape)];
  const out = oa === ob ? `x_U is ${oa} in both.` : `x_U is ${oa} in A and ${ob} in B.`;
  const halves = fa.pooled === fb.pooled ? '' : ` Only ${fa.pooled ? 'A' : 'B'} halves its maps here.`;
  const layers = (f: StageFacts) => `${f.layers.length} layers of ${f.layers[0]?.channels ?? 0}`;
  const block =
    layers(fa) === layers(fb) ? '' : ` The dense block has ${layers(fa)} channels in A, ${layers(fb)} in B.`;
  return `${order} ${out}${halves}${block}`;
}

const widthsOf = (network: Network) =>
  network.stages.map((stage) => String(stageFacts(network, stage.index).output.shape[0])).join(', ');

/** What one network does after each of its dense blocks. */
export function describeNetwork(network: Network): string {
  const { output } = stageFacts(network, network.stages.length);
  return (
    `After each dense block: ${orderOf(network)}. ` +
    `The stages hand on ${widthsOf(network)} channels; the last maps are ${output.shape[1]}².`
  );
}

function describeNetworks(a: Network, b: Network): string {
  const [first, second] = [orderOf(a), orderOf(b)];
  const where = first === second ? `A and B alike: ${first}` : `A: ${first}; B: ${second}`;
  const [wa, wb] = [widthsOf(a), widthsOf(b)];
  const out =
    wa === wb ? `The stages hand on ${wa} channels in both` : `The stages hand on ${wa} channels in A and ${wb} in B`;
  const [sa, sb] = [stageFacts(a, a.stages.length), stageFacts(b, b.stages.length)].map((f) => f.output.shape[1]);
  const size = sa === sb ? '' : `; the last maps are ${sa}² in A and ${sb}² in B`;
  const stages = a.stages.length === b.stages.length ? '' : `; A has ${a.stages.length} stages, B ${b.stages.length}`;
  return `After each dense block, ${where}. ${out}${size}${stages}.`;
}

/**
 * How A and B differ in a stage: order of concat and transition, channels through each, width of x_U.
 * @param stage 1 …, or the whole network
 */
export function describePair(a: Network, b: Network, stage: 'all' | number): string {
  if (stage === 'all') return describeNetworks(a, b);
  const [inA, inB] = [a, b].map((network) => stage <= network.stages.length);
  if (inA && inB) return describeStages(a, b, stage);
  if (inA) return `${describeStage(a, stage, 'A')} B has only ${b.stages.length} stages.`;
  if (inB) return `${describeStage(b, stage, 'B')} A has only ${a.stages.length} stages.`;
  throw new RangeError(`stage is ${stage}; A has ${a.stages.length} stages, B ${b.stages.length}`);
}
