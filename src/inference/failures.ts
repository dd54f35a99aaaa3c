/** Whatever went wrong → EngineError, and EngineError ↔ plain data for the way between worker and page. */
import { DeviceFault } from './tfjs/errors';
import { EngineError } from './protocol';
import type { EngineErrorCode } from './protocol';
import { PictureError } from '../image/pictureError';
import { WeightsError } from '../weights/weightsError';

/** An EngineError for a call that someone gave up. */
export const cancelled = (what: string) => new EngineError('cancelled', `${what} was cancelled`);

/** An EngineError for any error; those that already are one stay as they are. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof PictureError) return new EngineError('picture', error.message);
  if (error instanceof WeightsError) return new EngineError('weights-corrupt', error.message);
  if (error instanceof DeviceFault) {
    if (error.kind === 'memory') return new EngineError('too-large', `the GPU ran out of memory: ${error.message}`);
    return new EngineError('internal', `the GPU reported an error: ${error.message}`);
  }
  if (error instanceof Error) {
    if (error.name === 'AbortError') return cancelled('this');
    return new EngineError('internal', error.message);
  }
  return new EngineError('internal', String(error));
}

/** The outcome of a call as plain data: errors thrown across a worker's boundary would lose their code and details. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: EngineErrorCode;
      readonly message: string;
      readonly details: readonly string[];
    };

/** The outcome of a promise; never rejects. */
export async function outcomeOf<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    const { code, message, details } = toEngineError(error);
    return { ok: false, code, message, details };
  }
}

/** The value of an outcome; throws its EngineError. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new EngineError(outcome.code, outcome.message, outcome.details);
}
