/** A picture at the size of the screen: decoded and scaled away from the main thread, however large it is. */
import { useEffect, useRef, useState } from 'react';
import { inspectPicture } from '../../image/inspect';
import classes from './classify.module.css';

/** Longer side of a preview, px. */
const SIDE = 640;

/** A small bitmap of a picture that the browser can decode as it is; undefined for an SVG and what it cannot. */
async function smallBitmap(blob: Blob, name: string): Promise<ImageBitmap | undefined> {
  try {
    // Throws for an SVG, which no bitmap can be made of directly.
    const { width, height } = inspectPicture(new Uint8Array(await blob.arrayBuffer()), name);
    const scale = Math.min(1, SIDE / Math.max(width, height));
    // One side alone keeps the proportions, also of a picture that EXIF turns.
    const resizeWidth = Math.max(1, Math.round(width * scale));
    return await createImageBitmap(blob, { imageOrientation: 'from-image', resizeWidth, resizeQuality: 'medium' });
  } catch {
    // The engine says what is wrong with a picture; here it only cannot be shown small.
    return undefined;
  }
}

interface Props {
  readonly blob: Blob;
  /** Address of the blob, for pictures that have no small bitmap. */
  readonly url: string;
  readonly name: string;
  readonly maxHeight: number;
}

export function Preview({ blob, url, name, maxHeight }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [asIs, setAsIs] = useState(false);
  useEffect(() => {
    let shown = true;
    void smallBitmap(blob, name).then((bitmap) => {
      const target = canvas.current;
      if (shown && !bitmap) setAsIs(true);
      if (shown && bitmap && target) {
        target.width = bitmap.width;
        target.height = bitmap.height;
        target.getContext('2d')?.drawImage(bitmap, 0, 0);
      }
      bitmap?.close();
    });
    return () => {
      shown = false;
    };
  }, [blob, name]);
  const label = `The picture ${name}`;
  if (asIs) return <img className={classes.picture} style={{ maxHeight }} src={url} alt={label} decoding="async" />;
  return <canvas ref={canvas} className={classes.picture} style={{ maxHeight }} role="img" aria-label={label} />;
}
