/** Text in the field's notation: `x_T` with its index below the line. */
import { runsOf } from '../../diagram/notation';

export function Notation({ text }: { text: string }) {
  return <>{runsOf(text).map((run, i) => (run.below ? <sub key={i}>{run.text}</sub> : run.text))}</>;
}

/** The same inside an SVG text. */
export function SvgNotation({ text, size }: { text: string; size: number }) {
  const runs = runsOf(text);
  if (runs.length === 1) return <>{text}</>;
  return (
    <>
      {runs.map((run, i) => {
        const raised = runs[i - 1]?.below === true;
        const dy = run.below ? size * 0.22 : raised ? -size * 0.22 : 0;
        return (
          <tspan key={i} dy={dy} fontSize={run.below ? size * 0.82 : size} style={{ whiteSpace: 'pre' }}>
            {run.text}
          </tspan>
        );
      })}
    </>
  );
}
