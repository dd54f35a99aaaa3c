import { expect, it } from 'vitest';
import { checkBatch } from './checkBatch';
import type { Execution } from './executor';
import type { NetworkInput } from './networkInput';

/** Three pictures of one pixel, whose logits are their three values. */
const values = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
const prepared = { input: values, batch: 3, size: 1 };
const live = new AbortController().signal;

/** Runs one picture alone. */
const executor = {
  async run(input: NetworkInput, batch: number): Promise<Execution> {
    if (batch !== 1 || !(input instanceof Float32Array)) throw new Error('one picture alone, of values');
    return { logits: input, ms: 1, activations: [] };
  },
};

it('takes the last picture’s logits for right where they are what it gives alone', async () => {
  const other = Float32Array.from(values, (value, i) => (i < 6 ? 0 : value * 1.0005));
  await expect(checkBatch(executor, prepared, other, 1e-3, live)).resolves.toBeUndefined();
});

it('refuses pictures that all get the first one’s logits, and says by how much', async () => {
  const same = Float32Array.from(values, (_, i) => values[i % 3] ?? NaN);
  await expect(checkBatch(executor, prepared, same, 1e-3, live)).rejects.toMatchObject({
    code: 'internal',
    message: 'pictures that run together give other answers than each alone, by 67 % of the largest',
  });
});
