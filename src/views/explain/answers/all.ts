/** Every question's answer. */
import type { TopicId } from '../questions';
import type { Answer } from './answer';
import { cio, macs } from './cost';
import { definitions, listing } from './definitions';
import { c3, evidence, families } from './evidence';
import { counting, truncate } from './gradient';
import { dense, fusions, idea } from './idea';
import { gamma, split } from './split';

export const ANSWERS: Readonly<Record<TopicId, Answer>> = {
  dense,
  idea,
  fusions,
  gamma,
  split,
  truncate,
  counting,
  cio,
  macs,
  definitions,
  listing,
  evidence,
  c3,
  families,
};
