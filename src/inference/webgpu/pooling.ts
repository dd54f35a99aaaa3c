/**
 * WGSL of the pools: maximum or average over a window, each channel taken from wherever a table says, so that a pool
 * also puts channels into new slots; and the global average that reads batch norm and ReLU into the head. Text only.
 */
import { forkBuffer, PLACE_FIELDS, prelude } from './wgsl';
import type { Fork, Precision, Source } from './wgsl';

/** Numbers of a pool's uniform. */
export const POOL_FIELDS = [...PLACE_FIELDS, 'kernel', 'stride', 'padding'] as const;

/** Invocations of a workgroup of every program here. */
export const POOL_WORKGROUP = 64;

/** What a program here does. */
export interface PoolKind {
  readonly reduce: 'max' | 'average';
  readonly forked: Fork;
  readonly source: Source;
}

const TABLE = 'table: array<vec4i>';

/** A channel of the run that is read, at a pixel. */
const valueOf = (source: Source) => `fn value(pixel: u32, channel: i32) -> f32 {
if (channel < 0) { return 0; }
return f32(${source}[pixel + u32(channel) / 4u][u32(channel) % 4u]);
}`;

/** A pool; the table holds, for each channel of the result, that of the run of channels read, or −1 for none. */
export function poolShader({ reduce, forked, source }: PoolKind, precision: Precision): string {
  const max = reduce === 'max';
  return `${prelude(precision, POOL_FIELDS, TABLE)}
${valueOf(source)}
@compute @workgroup_size(${POOL_WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
let pixel = id.x / p.outGroups;
let group = id.x % p.outGroups;
if (pixel >= p.outWidth * p.outHeight) { return; }
let image = id.z;
let row = i32((pixel / p.outWidth) * p.stride) - i32(p.padding);
let column = i32((pixel % p.outWidth) * p.stride) - i32(p.padding);
let source = table[group];
var sum = vec4f(${max ? '-3.4e38' : '0'});
for (var dy = 0; dy < i32(p.kernel); dy++) {
for (var dx = 0; dx < i32(p.kernel); dx++) {
let y = row + dy;
let c = column + dx;
if (y < 0 || y >= i32(p.inHeight) || c < 0 || c >= i32(p.inWidth)) { continue; }
let at = image * p.inImage + p.inGroup + (u32(y) * p.inWidth + u32(c)) * p.inStride;
let v = vec4f(value(at, source.x), value(at, source.y), value(at, source.z), value(at, source.w));
sum = ${max ? 'max(sum, v)' : 'sum + v'};
}
}
${max ? '' : 'sum = sum / f32(p.kernel * p.kernel);'}
${
  forked === 'none'
    ? ''
    : `if (group >= p.split) {
${forkBuffer(forked)}[image * p.image1 + pixel * p.stride1 + p.group1 + group - p.split] = stored(sum);
return;
}`
}
y0[image * p.image0 + pixel * p.stride0 + p.group0 + group] = stored(sum);
}
`;
}

/**
 * The mean over all pixels of the ReLU of the batch norm: one vector of channels. The table is as for a pool, scale and
 * shift are in the order of the channels written.
 */
export function globalPoolShader(source: Source, precision: Precision): string {
  return `${prelude(precision, POOL_FIELDS, TABLE)}
${valueOf(source)}
@compute @workgroup_size(${POOL_WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
let group = id.x;
if (group >= p.outGroups) { return; }
let image = id.z;
let scale = norm[2u * group];
let shift = norm[2u * group + 1u];
let source = table[group];
let area = p.inWidth * p.inHeight;
var sum = vec4f(0);
for (var pixel = 0u; pixel < area; pixel++) {
let at = image * p.inImage + p.inGroup + pixel * p.inStride;
let v = vec4f(value(at, source.x), value(at, source.y), value(at, source.z), value(at, source.w));
sum += max(v * scale + shift, vec4f(0));
}
y0[image * p.image0 + p.group0 + group] = stored(sum / f32(area));
}
`;
}
