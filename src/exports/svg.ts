/**
 * Flow diagrams as SVG files: what the page draws with a stylesheet, with everything written out, so that the file opens
 * alike in a browser and in a drawing program. Pure; the committed drawings of the tests are made with it.
 */
import { boxPath, ribbonPath } from '../diagram/diagram';
import type { Box, Diagram, ItemLook, Label, Looks, Ribbon } from '../diagram/diagram';
import type { ColourPair } from '../diagram/roles';
import { escapeXml, frame, INKS, notationSvg } from './frame';
import type { Scheme, SvgFile } from './frame';

/** A shape that lies over a drawing, such as an arrow head. */
export interface Mark {
  readonly d: string;
  readonly colour: ColourPair;
}

/** One drawing under its name. */
export interface DrawnFigure {
  /** e.g. `A  cspdensenet121-first` */
  readonly name: string;
  readonly diagram: Diagram;
  readonly looks?: Looks;
  readonly marks?: readonly Mark[];
}

export interface FlowFile {
  readonly figures: readonly DrawnFigure[];
  readonly title: string;
  readonly caption: readonly string[];
  readonly scheme: Scheme;
}

/** How each kind of box is painted; `own` is its role's colour. Without an entry: filled with it. */
const PAINT: Readonly<Record<Scheme, Partial<Record<Box['kind'], string>>>> = {
  light: {
    layer: 'fill="#ffffff" fill-opacity="0.9" stroke="#1f2933" stroke-width="1.1" stroke-linejoin="round"',
    fold: 'fill="none" stroke="#1f2933" stroke-dasharray="4 3"',
    pool: 'fill="#ced4da" stroke="#495057"',
    plane: 'fill="own" fill-opacity="0.22" stroke="own"',
  },
  dark: {
    layer: 'fill="#242424" fill-opacity="0.88" stroke="#d5d7da" stroke-width="1.1" stroke-linejoin="round"',
    fold: 'fill="none" stroke="#d5d7da" stroke-dasharray="4 3"',
    pool: 'fill="#5f5f5f" stroke="#b8b8b8"',
    plane: 'fill="own" fill-opacity="0.22" stroke="own"',
  },
};

/** As on the page: labels inside a ribbon must remain readable. */
const RIBBON_OPACITY = 0.62;
const NAME = { size: 13, height: 24 } as const;
/** px between two drawings. */
const BETWEEN = 14;

const number = (value: number) => String(Math.round(value * 100) / 100);
const faded = (look: ItemLook | undefined) => (look?.opacity === undefined ? '' : ` opacity="${look.opacity}"`);

function ribbonSvg(ribbon: Ribbon, look: ItemLook | undefined, scheme: Scheme): string {
  const d = ribbonPath(ribbon);
  const fill = (look?.colour ?? ribbon.colour)[scheme];
  const path = `<path d="${d}" fill="${fill}" fill-opacity="${RIBBON_OPACITY}"${faded(look)}/>`;
  return look?.hatched ? `${path}<path d="${d}" fill="url(#hatch)"${faded(look)}/>` : path;
}

function boxSvg(box: Box, look: ItemLook | undefined, scheme: Scheme): string {
  if (box.kind === 'area') return '';
  const own = (look?.colour ?? box.colour)[scheme];
  const paint = (PAINT[scheme][box.kind] ?? 'fill="own"').replaceAll('own', own);
  return `<path d="${boxPath(box)}" ${paint}${faded(look)}/>`;
}

function labelSvg({ text, x, y, anchor, size, bold }: Label): string {
  const weight = bold ? ' font-weight="700"' : '';
  const side = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  const set = notationSvg(text, size);
  return `<text x="${number(x)}" y="${number(y)}" font-size="${size}"${side}${weight}>${set}</text>`;
}

/** One drawing as SVG elements, in its own coordinates. */
function figureSvg({ diagram, looks, marks = [] }: DrawnFigure, scheme: Scheme): string {
  return [
    ...diagram.ribbons.map((ribbon) => ribbonSvg(ribbon, looks?.get(ribbon.id), scheme)),
    ...diagram.boxes.map((box) => boxSvg(box, looks?.get(box.id), scheme)),
    ...marks.map((mark) => `<path d="${mark.d}" fill="${mark.colour[scheme]}"/>`),
    `<g fill="${INKS[scheme].text}">`,
    ...diagram.labels.map(labelSvg),
    '</g>',
  ]
    .filter((element) => element !== '')
    .join('\n');
}

/** One or more drawings, one above the other, as a file. */
export function flowSvg({ figures, title, caption, scheme }: FlowFile): SvgFile {
  const { text } = INKS[scheme];
  const content: string[] = [];
  if (figures.some(({ looks }) => looks && [...looks.values()].some((look) => look.hatched))) {
    content.push(
      '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
        `<line y2="5" stroke="${text}" stroke-width="1.6" stroke-opacity="0.65"/></pattern></defs>`,
    );
  }
  let y = 0;
  for (const figure of figures) {
    if (figure.name !== '') {
      content.push(
        `<text y="${y + 14}" font-size="${NAME.size}" font-weight="700" fill="${text}">${escapeXml(figure.name)}</text>`,
      );
      y += NAME.height;
    }
    content.push(`<g transform="translate(0 ${number(y)})">`, figureSvg(figure, scheme), '</g>');
    y += figure.diagram.height + BETWEEN;
  }
  const width = Math.max(0, ...figures.map(({ diagram }) => diagram.width));
  return frame({ width, height: Math.max(0, y - BETWEEN), content: content.join('\n'), title, caption, scheme });
}
