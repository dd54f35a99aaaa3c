/** A report read back from JSON, as far as tables and chart rely on it. */
import * as v from 'valibot';
import type { BenchReport } from './results';
import { RIVAL_NAMES } from './rivals';

const rival = v.picklist(RIVAL_NAMES);
const number = v.exactOptional(v.number());

const schema = v.strictObject({
  format: v.literal(1),
  date: v.string(),
  machine: v.strictObject({
    userAgent: v.string(),
    adapter: v.nullable(v.string()),
    software: v.boolean(),
    cores: v.number(),
    cpu: v.exactOptional(v.string()),
    isolated: v.boolean(),
  }),
  rounds: v.strictObject({ fast: v.number(), slow: v.number(), slowFromMs: v.number() }),
  tolerance: v.number(),
  networks: v.array(
    v.strictObject({
      network: v.string(),
      weights: v.picklist(['trained', 'seeded']),
      size: v.number(),
      reference: rival,
      rows: v.array(
        v.strictObject({
          rival,
          title: v.string(),
          status: v.picklist(['ok', 'wrong', 'failed', 'missing']),
          message: v.exactOptional(v.string()),
          settings: v.exactOptional(v.string()),
          // JSON has no infinity: logits that are no numbers.
          difference: v.exactOptional(
            v.pipe(
              v.nullable(v.number()),
              v.transform((value) => value ?? Infinity),
            ),
          ),
          startMs: number,
          firstRunMs: number,
          times: v.exactOptional(v.array(v.number())),
          summary: v.exactOptional(v.strictObject({ q1: v.number(), median: v.number(), q3: v.number() })),
          dispatches: number,
          submits: number,
          peakGpuBytes: number,
        }),
      ),
    }),
  ),
  notRun: v.exactOptional(v.array(v.string())),
  firstPredictions: v.exactOptional(v.array(v.strictObject({ backend: v.string(), ms: v.number() }))),
  code: v.array(v.strictObject({ rival, bytes: v.number(), gzipBytes: v.number() })),
});

/** @throws Error naming the file and the first place that is not as it should be. */
export function readReport(value: unknown, name: string): BenchReport {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = issue.path?.map((part) => String(part.key)).join('.') ?? '(top level)';
  throw new Error(`${name} is no benchmark report at ${path}: ${issue.message}`);
}
