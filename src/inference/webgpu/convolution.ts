/**
 * WGSL of every convolution, and of the linear layer, which is a 1×1 convolution of one pixel. An invocation keeps a
 * tile of `pixels` neighbouring pixels × `groups` groups of four output channels in registers and walks over the input
 * channels, four at a time; batch norm, ReLU and 2×2 average of what is read happen while loading. Text only: shapes
 * come in a uniform, so that layers share programs.
 */

import { forkBuffer, PLACE_FIELDS, prelude } from './wgsl';
import type { Fork, Precision, Source } from './wgsl';

/** Numbers of a convolution's uniform. */
export const CONVOLUTION_FIELDS = [...PLACE_FIELDS, 'inGroups'] as const;

/** How much of the output an invocation makes, and how many invocations share the input channels of a tile. */
export interface Tile {
  /** Neighbouring pixels: of a row, or for 1×1 kernels of the whole map. */
  readonly pixels: number;
  /** Groups of four output channels. */
  readonly groups: number;
  /** Invocations among which the input channels are dealt out; 1 needs no workgroup memory. */
  readonly shares: number;
  /** Whether four neighbouring invocations load a quarter of the weights each and hand them round. */
  readonly quads: boolean;
  /** Invocations of a workgroup, tiles × shares. */
  readonly workgroup: number;
}

/** What a program of a convolution does. */
export interface ConvolutionKind {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  /** Scale, shift and ReLU of what is read; 1×1 kernels only. */
  readonly norm: boolean;
  /** Average of 2×2 pixels of what is read, after the norm; 1×1 kernels only. */
  readonly pooled: boolean;
  /** Added to the result. */
  readonly bias: boolean;
  readonly relu: boolean;
  readonly forked: Fork;
  readonly source: Source;
}

/** Widest kernel whose row is written out: pixels are then loaded once for all its columns, but programs grow. */
const MOST_UNROLLED = 3;

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const lines = (count: number, line: (index: number) => string) => range(count).map(line).join('\n');

