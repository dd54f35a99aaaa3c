/** An SVG file as a PNG, drawn by the browser. */
import type { SvgFile } from './frame';

/** Pixels of PNG files per px. */
const DENSITY = 2;
/** Browsers draw canvases up to about this many pixels. */
const MOST_PIXELS = 16_000_000;

/**
 * Draws an SVG at twice its size; a very large one only as large as browsers draw.
 * @throws Error where the browser cannot draw it.
 */
export async function svgToPng({ text, width, height }: SvgFile): Promise<Blob> {
  const density = Math.min(DENSITY, Math.sqrt(MOST_PIXELS / (width * height)));
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this browser gives no canvas to draw on');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (!png) throw new Error(`a picture of ${canvas.width}×${canvas.height} pixels could not be made`);
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}
