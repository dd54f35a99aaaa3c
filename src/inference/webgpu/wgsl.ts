/** What the texts of all kernels share: the uniform, the bindings, and how values are stored. No kernel here. */

/** How values lie in buffers. `rounded` is float32 that is rounded to float16 when written: what float16 would give. */
export type Precision = 'float32' | 'float16' | 'rounded';

/**
 * Where groups of the result from `split` on go: on with the others, elsewhere in the same feature map, or to another.
 * Which buffer that is must be in the text: one buffer cannot be bound for writing twice.
 */
export type Fork = 'none' | 'same' | 'other';

/** The buffer that a kernel reads feature maps from: one bound for that, or the one that it also writes, bound once. */
export type Source = 'x' | 'y0';

/**
 * Where a kernel reads and writes: numbers that every uniform begins with, all u32. Strides, and places along channels,
 * are in groups of four; an image is where the next picture's map begins.
 */
export const PLACE_FIELDS = [
  'inStride',
  'inGroup',
  'inImage',
  'inWidth',
  'inHeight',
  'outWidth',
  'outHeight',
  'outGroups',
  'split',
  'stride0',
  'group0',
  'image0',
  'stride1',
  'group1',
  'image1',
] as const;

/** The buffer that groups from `split` on go to. */
export const forkBuffer = (fork: Fork) => (fork === 'same' ? 'y0' : 'y1');

/**
 * Declarations that every program begins with: V is what a buffer holds, `stored` makes one.
 * @param fields of the uniform.
 * @param second name and type of the third binding: weights, or a table.
 * @param out type of what is written.
 */
export function prelude(precision: Precision, fields: readonly string[], second: string, out = 'array<V>'): string {
  const store = {
    float32: 'fn stored(v: vec4f) -> V { return v; }',
    float16: 'fn stored(v: vec4f) -> V { return V(v); }',
    rounded:
      'fn stored(v: vec4f) -> V { return vec4f(unpack2x16float(pack2x16float(v.xy)), unpack2x16float(pack2x16float(v.zw))); }',
  }[precision];
  return `${precision === 'float16' ? 'enable f16;\nalias V = vec4<f16>;' : 'alias V = vec4f;'}
${store}
struct Params {
${fields.map((field) => `  ${field}: u32,`).join('\n')}
}
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<V>;
@group(0) @binding(2) var<storage, read> ${second};
@group(0) @binding(3) var<storage, read> norm: array<vec4f>;
@group(0) @binding(4) var<storage, read> bias: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> y0: ${out};
@group(0) @binding(6) var<storage, read_write> y1: array<V>;`;
}