/** The program of a kind of convolution with a tile. */
export function convolutionShader(kind: ConvolutionKind, tile: Tile, precision: Precision): string {
  const { kernel, stride, padding, norm, pooled, bias, relu, forked, source: X } = kind;
  const { pixels: P, groups: Q, shares: S, quads, workgroup } = tile;
  const tilesAcross = workgroup / S;
  const one = kernel === 1;
  // Pixels of a row that the tile reads.
  const taps = (P - 1) * stride + kernel;
  const loaded = (expression: string) => {
    const value = `vec4f(${expression})`;
    return norm ? `max(${value} * scale + shift, vec4f(0))` : value;
  };
  const loadFlat = (p: number) =>
    pooled
      ? `let x${p} = 0.25 * (${[0, 1, 2, 3]
          .map((i) =>
            loaded(`${X}[at${p} + ${i & 1 ? 'p.inStride' : '0u'} + ${i & 2 ? 'p.inWidth * p.inStride' : '0u'} + c]`),
          )
          .join(' + ')});`
      : `let x${p} = ${loaded(`${X}[at${p} + c]`)};`;
  const accumulate = (p: number, source: number) =>
    lines(
      Q,
      (q) =>
        `a${p}_${q} += x${source}.x * w${q}_0 + x${source}.y * w${q}_1 + x${source}.z * w${q}_2 + x${source}.w * w${q}_3;`,
    );
  const loadWeights = quads
    ? lines(
        Q,
        (q) =>
          `let w${q} = vec4f(w[at + quarter * p.outGroups + ${q}u]);\n${lines(4, (lane) => `let w${q}_${lane} = quadBroadcast(w${q}, ${lane}u);`)}`,
      )
    : lines(Q, (q) => lines(4, (lane) => `let w${q}_${lane} = vec4f(w[at + ${lane}u * p.outGroups + ${q}u]);`));

  const body = one
    ? `${norm ? 'let scale = norm[2u * c];\nlet shift = norm[2u * c + 1u];' : ''}
${lines(P, loadFlat)}
let at = c * 4u * p.outGroups + group;
${loadWeights}
${lines(P, (p) => accumulate(p, p))}`
    : kernel > MOST_UNROLLED
      ? `for (var ky = 0u; ky < ${kernel}u; ky++) {
let y = i32(row * ${stride}u + ky) - ${padding};
let within = y >= 0 && y < i32(p.inHeight);
let line = inImage + u32(y) * p.inWidth * p.inStride + c;
for (var kx = 0u; kx < ${kernel}u; kx++) {
let at = ((ky * ${kernel}u + kx) * p.inGroups + c) * 4u * p.outGroups + group;
${loadWeights}
${lines(P, (p) => `let c${p} = left + i32(kx) + ${p * stride};\nvar x${p} = vec4f(0);\nif (within && c${p} >= 0 && c${p} < i32(p.inWidth)) { x${p} = vec4f(${X}[line + u32(c${p}) * p.inStride]); }`)}
${lines(P, (p) => accumulate(p, p))}
}
}`
      : `for (var ky = 0u; ky < ${kernel}u; ky++) {
let y = i32(row * ${stride}u + ky) - ${padding};
let within = y >= 0 && y < i32(p.inHeight);
let line = inImage + u32(y) * p.inWidth * p.inStride + c;
${lines(taps, (t) => `let c${t} = left + ${t};\nvar x${t} = vec4f(0);\nif (within && c${t} >= 0 && c${t} < i32(p.inWidth)) { x${t} = vec4f(${X}[line + u32(c${t}) * p.inStride]); }`)}
var at = ((ky * ${kernel}u) * p.inGroups + c) * 4u * p.outGroups + group;
${lines(kernel, (kx) => `{\n${loadWeights}\n${lines(P, (p) => accumulate(p, p * stride + kx))}\nat += p.inGroups * 4u * p.outGroups;\n}`)}
}`;

  const place = one
    ? lines(P, (p) => {
        const pixel = `min(first + ${p}u, area - 1u)`;
        return pooled
          ? `let o${p} = ${pixel};\nlet at${p} = inImage + ((o${p} / p.outWidth) * 2u * p.inWidth + (o${p} % p.outWidth) * 2u) * p.inStride;`
          : `let at${p} = inImage + ${pixel} * p.inStride;`;
      })
    : `let left = i32(column * ${stride}u) - ${padding};`;

  const finish = (p: number, q: number) => {
    const sum = bias ? `a${p}_${q} + vec4f(bias[group + ${q}u])` : `a${p}_${q}`;
    return relu ? `max(${sum}, vec4f(0))` : sum;
  };
  const inside = (p: number) => (one ? `first + ${p}u < area` : `column + ${p}u < p.outWidth`);
  const write = lines(
    Q,
    (q) => `{
let g = group + ${q}u;
if (g < p.outGroups) {
${
  forked === 'none'
    ? '{'
    : `if (g >= p.split) {
let to = image * p.image1 + first * p.stride1 + p.group1 + g - p.split;
${lines(P, (p) => `if (${inside(p)}) { ${forkBuffer(forked)}[to + ${p}u * p.stride1] = stored(${finish(p, q)}); }`)}
} else {`
}
let to = image * p.image0 + first * p.stride0 + p.group0 + g;
${lines(P, (p) => `if (${inside(p)}) { y0[to + ${p}u * p.stride0] = stored(${finish(p, q)}); }`)}
}
}
}`,
  );
  const gather =
    S === 1
      ? `if (live) {\n${write}\n}`
      : `${lines(P, (p) => lines(Q, (q) => `part[(local.y * ${tilesAcross}u + local.x) * ${P * Q}u + ${p * Q + q}u] = a${p}_${q};`))}
workgroupBarrier();
if (share == 0u) {
for (var s = 1u; s < ${S}u; s++) {
let base = (s * ${tilesAcross}u + local.x) * ${P * Q}u;
${lines(P, (p) => lines(Q, (q) => `a${p}_${q} += part[base + ${p * Q + q}u];`))}
}
if (live) {
${write}
}
}`;
  const tiles = one ? `(area + ${P - 1}u) / ${P}u` : `((p.outWidth + ${P - 1}u) / ${P}u) * p.outHeight`;
  return `${quads ? 'enable subgroups;\n' : ''}${prelude(precision, CONVOLUTION_FIELDS, 'w: array<V>')}
${S === 1 ? '' : `var<workgroup> part: array<vec4f, ${workgroup * P * Q}>;`}
@compute @workgroup_size(${tilesAcross}, ${S})
fn main(@builtin(workgroup_id) block: vec3u, @builtin(local_invocation_id) local: vec3u) {
let area = p.outWidth * p.outHeight;
let tile = block.x * ${tilesAcross}u + local.x;
let live = tile < ${tiles};
${quads ? 'let quarter = local.x % 4u;' : ''}
${S === 1 ? (quads ? '' : 'if (!live) { return; }') : 'let share = local.y;'}
let group = block.y * ${Q}u;
let image = block.z;
let inImage = image * p.inImage + p.inGroup;
${
  one
    ? `let first = tile * ${P}u;`
    : `let across = (p.outWidth + ${P - 1}u) / ${P}u;
let row = tile / across;
let column = (tile % across) * ${P}u;
let first = row * p.outWidth + column;`
}
${place}
${lines(P, (p) => lines(Q, (q) => `var a${p}_${q} = vec4f(0);`))}
for (var c = ${S === 1 ? '0u' : 'share'}; c < p.inGroups; c += ${S}u) {
${body}
}
${gather}
}
`;
}

/** Workgroups of a convolution of `batch` pictures: tiles, groups of channels, pictures. */
export function convolutionGrid(
  { kernel }: Pick<ConvolutionKind, 'kernel'>,
  { pixels, groups, shares, workgroup }: Tile,
  out: { readonly width: number; readonly height: number; readonly groups: number },
): readonly [number, number] {
  const across =
    kernel === 1 ? Math.ceil((out.width * out.height) / pixels) : Math.ceil(out.width / pixels) * out.height;
  return [Math.ceil(across / (workgroup / shares)), Math.ceil(out.groups / groups)];
}
