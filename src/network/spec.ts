/**
 * What a person chooses: the few numbers that determine one network, their defaults and their allowed ranges.
 * Building the network's nodes is build.ts; the text form is text.ts.
 */
import * as v from 'valibot';

/** How the two parts of a stage meet again: the paper's Figure 3 (a) plain, (b) standard, (c) first, (d) last. */
export type Fusion = 'plain' | 'standard' | 'first' | 'last';

/** `paper` follows the paper's equations, `listing` the article's PyTorch listing. */
export type Definition = 'paper' | 'listing';

/** Everything that determines a network. Make one with {@link makeSpec}, which fills defaults and checks ranges. */
export interface NetworkSpec {
  readonly fusion: Fusion;
  readonly definition: Definition;
  /** Share of the base layer's channels that bypass the dense block; 0 for `plain`. */
  readonly gamma: number;
  /** Whether stages end in an average pool. False only for `last` in `listing`, whose code has none. */
  readonly pool: boolean;
  /** Height and width of the input, pixels. */
  readonly size: number;
  readonly classes: number;
  /** Channels each dense layer adds (k, the paper's d). */
  readonly growth: number;
  /** Dense layers in each stage. */
  readonly blocks: readonly number[];
  /** Channels of the stem's convolution. */
  readonly stem: number;
  /** Width of the 1×1 convolution of a dense layer, in multiples of the growth rate. */
  readonly bottleneck: number;
  /** Compression: a transition has floor(theta × input channels) outputs. */
  readonly theta: number;
}

/** The named depths: dense layers per stage, growth rate and stem channels of the DenseNet paper. */
export const DEPTHS = {
  121: { blocks: [6, 12, 24, 16], growth: 32, stem: 64 },
  161: { blocks: [6, 12, 36, 24], growth: 48, stem: 96 },
  169: { blocks: [6, 12, 32, 32], growth: 32, stem: 64 },
  201: { blocks: [6, 12, 48, 32], growth: 32, stem: 64 },
  264: { blocks: [6, 12, 64, 48], growth: 32, stem: 64 },
} as const;

export type Depth = keyof typeof DEPTHS;
export const DEPTH_NAMES = [121, 161, 169, 201, 264] as const satisfies readonly Depth[];

/** The small networks that this project trained: the knobs all four have in common. */
export const SMALL = { growth: 16, blocks: [4, 8, 12, 8], stem: 32, classes: 61, size: 96 } as const;

/** Smallest input for 1 to 6 stages: below it a pool would have nothing left to pool. */
export const SMALLEST_SIZE = [1, 5, 13, 29, 61, 125] as const;

/** Allowed ranges, both ends included. */
export const RANGES = {
  gamma: [0, 0.875],
  size: [1, 1024],
  classes: [1, 21841],
  growth: [1, 256],
  stages: [1, 6],
  layers: [1, 128],
  stem: [1, 512],
  bottleneck: [1, 16],
  theta: [0.05, 1],
} as const;

/** A spec that cannot be built: which field, its value, and what is allowed. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
  constructor(
    readonly field: string,
    readonly value: unknown,
    readonly allowed: string,
  ) {
    super(`${field} is ${typeof value === 'string' ? `"${value}"` : JSON.stringify(value)}; allowed is ${allowed}`);
  }
}

const range = ([low, high]: readonly [number, number]) => `${low} to ${high}`;
const whole = (bounds: readonly [number, number]) =>
  v.pipe(
    v.number(`a whole number from ${range(bounds)}`),
    v.integer(`a whole number from ${range(bounds)}`),
    v.minValue(bounds[0], `a whole number from ${range(bounds)}`),
    v.maxValue(bounds[1], `a whole number from ${range(bounds)}`),
  );
const real = (bounds: readonly [number, number]) =>
  v.pipe(
    v.number(`a number from ${range(bounds)}`),
    v.minValue(bounds[0], `a number from ${range(bounds)}`),
    v.maxValue(bounds[1], `a number from ${range(bounds)}`),
  );
const stages = `${range(RANGES.stages)} stages, separated by "-"`;

/** The shape of a spec; each message says what is allowed, the value is added by {@link makeSpec}. */
const schema = v.strictObject({
  fusion: v.picklist(['plain', 'standard', 'first', 'last'], 'plain, standard, first or last'),
  definition: v.picklist(['paper', 'listing'], 'paper or listing'),
  gamma: real(RANGES.gamma),
  pool: v.boolean('yes or no'),
  size: whole(RANGES.size),
  classes: whole(RANGES.classes),
  growth: whole(RANGES.growth),
  blocks: v.pipe(
    v.array(whole(RANGES.layers), stages),
    v.minLength(RANGES.stages[0], stages),
    v.maxLength(RANGES.stages[1], stages),
  ),
  stem: whole(RANGES.stem),
  bottleneck: whole(RANGES.bottleneck),
  theta: real(RANGES.theta),
});

