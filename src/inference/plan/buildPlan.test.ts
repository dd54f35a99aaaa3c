import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { buildPlan } from './buildPlan';
import { footprintOf } from './footprint';
import type { Plan } from './plan';
import { seenOf, valueOfNode } from './plan';

const planOf = (text: string) => buildPlan(buildNetwork(parseNetwork(text)));
const count = (plan: Plan, kind: string) => plan.steps.filter((step) => step.op.kind === kind).length;
const index = (plan: Plan, id: string) => plan.steps.findIndex((step) => step.id === id);

const VARIANTS = [
  'densenet121',
  'densenet@blocks=1-1',
  'cspdensenet121-standard',
  'cspdensenet121-first',
  'cspdensenet121-last',
  'cspdensenet121-standard@definition=listing',
  'cspdensenet121-first@definition=listing',
  'cspdensenet121-last@definition=listing',
  'cspdensenet121-last@definition=listing,pool=yes',
  'cspdensenet121-first@gamma=0',
  'cspdensenet121-last@gamma=0',
  'cspdensenet-last@gamma=0,definition=listing,blocks=1-1-1',
  'cspdensenet-standard@gamma=0.875,blocks=1-2-3-1-2-1,growth=7,stem=19,size=125,theta=0.3',
];

describe.each(VARIANTS)('plan of %s', (text) => {
  const plan = planOf(text);

  it('reads only values that exist, frees each once and not before its last use', () => {
    const alive = new Set(['input']);
    for (const step of plan.steps) {
      for (const input of step.inputs) expect(alive, `${step.id} reads ${input}`).toContain(input);
      alive.add(step.id);
      for (const value of step.releases) expect(alive.delete(value), `${step.id} frees ${value}`).toBe(true);
    }
    expect([...alive]).toEqual([plan.output]);
    expect(plan.output).toBe('head/linear');
  });

  it('makes every node that has an output of the node’s shape', () => {
    const shapes = new Map(plan.steps.map((step) => [step.id, step.shape]));
    for (const [node, value] of plan.available) {
      if (value !== 'input') expect(shapes.get(value), node).toEqual(plan.network.byId.get(node)?.shape);
    }
    for (const { node } of plan.stageOutputs) expect(() => valueOfNode(plan, node)).not.toThrow();
    for (const { base, part2, block, growth } of plan.network.stages) {
      for (const node of [base, part2, block, ...growth]) expect(plan.available.has(node), node).toBe(true);
    }
  });

  it('shows something of every part with as many channels as the part has', () => {
    const shapes = new Map(plan.steps.map((step) => [step.id, step.shape]));
    for (const { denseTransition, merge, transition, pool, output } of plan.network.stages) {
      for (const node of [denseTransition, merge, transition, pool, output].filter((id) => id !== undefined)) {
        const { value } = seenOf(plan, node);
        expect(shapes.get(value)?.[0], node).toBe(plan.network.byId.get(node)?.shape[0]);
      }
    }
  });

  it('uses the parameters of every node once', () => {
    const used = plan.steps
      .flatMap(({ weightNode, normNode }) => [weightNode, normNode])
      .filter((id) => id !== undefined);
    const having = plan.network.nodes.filter(({ module }) => module !== undefined).map(({ id }) => id);
    expect(used.toSorted()).toEqual(having.toSorted());
  });

  it('keeps the steps of a stage together and joins no more than three values at once', () => {
    const stages = plan.steps.map(({ stage }) => stage);
    const changes = stages.filter((stage, i) => stage !== stages[i - 1]);
    expect(changes).toEqual([...new Set(stages)]);
    for (const step of plan.steps) if (step.op.kind === 'concat') expect(step.inputs.length).toBeLessThanOrEqual(3);
  });
});

