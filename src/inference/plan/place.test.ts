/** Placement by itself: nothing is overwritten while it is needed, nothing is copied, and memory is next to the least. */
import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { randomNumbers } from '../testing/reference';
import { fuse } from './fuse';
import { GROUP, place, trafficOf } from './place';
import type { FeatureMap, Placement, Span } from './place';

const placementOf = (text: string) => place(fuse(buildNetwork(parseNetwork(text))));

const FUSIONS = ['densenet', 'cspdensenet-standard', 'cspdensenet-first', 'cspdensenet-last'];
const KNOBS = [
  'growth=32,blocks=6-12-24-16,stem=64,classes=1000',
  'growth=5,blocks=2-3-1,stem=10,classes=7,size=37',
  'growth=3,blocks=4-1-5-2,stem=7,classes=4,size=64,theta=0.7,bottleneck=3',
  'growth=16,blocks=4-8-12-8,stem=32,classes=61,size=96',
];
const CASES = FUSIONS.flatMap((fusion) =>
  KNOBS.flatMap((knobs) =>
    fusion === 'densenet'
      ? [`${fusion}@${knobs}`]
      : ['', ',gamma=0.25', ',gamma=0.3', ',gamma=0.875', ',gamma=0', ',definition=listing'].map(
          (more) => `${fusion}@${knobs}${more}`,
        ),
  ),
);

/** Writes and reads of a run, float by float of the first pixel's worth of every group: what went wrong. */
function replay({ steps, maps, input, together }: Placement): string[] {
  const problems: string[] = [];
  // Of every float of every buffer, the step that wrote it and into which map.
  const written = new Map<string, string>();
  const floatsOf = ({ map, group, groups }: Span) => {
    const { buffer = -1, offset = 0, height = 0, width = 0, groups: stride = 0 } = maps[map] ?? {};
    const keys: string[] = [];
    for (const pixel of [0, height * width - 1]) {
      for (let g = group; g < group + groups; g++) keys.push(`${buffer}:${offset + (pixel * stride + g) * GROUP}`);
    }
    return { buffer, keys };
  };
  const write = (span: Span, writer: string) => {
    for (const key of floatsOf(span).keys) written.set(key, `${writer} ${span.map}`);
  };
  write(input, 'input');
  for (const { step, read, writes } of steps) {
    const wanted = step.reads.map(({ value }) => `${value} ${read.map}`);
    const { buffer, keys } = floatsOf(read);
    for (const key of keys) {
      const by = written.get(key);
      if (by === undefined || !wanted.includes(by)) problems.push(`${step.id} reads ${key}, written by ${by}`);
    }
    if (!together && writes.some((span) => floatsOf(span).buffer === buffer))
      problems.push(`${step.id} writes where it reads`);
    for (const span of writes) write(span, step.id);
  }
  return problems;
}

/** Pairs of feature maps that are needed at once and lie over each other, or out of their buffer. */
function overlaps({ maps, buffers }: Placement): string[] {
  const endOf = ({ offset, height, width, groups }: FeatureMap) => offset + height * width * groups * GROUP;
  return maps.flatMap((one, a) => {
    const over = maps.slice(a + 1).flatMap((other, b) => {
      const atOnce = one.buffer === other.buffer && one.first <= other.last && other.first <= one.last;
      return atOnce && one.offset < endOf(other) && other.offset < endOf(one) ? [`${a} and ${a + 1 + b}`] : [];
    });
    return endOf(one) > (buffers[one.buffer] ?? 0) ? [...over, `${a} is out of its buffer`] : over;
  });
}

/** Memory that a placement takes, of what must be alive at once. */
const overhead = ({ buffers, leastFloats }: Placement) => buffers.reduce((sum, size) => sum + size, 0) / leastFloats;