/** Whether stages are pooled unless said otherwise: everywhere but in the listing's fusion last. */
export function poolsByDefault(fusion: Fusion, definition: Definition): boolean {
  return !(fusion === 'last' && definition === 'listing');
}

const smallestSize = (blocks: readonly number[]) => SMALLEST_SIZE[blocks.length - 1] ?? RANGES.size[0];
const sizesFor = (blocks: readonly number[]) =>
  `a whole number from ${smallestSize(blocks)} to ${RANGES.size[1]} with ${blocks.length} stages`;

/**
 * A complete, checked spec from some of its fields; the rest are DenseNet-121's at 224×224 with γ = ½, definition
 * `paper`. Fields that `plain` has no use for (γ, definition) are set to their only meaningful value.
 * @throws SpecError naming the field, its value and the allowed range.
 */
export function makeSpec(fields: Partial<NetworkSpec> = {}): NetworkSpec {
  const fusion = fields.fusion ?? 'plain';
  const plain = fusion === 'plain';
  const definition = plain ? 'paper' : (fields.definition ?? 'paper');
  const result = v.safeParse(schema, {
    gamma: 0.5,
    pool: poolsByDefault(fusion, definition),
    size: 224,
    classes: 1000,
    bottleneck: 4,
    theta: 0.5,
    ...DEPTHS[121],
    ...fields,
    fusion,
    definition,
    ...(plain ? { gamma: 0 } : {}),
  });
  if (!result.success) {
    const [issue] = result.issues;
    const path = issue.path?.map((part) => String(part.key)) ?? ['spec'];
    if (path[0] === 'size') throw new SpecError('size', issue.input, sizesFor(fields.blocks ?? DEPTHS[121].blocks));
    throw new SpecError(path.join('.'), issue.input, issue.message);
  }
  const spec: NetworkSpec = result.output;
  if (!spec.pool && poolsByDefault(spec.fusion, spec.definition)) {
    throw new SpecError('pool', 'no', 'yes, except for fusion last in definition listing');
  }
  if (spec.size < smallestSize(spec.blocks)) throw new SpecError('size', spec.size, sizesFor(spec.blocks));
  return spec;
}

const same = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((n, i) => n === b[i]);

/** The named depth whose layers per stage a spec has, whatever its other knobs; undefined for custom ones. */
export function depthOf(spec: NetworkSpec): Depth | undefined {
  return DEPTH_NAMES.find((depth) => same(DEPTHS[depth].blocks, spec.blocks));
}

/** Whether a spec has the layers, growth rate and stem of the small trained networks. */
export function isSmall(spec: NetworkSpec): boolean {
  return same(SMALL.blocks, spec.blocks) && spec.growth === SMALL.growth && spec.stem === SMALL.stem;
}

/** The plain DenseNet with the same depth, widths, size and classes: what a variant is compared with. */
export function plainOf(spec: NetworkSpec): NetworkSpec {
  return makeSpec({ ...spec, fusion: 'plain', definition: 'paper', pool: true });
}
