/** The texts of all programs pass WebGPU's checks, also those that no adapter at hand can run. */
import { describe, expect, it } from 'vitest';
import { nullDevice } from '../../../bench/dawn';
import { buildNetwork } from '../../network/build';
import { parseNetwork } from '../../network/text';
import { fuse } from '../plan/fuse';
import { place } from '../plan/place';
import type { Precision } from './wgsl';
import { convolutionDispatch, dispatchesOf } from './dispatches';
import { preprocessProgram } from './input';
import { softmaxProgram } from './output';
import { ProgramStore } from './program';
import { CANDIDATES, familyOf } from './tiles';

const TEXTS = ['densenet121', ...['standard', 'first', 'last'].map((fusion) => `cspdensenet121-${fusion}`)];
/** Of which one buffer holds all feature maps. */
const THIN = 'cspdensenet-standard@growth=12,blocks=2-3,stem=4,classes=7,size=33,gamma=0.3';
const device = await nullDevice();

describe.each(['float32', 'float16', 'rounded'] satisfies Precision[])('in %s', (precision) => {
  it('compiles every program of every fusion, with the defaults of GPUs and of software adapters', async () => {
    const store = new ProgramStore(device);
    expect(device.features.has('shader-f16') && device.features.has('subgroups')).toBe(true);
    for (const text of [...TEXTS, THIN]) {
      const placement = place(fuse(buildNetwork(parseNetwork(text))));
      for (const software of [false, true]) {
        const dispatches = dispatchesOf(placement, { table: {}, software, subgroups: true }, precision);
        await Promise.all(dispatches.map(({ program }) => store.pipeline(program)));
      }
    }
  });

  it('compiles every candidate of every kind of layer', async () => {
    const store = new ProgramStore(device);
    const placement = place(fuse(buildNetwork(parseNetwork('cspdensenet121-standard'))));
    for (const placed of placement.steps) {
      const family = familyOf(placed);
      for (const tile of family ? CANDIDATES[family] : []) {
        const { program } = convolutionDispatch(placement, placed, placed.writes.slice(0, 2), tile, precision);
        await expect(store.pipeline(program), program.key).resolves.toBeDefined();
      }
    }
  });

  it('compiles what stands before and after a network', async () => {
    const store = new ProgramStore(device);
    for (const program of [preprocessProgram(precision), softmaxProgram(precision)]) {
      await expect(store.pipeline(program), program.key).resolves.toBeDefined();
    }
  });

  it('refuses what is wrong', async () => {
    const store = new ProgramStore(device);
    const broken = store.pipeline({ key: 'broken', code: () => '@compute fn main() {}' });
    await expect(broken).rejects.toThrow();
  });
});
