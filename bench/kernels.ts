/**
 * What bounds the WebGPU kernels: time, GFLOP/s and GB/s of every kind of layer, from the GPU's own clock, on Dawn in
 * Node: on a GPU with a Vulkan driver, else on the SwiftShader of an installed browser.
 *
 *   npm run bench:kernels -- [--network densenet121] [--runs 3] [--pictures 8] [--tiles '{"pointwise":[8,4,1,true,16]}']
 *
 * The peak is that of a product of matrices, 1,024 × 512 by 512 × 1,024, by the same kernels: a 1×1 convolution on
 * 32 × 32 pixels. `--pictures` also runs so many together, as folders do, in turn with one alone.
 */
import { parseArgs } from 'node:util';
import { channelsLast } from '../src/inference/layout';
import { fuse } from '../src/inference/plan/fuse';
import { place, trafficOf } from '../src/inference/plan/place';
import type { Placement } from '../src/inference/plan/place';
import type { Tile } from '../src/inference/webgpu/convolution';
import { compile, KernelExecutor } from '../src/inference/webgpu/executor';
import { familyOf, tileKey, tileOf } from '../src/inference/webgpu/tiles';
import { isSoftwareName } from '../src/inference/tfjs/probe';
import { buildNetwork } from '../src/network/build';
import { parseNetwork } from '../src/network/text';
import { seedWeights } from '../src/weights/seeded';
import { dawnDevice, dawnHost } from './dawn';
import { quantile } from './statistics';

const { values: options } = parseArgs({
  options: {
    network: { type: 'string', default: 'densenet121' },
    runs: { type: 'string', default: '3' },
    pictures: { type: 'string', default: '1' },
    tiles: { type: 'string', default: '{}' },
  },
});

const found = await dawnDevice();
if (!found) throw new Error('there is no Vulkan driver, and no browser with one of its own');
const { info } = found.adapter;
const name = [info.vendor, info.architecture, info.description].join(' ');
const software = isSoftwareName(name);
const network = buildNetwork(parseNetwork(options.network));
const placement: Placement = place(fuse(network));

/** Tiles asked for, by family or by family and size, as the profile prints them. */
const forced: Record<string, Tile> = {};
const asked: unknown = JSON.parse(options.tiles);
for (const placed of placement.steps) {
  const family = familyOf(placed);
  const given: unknown =
    typeof asked === 'object' && asked !== null
      ? (Reflect.get(asked, tileKey(placed)) ?? Reflect.get(asked, family ?? ''))
      : undefined;
  if (!Array.isArray(given)) continue;
  const [pixels, groups, shares, quads, workgroup]: unknown[] = given;
  forced[tileKey(placed)] = {
    pixels: Number(pixels),
    groups: Number(groups),
    shares: Number(shares),
    quads: quads === true,
    workgroup: Number(workgroup),
  };
}
/** A network whose first dense layer begins with that product. */
const PRODUCT = {
  network: 'densenet@growth=128,bottleneck=8,stem=512,blocks=1,size=128,classes=2',
  macs: 2 ** 29,
  runs: 3,
};

/** GFLOP/s of that product, the best of a few runs. @throws Error where the network has no such layer. */
async function peakGflops(): Promise<number> {
  const large = buildNetwork(parseNetwork(PRODUCT.network));
  const compiled = compile(host, place(fuse(large)));
  const { executor: product } = await KernelExecutor.create(host, compiled, seedWeights(large, 1));
  const at = compiled.dispatches.findIndex(({ placed }) => placed.step.macs === PRODUCT.macs);
  if (at < 0) throw new Error('there is no product to measure the peak by');
  const zeros = channelsLast(new Float32Array(3 * large.spec.size ** 2), 1, 3);
  const taken: number[] = [];
  for (let run = 0; run < PRODUCT.runs; run++) taken.push((await product.timeDispatches(zeros))[at] ?? NaN);
  product.dispose();
  return (2 * PRODUCT.macs) / Math.min(...taken) / 1e6;
}

