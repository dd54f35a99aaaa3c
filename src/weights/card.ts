/**
 * Model cards: what a trained network's weights are, where they come from and how well they did. A card is the JSON
 * file beside the weights in public/models; `readCard` validates it.
 */
import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const triple = v.tuple([v.number(), v.number(), v.number()]);
/** A measured share with its 95 % Wilson interval. */
const measured = v.strictObject({ count, top1: share, interval: v.tuple([share, share]) });

const fields = v.strictObject({
  format: v.literal(1),
  /** Text form of the network. */
  network: text,
  title: text,
  /** File name beside the card. */
  file: v.pipe(v.string(), v.regex(/^[\w.-]+\.safetensors$/)),
  bytes: count,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** In the order of the logits. */
  classes: v.pipe(v.array(v.strictObject({ id: text, name: text })), v.minLength(1)),
  preprocessing: v.strictObject({ size: count, resizeShorterSide: count, mean: triple, std: triple }),
  licence: text,
  dataset: v.strictObject({
    name: text,
    photos: v.strictObject({ train: count, val: count, test: count }),
    sources: v.array(
      v.strictObject({
        id: text,
        name: text,
        classes: text,
        licence: text,
        credit: text,
        /** A file in public/models with the full notice or the list of photographers. */
        file: v.optional(text),
      }),
    ),
  }),
  recipe: v.record(v.string(), v.union([v.string(), v.number()])),
  accuracy: v.strictObject({
    split: v.literal('test'),
    overall: measured,
    top5: share,
    perSource: v.array(v.strictObject({ source: text, ...measured.entries })),
    validation: measured,
  }),
  calibration: v.strictObject({
    /** Logits are divided by it before the softmax. */
    temperature: v.pipe(v.number(), v.minValue(0.05)),
    /** Below this probability of the best class the page says that none stands out. */
    threshold: share,
    fittedOn: v.literal('val'),
    /** How temperature and threshold were chosen, in words. */
    rule: text,
  }),
  /** input[i] = scale · ((multiplier · i + increment) mod modulus) / modulus + offset, i row-major over [3,H,W]. */
  selfCheck: v.strictObject({
    formula: text,
    multiplier: count,
    increment: count,
    modulus: count,
    scale: v.number(),
    offset: v.number(),
    logits: v.array(v.number()),
  }),
});

const schema = v.pipe(
  fields,
  v.check(
    ({ classes, selfCheck }) => selfCheck.logits.length === classes.length,
    'there must be as many logits in selfCheck as classes',
  ),
);

/** A validated model card. */
export type ModelCard = v.InferOutput<typeof schema>;

/**
 * Validates a parsed JSON value as a model card.
 * @throws Error naming the card, the field and what was expected there.
 */
export function readCard(value: unknown, name: string): ModelCard {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const [issue] = result.issues;
    const path = issue.path?.map((part) => String(part.key)).join('.') ?? '(top level)';
    throw new Error(`the model card ${name} is not valid at ${path}: ${issue.message}`);
  }
  return result.output;
}
