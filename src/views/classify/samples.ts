/**
 * Sample pictures, drawn by this project; public/samples. training/render_samples.py renders them from formulas.
 * The last one belongs to none of the trained networks' classes.
 */
export const SAMPLES: readonly { readonly file: string; readonly name: string }[] = [
  { file: 'samples/daisy.webp', name: 'daisy' },
  { file: 'samples/tomatoes.webp', name: 'tomatoes' },
  { file: 'samples/stop-sign.webp', name: 'stop sign' },
  { file: 'samples/sunflower.webp', name: 'sunflower' },
  { file: 'samples/sailing-boat.webp', name: 'sailing boat' },
  { file: 'samples/soccer-ball.webp', name: 'soccer ball' },
  { file: 'samples/starfish.webp', name: 'starfish' },
  { file: 'samples/cup.webp', name: 'cup' },
  { file: 'samples/lemons.webp', name: 'lemons' },
  { file: 'samples/knot.webp', name: 'knot (no class)' },
];
