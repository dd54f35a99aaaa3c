import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../network/build';
import { parseNetwork } from '../network/text';
import { alignedPair } from './alignedPair';
import { forwardSteps } from './forward';
import { frameAt, revealedBy } from './forwardLooks';

const build = (text: string) => buildNetwork(parseNetwork(text));
const ODD = 'growth=7,blocks=3-2-2-3,stem=19,size=61';
const PAIRS: readonly (readonly [a: string, b: string])[] = [
  ['cspdensenet121-first', 'cspdensenet121-last'],
  ['cspdensenet121-standard', 'densenet121'],
  ['cspdensenet264-last', 'cspdensenet121-standard@definition=listing'],
  [`cspdensenet-first@${ODD},gamma=0`, `cspdensenet-last@${ODD},definition=listing,gamma=0.875`],
];

const keysOf = (a: string, b: string, stage: 'all' | number) =>
  forwardSteps(build(a), build(b), stage).map(({ key }) => key);

describe('forwardSteps', () => {
  it('puts the same role at the same step, and lets a network wait that has none', () => {
    const steps = forwardSteps(build('cspdensenet121-first'), build('cspdensenet121-last'), 1);
    expect(steps.map(({ key }) => key)).toEqual([
      'base',
      'split',
      ...[1, 2, 3, 4, 5, 6].map((i) => `layer/${i}`),
      'block',
      'denseTransition',
      'merge',
      'transition',
      'pool',
      'output',
    ]);
    expect(steps.filter(({ a }) => !a?.acts).map(({ key }) => key)).toEqual(['block', 'denseTransition']);
    expect(steps.filter(({ b }) => !b?.acts).map(({ key }) => key)).toEqual(['transition']);
  });

  it('says what happens with the numbers of each network', () => {
    const steps = forwardSteps(build('cspdensenet121-first'), build('densenet121'), 1);
    const words = (key: string) => {
      const step = steps.find((one) => one.key === key);
      return [step?.a?.text, step?.b?.text];
    };
    expect(words('split')[0]).toBe('the first 32 channels, x₀′, bypass; the other 32, x₀″, enter the dense block');
    expect(words('split')[1]).toBe('waits: nothing is split off');
    expect(words('layer/3')).toEqual(['H₃ reads 96 channels and adds 32', 'H₃ reads 128 channels and adds 32']);
    expect(words('transition')[1]).toBe('a transition mixes all that was joined: 256 → 128 channels');
    expect(words('pool')[0]).toBe('average-pool 2×2: 56² → 28²');
    expect(words('block')[0]).toBe('waits: it joins x₀′ in the same concat');
  });

  it('has no step that neither network has, and leaves out a stage that is not there', () => {
    expect(keysOf('densenet121', 'densenet121', 1)).not.toContain('split');
    expect(keysOf('densenet121', 'cspdensenet121-last', 4)).not.toContain('pool');
    expect(keysOf('densenet121', 'densenet121', 4)).not.toContain('transition');
    const short = build('densenet@growth=8,blocks=2-2,stem=8,size=64');
    const steps = forwardSteps(short, build('densenet121'), 3);
    expect(steps.every(({ a, b }) => a === null && b !== null)).toBe(true);
    expect(forwardSteps(null, null, 1)).toEqual([]);
  });

  it('waits where one block has fewer layers, and says how many', () => {
    const steps = forwardSteps(build('densenet121'), build('densenet264'), 3);
    expect(steps.filter(({ key }) => key.startsWith('layer/'))).toHaveLength(64);
    const step = steps.find(({ key }) => key === 'layer/25');
    expect(step?.a).toEqual({ text: 'waits: its dense block has only 24 layers', acts: false });
    expect(step?.b?.acts).toBe(true);
  });

  it('goes through a whole network stage by stage', () => {
    const steps = forwardSteps(build('densenet121'), build('densenet@growth=8,blocks=2-2,stem=8,size=64'), 'all');
    expect(steps.map(({ key }) => key)).toEqual(['input', 'stem', 'stage1', 'stage2', 'stage3', 'stage4', 'head']);
    expect(steps[2]?.a?.text).toBe('64 × 56² → 128 × 28²: 6 layers add 192');
    expect(steps[4]?.b).toEqual({ text: 'waits: it has only 2 stages', acts: false });
  });
});