describe.each(CASES)('%s', (text) => {
  const placement = placementOf(text);

  it('overwrites nothing that is still needed, and reads only what was written for it', () => {
    expect(overlaps(placement)).toEqual([]);
    expect(replay(placement)).toEqual([]);
  });

  it('has neither slices nor concatenations left, and every channel in its place', () => {
    for (const { step, read, writes } of placement.steps) {
      expect(['conv', 'maxPool', 'avgPool', 'globalPool', 'linear']).toContain(step.op.kind);
      const channels = step.reads.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(
        read.channels.filter((c) => c >= 0).toSorted((a, b) => a - b),
        step.id,
      ).toEqual([...Array(channels).keys()]);
      const out = writes.flatMap((span) => span.channels).filter((c) => c >= 0);
      expect(
        out.toSorted((a, b) => a - b),
        step.id,
      ).toEqual([...Array(step.shape[0]).keys()]);
      expect(read.channels.length).toBe(read.groups * GROUP);
    }
  });

  it('takes at most a tenth more memory than must be alive at once', () => {
    expect(overhead(placement)).toBeGreaterThanOrEqual(1);
    expect(overhead(placement)).toBeLessThanOrEqual(1.1);
  });
});

it.each(
  ['121', '161', '169', '201', '264'].flatMap((depth) => [
    `densenet${depth}`,
    ...['standard', 'first', 'last'].flatMap((fusion) =>
      ['', '@gamma=0.25', '@gamma=0.75', '@definition=listing', '@size=96'].map(
        (more) => `cspdensenet${depth}-${fusion}${more}`,
      ),
    ),
  ]),
)('%s takes at most a tenth more in buffers that kernels only read or only write', (text) => {
  const placement = placementOf(text);
  expect(placement.together).toBe(false);
  expect(overhead(placement)).toBeLessThanOrEqual(1.1);
});

it('takes at most a tenth more for networks of every shape, the thinnest of all in one buffer', () => {
  const random = randomNumbers(17);
  const pick = <T>(...from: readonly T[]): T => from[Math.floor(random() * from.length)] ?? from[0]!;
  let together = 0;
  for (let count = 0; count < 300; count++) {
    const blocks = Array.from({ length: pick(1, 2, 3, 4) }, () => pick(1, 2, 3, 5, 8, 12)).join('-');
    const knobs = `growth=${pick(2, 3, 4, 5, 8, 12, 16, 24, 32)},blocks=${blocks},stem=${pick(4, 6, 7, 10, 16, 24, 32, 64)}`;
    const csp = `,gamma=${pick(0, 0.25, 0.3, 0.5, 0.75, 0.875)}${pick('', ',definition=listing')}`;
    const fusion = pick(...FUSIONS);
    const text = `${fusion}@${knobs},classes=${pick(2, 61, 1000)},size=${pick(32, 37, 96, 224)}${fusion === 'densenet' ? '' : csp}`;
    const placement = placementOf(text);
    if (placement.together) together++;
    expect(overhead(placement), text).toBeLessThanOrEqual(1.1);
    expect(overlaps(placement), text).toEqual([]);
    expect(replay(placement), text).toEqual([]);
  }
  expect(together).toBeGreaterThan(20);
});

describe('DenseNet-121 at 224 × 224', () => {
  const placement = placementOf('densenet121');

  it('takes 123 steps, each with one run of channels to write', () => {
    expect(placement.steps).toHaveLength(123);
    expect(placement.steps.every(({ writes }) => writes.length === 1)).toBe(true);
  });

  it('moves the 89.6 MB of activations of one stage buffer per stage', () => {
    expect(trafficOf(placement) / 1e6).toBeCloseTo(89.6, 1);
  });

  it('saves the multiply-accumulates of pooling before the transitions', () => {
    const macs = placement.steps.reduce((sum, { step }) => sum + step.macs, 0);
    // 56², 28² and 14² times input times output channels of the three transitions, three quarters of it.
    const saved = 0.75 * (56 ** 2 * 256 * 128 + 28 ** 2 * 512 * 256 + 14 ** 2 * 1024 * 512);
    expect(macs).toBe(2_834_161_664 - saved);
  });
});

it.each([
  ['standard', 0.068],
  ['first', 0.0987],
  ['last', 0.0885],
])('says as executed how much of DenseNet-121 fusion %s saves: %d', (fusion, saved) => {
  const macs = (text: string) => placementOf(text).steps.reduce((sum, { step }) => sum + step.macs, 0);
  expect(1 - macs(`cspdensenet121-${fusion}`) / macs('densenet121')).toBeCloseTo(saved, 3);
});
