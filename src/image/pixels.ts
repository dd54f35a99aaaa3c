// What decoding hands to preprocessing: pixels that can be read a rectangle at a time. No browser API is used here, so
// that everything after decoding runs and is tested anywhere.

/** A whole picture in memory: straight (not premultiplied) RGBA, rows from the top, no padding between rows. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, `width * height * 4` bytes. */
  readonly data: Uint8ClampedArray;
}

/** A picture whose pixels are read on demand, so that 100 megapixels never have to lie in memory as RGBA at once. */
export interface PixelSource {
  /** Width in pixels, EXIF orientation applied. */
  readonly width: number;
  /** Height in pixels, EXIF orientation applied. */
  readonly height: number;
  /**
   * The pixels of the rectangle with its top left corner at (`left`, `top`), which must lie inside the picture, as
   * straight RGBA (`width * height * 4` bytes). The array may be written to by the caller and is valid until the
   * next call.
   */
  read(left: number, top: number, width: number, height: number): Uint8ClampedArray;
}

/** Makes pixels in memory readable a rectangle at a time. Throws RangeError if `data` does not fit the size. */
export function pixelSource(pixels: Pixels): PixelSource {
  const { width, height, data } = pixels;
  if (data.length !== width * height * 4) {
    throw new RangeError(`pixels: ${width}×${height} RGBA needs ${width * height * 4} bytes, got ${data.length}`);
  }
  return {
    width,
    height,
    read(left, top, columns, rows) {
      const out = new Uint8ClampedArray(columns * rows * 4);
      for (let row = 0; row < rows; row++) {
        const start = ((top + row) * width + left) * 4;
        out.set(data.subarray(start, start + columns * 4), row * columns * 4);
      }
      return out;
    },
  };
}
