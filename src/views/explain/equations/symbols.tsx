/** The pieces of the equations in MathML, which browsers typeset by themselves, and the frame of a set of them. */
import type { ReactNode } from 'react';
import classes from '../explain.module.css';

/** x with an index. */
export const Sub = ({ of, at }: { readonly of: string; readonly at: string }) => (
  <msub>
    <mi>{of}</mi>
    <Index at={at} />
  </msub>
);

/** A number, a letter, or one less than a letter: `k−1`. */
const Index = ({ at }: { readonly at: string }) => {
  if (/^\d+$/.test(at)) return <mn>{at}</mn>;
  const [letter, one] = at.split('−');
  if (one === undefined) return <mi>{letter}</mi>;
  return (
    <mrow>
      <mi>{letter}</mi>
      <mo>−</mo>
      <mn>{one}</mn>
    </mrow>
  );
};

/** A symbol with index 0 and one or two primes: x₀′, g₀″. */
export const Part = ({ of, primes }: { readonly of: string; readonly primes: '′' | '″' }) => (
  <msubsup>
    <mi>{of}</mi>
    <mn>0</mn>
    <mo>{primes}</mo>
  </msubsup>
);

/** Symbols with commas between them. */
export const Series = ({ children }: { readonly children: readonly ReactNode[] }) => (
  <>
    {children.map((symbol, index) => (
      // The pieces of a series are never moved.
      <mrow key={index}>
        {index > 0 && <mo separator="true">,</mo>}
        {symbol}
      </mrow>
    ))}
  </>
);

/** x_at = w_at ∗ […] */
export const Convolved = ({ at, children }: { readonly at: string; readonly children: ReactNode }) => (
  <>
    <Sub of="x" at={at} />
    <mo>=</mo>
    <Sub of="w" at={at} />
    <mo>∗</mo>
    {children}
  </>
);

export const Brackets = ({ children }: { readonly children: ReactNode }) => (
  <mrow>
    <mo>[</mo>
    {children}
    <mo>]</mo>
  </mrow>
);

/** w_of′ = f_of(w_of, {…}) */
export const Update = ({ of, children }: { readonly of: string; readonly children: ReactNode }) => (
  <mrow>
    <msubsup>
      <mi>w</mi>
      <Index at={of} />
      <mo>′</mo>
    </msubsup>
    <mo>=</mo>
    <Sub of="f" at={of} />
    <mo>(</mo>
    <Sub of="w" at={of} />
    <mo separator="true">,</mo>
    <mo>{'{'}</mo>
    {children}
    <mo>{'}'}</mo>
    <mo>)</mo>
  </mrow>
);

/** (over) / 2 */
export const Half = ({ children }: { readonly children: ReactNode }) => (
  <mfrac>
    <mrow>{children}</mrow>
    <mn>2</mn>
  </mfrac>
);

interface EquationProps {
  /** The same in words, for screen readers that do not read MathML well. */
  readonly spoken: string;
  /** What the line is for, where lines differ. */
  readonly note?: string;
  readonly children: ReactNode;
}

/** One equation on its line. */
export const Equation = ({ spoken, note, children }: EquationProps) => (
  <div className={classes.line}>
    <math display="block" aria-label={spoken}>
      {children}
    </math>
    {note !== undefined && <span className={classes.note}>{note}</span>}
  </div>
);

/** Equations that belong together, with what they are; they scroll where a phone is too narrow. */
export function Equations({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <figure className={classes.equations}>
      <div className={classes.lines}>{children}</div>
      <figcaption>{name}</figcaption>
    </figure>
  );
}
