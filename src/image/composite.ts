// Straight alpha over white. Has to happen before resizing: the colour of a transparent pixel is arbitrary, and must not
// bleed into its neighbours.

/**
 * Composites straight RGBA over opaque white, in place: v becomes round((v·a + 255·(255 − a)) / 255) and alpha 255.
 * The division is PIL's `DIV255` (src/libImaging/Paste.c), which rounds exactly for every value that occurs.
 */
export function compositeOverWhite(rgba: Uint8ClampedArray): void {
  for (let i = 3; i < rgba.length; i += 4) {
    const alpha = rgba[i]!;
    if (alpha === 255) continue;
    const white = 255 * (255 - alpha) + 128;
    for (let j = i - 3; j < i; j++) {
      const sum = rgba[j]! * alpha + white;
      rgba[j] = (sum + (sum >> 8)) >> 8;
    }
    rgba[i] = 255;
  }
}