describe('plan', () => {
  it('of DenseNet-121 has one step per fused group', () => {
    const plan = planOf('densenet121');
    // Stem, two convolutions of each of 58 dense layers, three transitions.
    expect(count(plan, 'conv')).toBe(1 + 2 * 58 + 3);
    // The first norm of each dense layer, of each transition and of the head; the second ones are folded.
    expect(count(plan, 'scaleRelu')).toBe(58 + 3 + 1);
    // Each stage joins each of its layers once.
    expect(count(plan, 'concat')).toBe(58);
    expect(count(plan, 'slice')).toBe(0);
    expect(count(plan, 'avgPool')).toBe(3);
    expect(plan.steps).toHaveLength(120 + 62 + 58 + 3 + 1 + 1 + 1);
  });

  it('folds a batch norm into the convolution before it and says what is gone', () => {
    const plan = planOf('densenet121');
    const step = plan.steps[index(plan, 'stage1/dense1/relu2')];
    expect(step).toMatchObject({
      weightNode: 'stage1/dense1/conv1',
      normNode: 'stage1/dense1/norm2',
      op: { relu: true },
    });
    expect(plan.available.has('stage1/dense1/conv1')).toBe(false);
    expect(() => valueOfNode(plan, 'stage1/dense1/conv1')).toThrow(/"stage1\/dense1\/conv1" is folded/);
    expect(() => valueOfNode(plan, 'stage9/x')).toThrow(/"stage9\/x" is unknown/);
  });

  it('pools before the transition’s convolution and still has the pool’s output', () => {
    const plan = planOf('cspdensenet121-first');
    const conv = plan.steps[index(plan, 'stage1/pool')];
    expect(conv).toMatchObject({ op: { kind: 'conv', kernel: 1 }, weightNode: 'stage1/transition/conv' });
    const pool = plan.steps[index(plan, conv?.inputs[0] ?? '')];
    expect(pool).toMatchObject({ op: { kind: 'avgPool' }, inputs: ['stage1/transition/relu'] });
    expect(plan.available.get('stage1/pool')).toBe('stage1/pool');
  });

  it('pools x₀′ and the transition’s input in fusion last, before they are joined, and nothing in the listing’s', () => {
    const plan = planOf('cspdensenet121-last');
    const [part1, dense] = ['stage1/pool#stage1/split/part1', 'stage1/pool#stage1/denseTransition/conv'];
    expect(plan.steps[index(plan, 'stage1/pool')]).toMatchObject({ op: { kind: 'concat' }, inputs: [part1, dense] });
    expect(plan.steps[index(plan, part1)]).toMatchObject({ op: { kind: 'avgPool' }, inputs: ['stage1/split/part1'] });
    const conv = plan.steps[index(plan, dense)];
    expect(conv).toMatchObject({ op: { kind: 'conv', kernel: 1 }, shape: [112, 28, 28] });
    expect(plan.steps[index(plan, conv?.inputs[0] ?? '')]).toMatchObject({ op: { kind: 'avgPool' } });
    expect(plan.available.has('stage1/merge')).toBe(false);
    expect(seenOf(plan, 'stage1/denseTransition/conv')).toEqual({ of: 'stage1/pool', value: dense });
    expect(seenOf(plan, 'stage1/merge')).toEqual({ of: 'stage1/pool', value: 'stage1/pool' });
    expect(count(planOf('cspdensenet121-last@definition=listing'), 'avgPool')).toBe(0);
  });

  it('cuts x₀′ out only when it is merged', () => {
    const plan = planOf('cspdensenet121-standard');
    expect(index(plan, 'stage2/split/part1')).toBe(index(plan, 'stage2/merge') - 1);
    expect(index(plan, 'stage2/split/part2')).toBeLessThan(index(plan, 'stage2/dense1/relu1'));
  });

  it('joins what the listing keeps from the concatenation that is there', () => {
    const plan = planOf('cspdensenet121-standard@definition=listing');
    // [x₁ … x₆] of stage 1: all but x₆ from the last layer's input, behind the 32 channels of x₀″.
    const block = plan.steps[index(plan, 'stage1/block')];
    expect(block?.inputs).toEqual(['stage1/block#32-192', 'stage1/dense6/conv2']);
    expect(plan.steps[index(plan, 'stage1/block#32-192')]).toMatchObject({ inputs: ['stage1/dense6/concat'] });
  });

  it('has neither split nor merge where nothing bypasses', () => {
    const plan = planOf('cspdensenet121-first@gamma=0');
    expect(plan.steps.some(({ id }) => id.includes('split') || id.includes('merge'))).toBe(false);
    expect(count(plan, 'slice')).toBe(0);
  });

  it('leaves a global pool over one pixel out', () => {
    const plan = planOf('densenet121@size=29');
    expect(count(plan, 'globalPool')).toBe(0);
    expect(plan.available.get('head/pool')).toBe('head/relu');
  });

  it('does not fold the output of a stage away', () => {
    const plan = planOf('cspdensenet-last@gamma=0,definition=listing,blocks=1-1-1');
    expect(plan.available.has('stage1/denseTransition/conv')).toBe(true);
  });
});

describe('footprint', () => {
  it('is the largest tensor, the peak and the weights in bytes', () => {
    const footprint = footprintOf(planOf('densenet121'));
    // Larger than the largest value, 256 × 56².
    expect(footprint.largest).toEqual({ id: 'classifier.weight', bytes: 1000 * 1024 * 4 });
    // In the last layer of stage 1: [x₀ … x₅], 224 channels, its normalised copy, and the bottleneck's 128.
    expect(footprint.peakBytes).toBe((224 + 224 + 128) * 56 * 56 * 4);
    // 7,978,856 parameters and the running statistics of 41,824 channels.
    expect(footprint.weightBytes).toBe((7978856 + 2 * 41824) * 4);
  });
});
