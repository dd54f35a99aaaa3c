/** A class activation map as a picture that fills its frame. */
import { rgb, scaleLinear } from 'd3';
import { useEffect, useRef } from 'react';
import type { ClassActivation } from '../../inference/protocol';

/** From nothing to the strongest evidence: dark to light, told apart in greyscale too. */
const heat = scaleLinear<string>([0, 0.25, 0.5, 0.75, 1], ['#000004', '#57106e', '#bc3754', '#f98e09', '#fcffa4']);

/** Draws a map of [H,W] values, scaled to its own range, negative ones as zero. */
function paint(canvas: HTMLCanvasElement, map: ClassActivation) {
  canvas.width = map.width;
  canvas.height = map.height;
  const context = canvas.getContext('2d');
  if (!context) return;
  const most = map.values.reduce((high, value) => Math.max(high, value), 0) || 1;
  const image = context.createImageData(map.width, map.height);
  map.values.forEach((value, index) => {
    const { r, g, b } = rgb(heat(Math.max(0, value) / most));
    image.data.set([r, g, b, 255], 4 * index);
  });
  context.putImageData(image, 0, 0);
}

export function ClassMap({ map }: { readonly map: ClassActivation }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, map);
  }, [map]);
  return <canvas ref={canvas} style={{ width: '100%', height: '100%' }} aria-hidden />;
}
