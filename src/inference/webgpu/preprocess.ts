/**
 * WGSL of what comes before the network: levels of pictures, packed four to a word, become the values of the input's
 * feature map, by a table of what each level of each channel is: three bytes a pixel go to the GPU in place of sixteen,
 * and in float32 the values are the very ones that the CPU would compute. Text only.
 */
import { prelude } from './wgsl';
import type { Precision } from './wgsl';

/** Numbers of its uniform: pixels of a picture, and where they go. */
export const PREPROCESS_FIELDS = ['pixels', 'stride0', 'group0', 'image0'] as const;

/** Invocations of a workgroup, a pixel each. */
export const PREPROCESS_WORKGROUP = 64;

/** The levels, [N,H,W,3], take the place of the weights; the table, [256,4], that of the norm. */
export function preprocessShader(precision: Precision): string {
  return `${prelude(precision, PREPROCESS_FIELDS, 'levels: array<u32>')}
fn level(at: u32) -> u32 { return (levels[at / 4u] >> (8u * (at % 4u))) & 255u; }
@compute @workgroup_size(${PREPROCESS_WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
let pixel = id.x;
if (pixel >= p.pixels) { return; }
let image = id.z;
let at = 3u * (image * p.pixels + pixel);
let value = vec4f(norm[level(at)].x, norm[level(at + 1u)].y, norm[level(at + 2u)].z, 0);
y0[image * p.image0 + pixel * p.stride0 + p.group0] = stored(value);
}
`;
}
