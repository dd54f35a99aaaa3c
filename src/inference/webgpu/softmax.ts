/** WGSL of what comes after the network where probabilities are asked for: the softmax of logits / temperature. Text only. */
import { prelude } from './wgsl';
import type { Precision } from './wgsl';

/** Numbers of its uniform: classes, where logits and probabilities of a picture lie, the temperature's bits as float32. */
export const SOFTMAX_FIELDS = ['classes', 'inGroup', 'inImage', 'outGroups', 'temperature'] as const;

/** Invocations of the one workgroup of a picture. */
const WORKGROUP = 64;

/** Probabilities, [N, classes rounded up to fours], float32 whatever the logits are: near 1 they lie close together. */
export function softmaxShader(precision: Precision): string {
  return `${prelude(precision, SOFTMAX_FIELDS, 'unused: array<V>', 'array<vec4f>')}
var<workgroup> part: array<f32, ${WORKGROUP}>;
fn scaled(image: u32, channel: u32) -> f32 {
return f32(x[image * p.inImage + p.inGroup + channel / 4u][channel % 4u]) / bitcast<f32>(p.temperature);
}
fn probability(image: u32, channel: u32, most: f32, sum: f32) -> f32 {
if (channel >= p.classes) { return 0; }
return exp(scaled(image, channel) - most) / sum;
}
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(workgroup_id) block: vec3u, @builtin(local_invocation_index) own: u32) {
let image = block.z;
var most = -3.4e38;
for (var c = own; c < p.classes; c += ${WORKGROUP}u) { most = max(most, scaled(image, c)); }
part[own] = most;
workgroupBarrier();
for (var i = 0u; i < ${WORKGROUP}u; i++) { most = max(most, part[i]); }
workgroupBarrier();
var sum = 0f;
for (var c = own; c < p.classes; c += ${WORKGROUP}u) { sum += exp(scaled(image, c) - most); }
part[own] = sum;
workgroupBarrier();
sum = 0;
for (var i = 0u; i < ${WORKGROUP}u; i++) { sum += part[i]; }
for (var g = own; g < p.outGroups; g += ${WORKGROUP}u) {
let c = 4u * g;
y0[image * p.outGroups + g] = vec4f(
probability(image, c, most, sum), probability(image, c + 1u, most, sum),
probability(image, c + 2u, most, sum), probability(image, c + 3u, most, sum));
}
}
`;
}
