/** Says in words how two networks differ in a stage. Computed from the two Networks; there is no text per variant. */
import type { Network } from '../network/network';
import { shapeText } from './notation';
import { stageFacts } from './stageFacts';
import type { StageFacts } from './stageFacts';

/** What a stage does with its channels after the dense block, as the rest of a sentence that begins with a name. */
function clause(f: StageFacts): string {
  const left = f.dropped ? ` (${f.bypass > 0 ? 'x₀″' : 'x₀'}, ${f.entering} channels, is left out)` : '';
  const { denseTransition: t, merge, transition: u } = f;
  if (merge === undefined) {
    const all = `lets nothing bypass: all ${f.block} channels of the block${left}`;
    if (t !== undefined && u !== undefined) return `${all} pass two transitions, to ${t} and then to ${u}`;
    if (t !== undefined || u !== undefined) return `${all} pass the transition, to ${t ?? u ?? 0}`;
    return `${all} are handed on without a transition`;
  }
  if (t === undefined) {
    const joins = `concatenates x₀′ with the dense side${left} first`;
    if (u === undefined) return `${joins} and hands on all ${merge} channels without a transition`;
    return `${joins} and sends all ${merge} channels through the transition, to ${u}`;
  }
  const own = `sends only the dense side’s ${f.block} channels${left} through a transition, to ${t}`;
  if (u === undefined)
    return `${own}, and concatenates the ${f.bypass} of x₀′ after it, which no transition touches here`;
  return `${own}, concatenates the ${f.bypass} of x₀′, and sends all ${merge} through a second transition, to ${u}`;
}

/** Concat and transitions in their order, and what the last stage lacks of it. */
function orderOf(network: Network): string {
  const [one, end] = [stageFacts(network, 1), stageFacts(network, network.stages.length)];
  const steps = [
    ...(one.denseTransition === undefined ? [] : ['transition']),
    ...(one.merge === undefined ? [] : ['concat']),
    ...(one.transition === undefined ? [] : ['transition']),
  ];
  const order = steps.join(' → ') || 'no transition';
  const ends = one.transition !== undefined && end.transition === undefined;
  if (one.merge === undefined) return `${order}, nothing bypasses${ends ? ' (in the last stage one less)' : ''}`;
  return `${order}${ends ? ' (in the last stage none after the concat)' : ''}`;
}

/** How one network goes through a stage. */
export function describeStage(network: Network, stage: number, name = 'It'): string {
  const f = stageFacts(network, stage);
  return `${name} ${clause(f)}. x_U is ${shapeText(f.output.shape)}.`;
}

function describeStages(a: Network, b: Network, stage: number): string {
  const fa = stageFacts(a, stage);
  const fb = stageFacts(b, stage);
  const [ca, cb] = [clause(fa), clause(fb)];
  const order = ca === cb ? `Each of A and B ${ca}.` : `A ${ca}; B ${cb}.`;
  const [oa, ob] = [shapeText(fa.output.shape), shapeText(fb.output.shape)];
  const out = oa === ob ? `x_U is ${oa} in both.` : `x_U is ${oa} in A and ${ob} in B.`;
  const layers = (f: StageFacts) => `${f.layers.length} layers of ${f.layers[0]?.channels ?? 0}`;
  const block =
    layers(fa) === layers(fb) ? '' : ` The dense block has ${layers(fa)} channels in A, ${layers(fb)} in B.`;
  return `${order} ${out}${block}`;
}

function describeNetworks(a: Network, b: Network): string {
  const [first, second] = [orderOf(a), orderOf(b)];
  const where = first === second ? `A and B alike: ${first}` : `A: ${first}; B: ${second}`;
  const widths = (network: Network) =>
    network.stages.map((stage) => String(stageFacts(network, stage.index).output.shape[0])).join(', ');
  const [wa, wb] = [widths(a), widths(b)];
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
