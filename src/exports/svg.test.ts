import { describe, expect, it } from 'vitest';
import { alignedPair } from '../diagram/alignedPair';
import { stageDiagram } from '../diagram/stageDiagram';
import { buildNetwork } from '../network/build';
import { formatNetwork, parseNetwork } from '../network/text';
import { escapeXml, frame, wrapText } from './frame';
import { flowSvg } from './svg';
import type { DrawnFigure } from './svg';

const build = (text: string) => buildNetwork(parseNetwork(text));
const VARIANTS = [
  'densenet121',
  ...(['standard', 'first', 'last'] as const).flatMap((fusion) =>
    (['paper', 'listing'] as const).map(
      (definition) => `cspdensenet121-${fusion}${definition === 'paper' ? '' : '@definition=listing'}`,
    ),
  ),
  // Odd in every way: nothing is a power of two, γ cuts unevenly.
  'cspdensenet-last@gamma=0.3,growth=7,blocks=3-2-2-3,stem=19,size=61',
];
const CASES = VARIANTS.flatMap((text) => {
  const network = build(text);
  return network.stages.map((stage) => ({ text, network, stage: stage.index }));
});

/** One stage on a page of 1200 px, as the page's export draws it. */
function file({ text, network, stage }: (typeof CASES)[number]): string {
  const name = formatNetwork(network.spec);
  expect(name).toBe(text);
  return flowSvg({
    figures: [{ name, diagram: stageDiagram(network, stage, { width: 1200 }) }],
    title: `Stage ${stage} of ${name}`,
    caption: ['Every ribbon is as wide as its channels.'],
    scheme: 'light',
  }).text;
}

describe('the committed drawings', () => {
  // Each was looked at; look at what changes before updating them: they are the gallery of docs, too.
  it.each(CASES)('stage $stage of $text', async (one) => {
    const name = `${one.text.replaceAll(/[@=,]/g, '-')}-stage${one.stage}`;
    await expect(file(one)).toMatchFileSnapshot(`./drawings/${name}.svg`);
  });
});

describe('flowSvg', () => {
  const { a, b } = alignedPair(build('cspdensenet121-first'), build('cspdensenet121-last'), 1, { width: 900 });
  if (!a || !b) throw new Error('both are there');
  const pair = (more: Partial<DrawnFigure> = {}) =>
    flowSvg({
      figures: [
        { name: 'A', diagram: a, ...more },
        { name: 'B', diagram: b },
      ],
      title: 'A & B',
      caption: ['γ < ½, "quoted"'],
      scheme: 'dark',
    });

  it('stands by itself: no stylesheet, no variables, nothing undefined', () => {
    const { text } = pair();
    expect(text).not.toMatch(/class=|style=|var\(|light-dark|NaN|undefined|href/);
    expect(text).toContain('<title>A &amp; B</title>');
    expect(text).toContain('γ &lt; ½, &quot;quoted&quot;');
    const opened = text.match(/<(g|text|tspan|svg|title|desc)\b/g)?.length;
    const closed = text.match(/<\/(g|text|tspan|svg|title|desc)>/g)?.length;
    expect(opened).toBe(closed);
  });

  it('draws every ribbon of both, and is as tall as both', () => {
    const { text, height } = pair();
    expect(text.match(/fill-opacity="0.62"/g)).toHaveLength(a.ribbons.length + b.ribbons.length);
    expect(height).toBeGreaterThan(a.height + b.height);
  });

  it('draws looks and marks, and the lines only where something is hatched', () => {
    const id = a.ribbons[0]?.id ?? '';
    const colour = { light: '#010203', dark: '#040506' };
    const { text } = pair({ looks: new Map([[id, { opacity: 0.2, hatched: true, colour }]]) });
    expect(text).toContain('fill="#040506" fill-opacity="0.62" opacity="0.2"');
    expect(text.match(/url\(#hatch\)/g)).toHaveLength(1);
    expect(pair().text).not.toContain('hatch');
    expect(pair({ marks: [{ d: 'M0,0L1,1Z', colour }] }).text).toContain('<path d="M0,0L1,1Z" fill="#040506"/>');
  });
});

describe('frame', () => {
  it('breaks long titles and captions to its width', () => {
    const lines = wrapText('cspdensenet-last@growth=16,blocks=4-8-12-8,stem=32 is long', 120, 11);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('').replaceAll(' ', '')).toBe('cspdensenet-last@growth=16,blocks=4-8-12-8,stem=32islong');
    expect(wrapText('', 100, 11)).toEqual([]);
    const { width, height, text } = frame({
      width: 100,
      height: 50,
      content: '<path/>',
      title: 'T',
      caption: ['one', 'two'],
      scheme: 'light',
    });
    expect(width).toBe(352);
    expect(height).toBe(16 + 26 + 50 + 10 + 2 * 16 + 16);
    expect(text).toContain(`viewBox="0 0 ${width} ${height}"`);
  });
  it('escapes what XML would take for its own', () =>
    expect(escapeXml('<a b="c&d">')).toBe('&lt;a b=&quot;c&amp;d&quot;&gt;'));
});
