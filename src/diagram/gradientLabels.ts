/** Labels and words of a stage's drawing with g and w in place of x and H, and how often each gradient is used. */
import type { Diagram, Label, Part } from './diagram';
import { withoutOverlaps } from './drawing';
import { byPart } from './gradientLooks';
import type { Use } from './gradientLooks';
import { subscript, textWidth } from './notation';

/** `g0''` → `g₀″`, `g12` → `g₁₂`, `gT` → `g_T`; weights alike. */
export function sourceName(source: string): string {
  const index = /\d+|[TU]/.exec(source)?.[0] ?? '';
  const primes = source.endsWith("''") ? '″' : source.endsWith("'") ? '′' : '';
  return `${source.slice(0, 1)}${/\d/.test(index) ? subscript(Number(index)) : `_${index}`}${primes}`;
}

/** px by which a label may be wider than the one in whose place it stands. */
const SPARE = 9;

function gradientLabel(label: Label, sources: ReadonlyMap<string, Use>): Label {
  const { part, text } = label;
  const used = (use: Use) => `${use.weights.length}×`;
  const use = sources.get(part);
  if (/^H[₀-₉]+$/.test(text)) return { ...label, text: text.replace('H', 'w') };
  if (text.startsWith('transition 1')) return { ...label, text: `transition ${part === 'transition' ? 'w_U' : 'w_T'}` };
  if (use && /^x[₁-₉]/.test(text)) {
    // Where the layout had no room for more than a name, there is none for a count either.
    const [name, counted] = [sourceName(use.source), `${sourceName(use.source)} ${used(use)}`];
    const fits = textWidth(counted, label.size) <= textWidth(text, label.size) + SPARE;
    return { ...label, text: fits ? counted : name };
  }
  if (use && /^x(₀|_T) ?/.test(text) && !text.endsWith('dropped')) {
    return { ...label, text: `${sourceName(use.source)} used ${used(use)}` };
  }
  if (text.startsWith('[')) return { ...label, text: `${text.slice(0, text.indexOf(']') + 1)}`.replaceAll('x', 'g') };
  const whole = sources.get('part2');
  if (part === 'base' && text === 'x₀' && whole?.source === 'g0') return { ...label, text: `g₀ ${used(whole)}` };
  return label;
}

function gradientPart(part: Part, sources: ReadonlyMap<string, Use>): Part {
  const use = sources.get(part.key);
  if (!use) return part;
  const { weights } = use;
  const shown = weights.length > 6 ? [...weights.slice(0, 3), '…', ...weights.slice(-2)] : weights;
  const names = shown.map((weight) => (weight === '…' ? weight : sourceName(weight))).join(', ');
  const words =
    weights.length === 0
      ? 'no update in this stage uses it: the next stage reads it'
      : `its gradient ${sourceName(use.source)} is used by ${weights.length === 1 ? 'the update' : `${weights.length} updates`}: ${names}`;
  return { ...part, text: `${words}. ${part.text}` };
}

/** The drawing of a stage with its gradients named and how often each is used; of a whole network as it is. */
export function gradientDiagram(diagram: Diagram, uses: readonly Use[]): Diagram {
  if (!diagram.columns) return diagram;
  const sources = byPart(uses);
  return {
    ...diagram,
    // Where layers are many, the longer names need more room than there is.
    labels: withoutOverlaps(diagram.labels.map((label) => gradientLabel(label, sources))),
    parts: diagram.parts.map((part) => gradientPart(part, sources)),
  };
}
