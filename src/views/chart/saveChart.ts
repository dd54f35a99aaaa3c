/** A chart on the page as a file of its own: colours and fonts resolved, title and caption written out. */
import { fileName } from '../../exports/fileName';
import { frame, INKS } from '../../exports/frame';
import type { SvgFile } from '../../exports/frame';
import { legendSvg } from '../../exports/legend';
import type { LegendEntry } from '../../exports/legend';
import { svgToPng } from '../../exports/png';
import { download } from '../download';

/** What a stylesheet may say of a shape or a text. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
] as const;

/** What of it a file need not say. */
const DEFAULTS: Readonly<Partial<Record<(typeof STYLES)[number], string>>> = {
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  opacity: '1',
  'paint-order': 'normal',
  'text-anchor': 'start',
  'dominant-baseline': 'auto',
};

/** Drawing programs know rgb(), not the color() that mixed colours become. */
function plainColour(value: string): string {
  const found = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/.exec(value);
  if (!found) return value;
  const [red, green, blue] = found.slice(1, 4).map((part) => Math.round(255 * Number(part)));
  const alpha = found[4];
  const sides = `${red}, ${green}, ${blue}`;
  return alpha === undefined ? `rgb(${sides})` : `rgba(${sides}, ${alpha})`;
}

/** Writes what the stylesheets say of an element into its copy, and of all that is in it. */
function resolve(element: Element, copy: Element): void {
  const style = getComputedStyle(element);
  if (element.hasAttribute('data-unsaved') || style.display === 'none' || style.visibility === 'hidden') {
    copy.remove();
    return;
  }
  for (const name of ['class', 'style', 'tabindex', 'role', 'aria-hidden']) copy.removeAttribute(name);
  if (element instanceof SVGGraphicsElement) {
    for (const name of STYLES) {
      const value = plainColour(style.getPropertyValue(name));
      if (value !== '' && value !== DEFAULTS[name]) copy.setAttribute(name, value);
    }
  }
  const children = [...copy.children];
  [...element.children].forEach((child, i) => {
    const other = children[i];
    if (other) resolve(child, other);
  });
}

/** The colours of a legend as they are on the page now: a file knows no variables. */
function resolved(entries: readonly LegendEntry[], beside: Element): readonly LegendEntry[] {
  return entries.map(({ name, colour }) => {
    // One for each: an element whose colour changes may have its old one for a while.
    const probe = document.createElement('span');
    probe.style.color = colour;
    beside.after(probe);
    const found = plainColour(getComputedStyle(probe).color);
    probe.remove();
    return { name, colour: found };
  });
}

/** A drawn chart as a file. */
function chartSvg(svg: SVGSVGElement, { title, caption, legend }: Omit<SaveOptions, 'format'>): SvgFile {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error('the chart is no svg element');
  resolve(svg, copy);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('overflow', 'visible');
  const scheme = getComputedStyle(svg).colorScheme.includes('dark') ? 'dark' : 'light';
  const key = legendSvg(resolved(legend, svg), { width, y: height + 4, text: INKS[scheme].text });
  return frame({
    width,
    height: height + key.height,
    content: `${new XMLSerializer().serializeToString(copy)}\n${key.content}`,
    title,
    caption: [caption],
    scheme,
  });
}

/** Gives a picture to the person as SVG, or as PNG at twice its size. */
export async function savePicture(file: SvgFile, name: string, format: 'svg' | 'png'): Promise<void> {
  if (format === 'svg') download(fileName(name, 'svg'), 'image/svg+xml', file.text);
  else download(fileName(name, 'png'), 'image/png', await svgToPng(file));
}

export interface SaveOptions {
  readonly title: string;
  readonly caption: string;
  readonly networks: readonly string[];
  readonly legend: readonly LegendEntry[];
  readonly format: 'svg' | 'png';
}

/** Saves a drawn chart. */
export async function saveChart(svg: SVGSVGElement, options: SaveOptions): Promise<void> {
  // A file name is cut where it is too long: the networks come first, the unit last.
  const [name = '', ...unit] = options.title.split(', ');
  await savePicture(chartSvg(svg, options), [name, ...options.networks, ...unit].join(' '), options.format);
}