describe.each(PAIRS)('frames of %s beside %s', (textA, textB) => {
  const [a, b] = [build(textA), build(textB)];
  const stages = ['all' as const, ...a.stages.map((stage) => stage.index)];

  it.each(stages)('reveal stage %s from left to right, up to all of it', (stage) => {
    const steps = forwardSteps(a, b, stage);
    for (const unfolded of [false, true]) {
      const pair = alignedPair(a, b, stage, { unfolded });
      for (const side of ['a', 'b'] as const) {
        const diagram = pair[side];
        if (!diagram) throw new Error('both have this stage');
        const frames = steps.map((_, i) => frameAt(diagram, steps, side, i + 1));
        frames.forEach(({ frontier }, i) => {
          expect(frontier).toBeGreaterThanOrEqual(frames[i - 1]?.frontier ?? 0);
          // Every step of its own shows something more, and a step in which it waits nothing.
          if (i > 0) expect(frontier > (frames[i - 1]?.frontier ?? 0)).toBe(steps[i]?.[side]?.acts);
        });
        expect(frames.at(-1)?.frontier).toBe(diagram.width);
        expect(frames.at(-1)?.looks.size).toBe(0);
        for (const { key, [side]: words } of steps) {
          if (words?.acts) expect(revealedBy(diagram, key), key).toBeDefined();
        }
      }
    }
  });

  it('light what a layer reads, and what it adds', () => {
    const steps = forwardSteps(a, b, 1);
    const pair = alignedPair(a, b, 1);
    for (const side of ['a', 'b'] as const) {
      const diagram = pair[side];
      const at = steps.findIndex(({ key }) => key === 'layer/3') + 1;
      if (!diagram) throw new Error('both have a first stage');
      const { looks, reading, ring } = frameAt(diagram, steps, side, at);
      const parts = (test: (id: string) => boolean) =>
        new Set(diagram.ribbons.filter(({ id }) => test(id)).map(({ part }) => part));
      expect([...parts((id) => !looks.has(id))]).toEqual(['part2', 'growth/1', 'growth/2', 'growth/3']);
      expect(reading).toHaveLength(3);
      expect(ring?.x0).toBe(diagram.boxes.find((box) => box.part === 'growth/3' && box.kind === 'layer')?.x0);
    }
  });
});

describe('frameAt', () => {
  it('points at what a layer inside a fold reads', () => {
    const network = build('densenet264');
    const steps = forwardSteps(network, null, 3);
    const diagram = alignedPair(network, null, 3).a;
    if (!diagram) throw new Error('there are four stages');
    const at = steps.findIndex(({ key }) => key === 'layer/40') + 1;
    const { reading, ring, frontier } = frameAt(diagram, steps, 'a', at);
    expect(reading).toHaveLength(40);
    expect(ring?.x1).toBe(diagram.ribbons.find(({ part }) => part === 'growth/40')?.x0);
    expect(frontier).toBe(diagram.ribbons.find(({ part }) => part === 'growth/41')?.x0);
  });

  it('reads x0 prime and x_T in the second transition of standard, not what is behind the first', () => {
    const network = build('cspdensenet121-standard');
    const steps = forwardSteps(network, null, 1);
    const diagram = alignedPair(network, null, 1).a;
    if (!diagram) throw new Error('there are four stages');
    const at = steps.findIndex(({ key }) => key === 'transition') + 1;
    const { looks } = frameAt(diagram, steps, 'a', at);
    const lit = new Set(diagram.ribbons.filter(({ id }) => !looks.has(id)).map(({ part }) => part));
    expect([...lit].sort()).toEqual(['denseTransition', 'part1', 'transition']);
  });
});
