/** On Dawn's null device, which runs nothing and needs no driver: what is said of the times, not the times. */
import { afterAll, describe, expect, it } from 'vitest';
import { create } from 'webgpu';
import { nullDevice } from '../../../bench/dawn';
import { StageClock } from './stageClock';

// Instances must outlive their devices.
const instance = create(['backend=null']);
const clocks: StageClock[] = [];

async function clockWith(timestamps: boolean) {
  const device = timestamps ? await nullDevice() : await (await instance.requestAdapter())?.requestDevice();
  if (!device) throw new Error('Dawn has no null device');
  expect(device.features.has('timestamp-query')).toBe(timestamps);
  const clock = new StageClock(device);
  clocks.push(clock);
  return clock;
}

const RANGES = [
  { stage: 'stem', from: 0, to: 2 },
  { stage: 'head', from: 2, to: 3 },
];

describe('the clock of stages', () => {
  afterAll(() => clocks.forEach((clock) => clock.dispose()));

  it.each([
    { timestamps: true, method: 'clock' },
    { timestamps: false, method: 'waiting' },
  ])('says how it measured and how often: $method', async ({ timestamps, method }) => {
    const clock = await clockWith(timestamps);
    let begun = 0;
    const encoded: string[] = [];
    const times = await clock.time(RANGES, {
      begin: () => void begun++,
      encode: (_pass, from, to) => void encoded.push(`${from}-${to}`),
    });
    expect(times).toMatchObject({ method, runs: begun, transfers: false });
    expect(begun).toBeGreaterThan(0);
    expect(encoded).toEqual(Array.from({ length: begun }, () => ['0-2', '2-3']).flat());
    expect(times.stageTimes.map(({ stage }) => stage)).toEqual(['stem', 'head']);
    expect(times.ms).toBe(times.stageTimes.reduce((sum, { ms }) => sum + ms, 0));
  });
});
