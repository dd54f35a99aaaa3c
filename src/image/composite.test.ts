import { expect, it } from 'vitest';
import { compositeOverWhite } from './composite';

it('rounds v·a + 255·(255 − a) over 255 exactly, for every level and every alpha', () => {
  for (let alpha = 0; alpha < 256; alpha++) {
    const levels = Uint8ClampedArray.from({ length: 256 * 4 }, (_, i) => (i % 4 === 3 ? alpha : i >> 2));
    compositeOverWhite(levels);
    const expected = levels.map((_, i) => {
      const level = i >> 2;
      return i % 4 === 3 ? 255 : Math.round((level * alpha + 255 * (255 - alpha)) / 255);
    });
    expect(levels).toEqual(expected);
  }
});
