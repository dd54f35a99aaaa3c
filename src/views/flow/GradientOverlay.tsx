/** What is drawn over a stage in the gradient view: arrows turned, what each update reads, where a transition cuts. */
import { memo, useMemo } from 'react';
import { arrowHeads, arrowPath } from '../../diagram/arrowHeads';
import type { Diagram } from '../../diagram/diagram';
import { boxPath } from '../../diagram/diagram';
import { sourceName } from '../../diagram/gradientLabels';
import { cutOf, partOfSource, argumentCells } from '../../diagram/gradientLooks';
import { textWidth } from '../../diagram/notation';
import { cssColour } from '../../diagram/roles';
import classes from './gradient.module.css';
import { SvgNotation } from './Notation';

/** The arguments of one update, see analysis/gradients.ts. */
interface Update {
  readonly weight: string;
  readonly sources: readonly string[];
}

interface Props {
  readonly diagram: Diagram;
  readonly updates: readonly Update[];
  /** The chosen weight, or empty. */
  readonly weight: string;
  /** Key of the part that is pointed at: the updates that use its gradient are marked. */
  readonly pointed: string | undefined;
}

const EMPTY: readonly string[] = [];

const Arrows = memo(function Arrows({ diagram, faint }: { diagram: Diagram; faint: ReadonlySet<string> }) {
  const heads = useMemo(() => arrowHeads(diagram), [diagram]);
  return (
    <>
      <path className={classes.arrows} d={arrowPath(heads.filter(({ part }) => !faint.has(part)))} />
      <path className={classes.arrows} data-faint d={arrowPath(heads.filter(({ part }) => faint.has(part)))} />
    </>
  );
});

/** Beside the end of x_T: behind it all gradients are re-projected to one. */
function Cut({ diagram }: { diagram: Diagram }) {
  const cut = cutOf(diagram);
  if (!cut) return null;
  const { x, top, bottom } = cut;
  const text = 'cut: only g_T passes';
  const left = x - 12 + textWidth(text, 11) > diagram.width ? diagram.width - textWidth(text, 11) : x - 12;
  return (
    <g className={classes.cut}>
      <path d={`M${x},${top - 7}V${bottom + 7}`} />
      <text x={left} y={bottom + 32} fontSize={11} fontWeight={650}>
        <SvgNotation text={text} size={11} />
      </text>
    </g>
  );
}

export function GradientOverlay({ diagram, updates, weight, pointed }: Props) {
  const cells = useMemo(() => argumentCells(diagram, updates, weight), [diagram, updates, weight]);
  const faint = useMemo(() => {
    const chosen = updates.find((update) => update.weight === weight)?.sources ?? EMPTY;
    const used = new Set(chosen.map(partOfSource));
    return new Set(weight === '' ? [] : diagram.ribbons.map(({ part }) => part).filter((part) => !used.has(part)));
  }, [diagram, updates, weight]);
  const bySource = useMemo(() => {
    const paths = new Map<string, { colour: string; part: string; d: string }>();
    for (const cell of cells) {
      const known = paths.get(cell.source);
      const d = (known?.d ?? '') + boxPath(cell);
      paths.set(cell.source, { colour: cssColour(cell.colour), part: partOfSource(cell.source), d });
    }
    return paths;
  }, [cells]);
  const marks = pointed !== undefined && [...bySource.values()].some(({ part }) => part === pointed);
  return (
    <g pointerEvents="none" aria-hidden="true">
      <Arrows diagram={diagram} faint={faint} />
      {[...bySource].map(([source, { colour, part, d }]) => (
        <path
          key={source}
          className={classes.cell}
          d={d}
          style={{ fill: colour }}
          data-source={sourceName(source)}
          data-faint={(marks && part !== pointed) || undefined}
        />
      ))}
      <Cut diagram={diagram} />
    </g>
  );
}