const host = dawnHost(found.device, 'float32', { table: forced, software });
const started = performance.now();
const compiling = compile(host, placement);
await compiling.done;
const compileMs = performance.now() - started;
const { executor } = await KernelExecutor.create(host, compiling, seedWeights(network, 1));
const { size } = network.spec;
const input = channelsLast(
  Float32Array.from({ length: 3 * size * size }, (_, i) => Math.sin(i)),
  1,
  3,
);
const runs: number[] = [];
await executor.run(input, 1, { nodes: [] });
for (let run = 0; run < Number(options.runs); run++) runs.push((await executor.run(input, 1, { nodes: [] })).ms);
const times = await executor.timeDispatches(input);
const peak = await peakGflops();

const together = Number(options.pictures);
const each: { readonly alone: number; readonly together: number }[] = [];
if (together > 1) {
  const many = new Float32Array(together * input.length);
  for (let picture = 0; picture < together; picture++) many.set(input, picture * input.length);
  await executor.run(many, together, { nodes: [] });
  for (let run = 0; run < Number(options.runs); run++) {
    // Room is made anew for each number of pictures: the second run is the one that counts.
    await executor.run(input, 1, { nodes: [] });
    const { ms: alone } = await executor.run(input, 1, { nodes: [] });
    await executor.run(many, together, { nodes: [] });
    each.push({ alone, together: (await executor.run(many, together, { nodes: [] })).ms / together });
  }
}

console.log(`${options.network} on ${name}, programs compiled in ${Math.round(compileMs)} ms`);
console.log(
  `${compiling.dispatches.length} dispatches, ${(trafficOf(placement) / 1e6).toFixed(1)} MB of activations, ` +
    `${quantile(runs, 0.5).toFixed(1)} ms a run (median of ${runs.length})`,
);
if (each.length > 0) {
  const median = (of: 'alone' | 'together') =>
    quantile(
      each.map((one) => one[of]),
      0.5,
    );
  console.log(
    `${together} pictures together: ${median('together').toFixed(1)} ms each, ${median('alone').toFixed(1)} ms alone ` +
      `(medians of ${each.length}, in turn)`,
  );
}
const kinds = new Map<string, { ms: number; macs: number; bytes: number; count: number; tile: string }>();
compiling.dispatches.forEach(({ placed, tile }, index) => {
  const family = familyOf(placed);
  const key = family ? tileKey(placed) : placed.step.op.kind;
  const area = (map: number) => (placement.maps[map]?.height ?? 0) * (placement.maps[map]?.width ?? 0);
  const groups = placed.writes.reduce((sum, span) => sum + span.groups * area(span.map), 0);
  const weights = family ? (placed.step.macs / (placed.step.shape[1] * placed.step.shape[2])) * 4 : 0;
  const bytes = (placed.read.groups * area(placed.read.map) + groups) * 16 + weights;
  const shown = tile && family ? JSON.stringify(Object.values(tileOf(placed, family, host.tiles))) : '';
  const at = kinds.get(key) ?? { ms: 0, macs: 0, bytes: 0, count: 0, tile: shown };
  kinds.set(key, {
    ...at,
    ms: at.ms + (times[index] ?? 0),
    macs: at.macs + placed.step.macs,
    bytes: at.bytes + bytes,
    count: at.count + 1,
  });
});
console.log(
  `peak: ${peak.toFixed(2)} GFLOP/s, the best of ${PRODUCT.runs} products of 1,024 × 512 by 512 × 1,024 matrices`,
);
const total = times.reduce((sum, ms) => sum + ms, 0);
console.log(
  'kind/log2(pixels)   layers      ms  share  GFLOP/s of peak   GB/s  tile [pixels, groups, shares, quads, workgroup]',
);
for (const [key, { ms, macs, bytes, count, tile }] of kinds) {
  const columns = [
    key.padEnd(18),
    String(count).padStart(7),
    ms.toFixed(1).padStart(8),
    `${((100 * ms) / total).toFixed(0)} %`.padStart(6),
    ((2 * macs) / ms / 1e6).toFixed(2).padStart(8),
    `${((2 * macs) / ms / 1e4 / peak).toFixed(0)} %`.padStart(7),
    (bytes / ms / 1e6).toFixed(2).padStart(6),
    ` ${tile}`,
  ];
  console.log(columns.join(' '));
}
executor.dispose();
process.exit(0);
