/**
 * How much of the multiply-accumulates that CSP saves the WebGPU kernels save in time: the four fusions of 121, their
 * runs interleaved, on Dawn in Node (a GPU with a Vulkan driver, else the SwiftShader of an installed browser).
 *
 *   npm run bench:savings -- [--rounds 15]
 */
import { parseArgs } from 'node:util';
import { channelsLast } from '../src/inference/layout';
import { fuse } from '../src/inference/plan/fuse';
import { place } from '../src/inference/plan/place';
import { isSoftwareName } from '../src/inference/tfjs/probe';
import { compile, KernelExecutor } from '../src/inference/webgpu/executor';
import { buildNetwork } from '../src/network/build';
import { parseNetwork } from '../src/network/text';
import { seedWeights } from '../src/weights/seeded';
import { dawnDevice, dawnHost } from './dawn';
import { orderOf } from './rivals/schedule';
import { quantile } from './statistics';

const NETWORKS = ['densenet121', 'cspdensenet121-standard', 'cspdensenet121-first', 'cspdensenet121-last'];
const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });

const found = await dawnDevice();
if (!found) throw new Error('there is no Vulkan driver, and no browser with one of its own');
const { info } = found.adapter;
const name = [info.vendor, info.architecture, info.description].join(' ');
const host = dawnHost(found.device, 'float32', { software: isSoftwareName(name) });
const input = channelsLast(
  Float32Array.from({ length: 3 * 224 * 224 }, (_, i) => Math.sin(i)),
  1,
  3,
);
const entries: { text: string; executor: KernelExecutor; macs: number; times: number[] }[] = [];
for (const text of NETWORKS) {
  const network = buildNetwork(parseNetwork(text));
  const placement = place(fuse(network));
  const { executor } = await KernelExecutor.create(host, compile(host, placement), seedWeights(network, 1));
  await executor.run(input, 1, { nodes: [] });
  const macs = placement.steps.reduce((sum, { step }) => sum + step.macs, 0);
  entries.push({ text, executor, macs, times: [] });
}
for (let round = 0; round < Number(options.rounds); round++) {
  for (const index of orderOf(round, entries.length)) {
    const entry = entries[index];
    entry?.times.push((await entry.executor.run(input, 1, { nodes: [] })).ms);
  }
}
console.log(`${name}, medians of ${options.rounds} interleaved runs and of their ratios to DenseNet’s (quartiles)`);
const [plain] = entries;
if (!plain) throw new Error('there is nothing to compare with');
for (const { text, macs, times } of entries) {
  const ratios = times.map((ms, round) => ms / (plain.times[round] ?? NaN));
  const saved = 1 - macs / plain.macs;
  const won = 1 - quantile(ratios, 0.5);
  const quartiles = [0.25, 0.75].map((share) => quantile(times, share).toFixed(0));
  const spread = [0.75, 0.25].map((share) => (100 * (1 - quantile(ratios, share))).toFixed(1));
  console.log(
    `${text}: ${quantile(times, 0.5).toFixed(0)} ms (${quartiles.join(' to ')}); executes ${(macs / 1e9).toFixed(3)} GMACs, ` +
      `${(100 * saved).toFixed(1)} % fewer, takes ${(100 * won).toFixed(1)} % less time (${spread.join(' to ')})` +
      (saved > 0 ? `, ${(won / saved).toFixed(2)} of it` : ''),
  );
}
process.exit(0);
