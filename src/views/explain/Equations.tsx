/** The paper's equations, in MathML, which browsers typeset by themselves. */
import type { ReactNode } from 'react';

const style = { fontSize: '1.1rem', margin: '4px 0', overflowX: 'auto', overflowY: 'hidden' } as const;

const Sub = ({ of, at }: { readonly of: string; readonly at: string }) => (
  <msub>
    <mi>{of}</mi>
    <mi>{at}</mi>
  </msub>
);

/** A symbol with index 0 and one or two primes. */
const Part = ({ of, primes }: { readonly of: string; readonly primes: '′' | '″' }) => (
  <msubsup>
    <mi>{of}</mi>
    <mn>0</mn>
    <mo>{primes}</mo>
  </msubsup>
);

const Update = ({ of, children }: { readonly of: string; readonly children: ReactNode }) => (
  <mrow>
    <msubsup>
      <mi>w</mi>
      <mi>{of}</mi>
      <mo>′</mo>
    </msubsup>
    <mo>=</mo>
    <Sub of="f" at={of} />
    <mo>(</mo>
    <Sub of="w" at={of} />
    <mo>,</mo>
    <mo>{'{'}</mo>
    {children}
    <mo>{'}'}</mo>
    <mo>)</mo>
  </mrow>
);

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div style={style}>
    <math display="block" aria-label={label}>
      {children}
    </math>
  </div>
);

/** Forward: x_k = w_k ∗ [x₀″, x₁ … x_{k−1}], x_T and x_U. */
export function PartialDense() {
  return (
    <>
      <Line label="x k is w k convolved with the concatenation of x 0 double prime, x 1 to x k minus 1">
        <Sub of="x" at="k" />
        <mo>=</mo>
        <Sub of="w" at="k" />
        <mo>∗</mo>
        <mo>[</mo>
        <Part of="x" primes="″" />
        <mo>,</mo>
        <Sub of="x" at="1" />
        <mo>,</mo>
        <mo>…</mo>
        <mo>,</mo>
        <Sub of="x" at="k−1" />
        <mo>]</mo>
      </Line>
      <Line label="x T is w T convolved with x 0 double prime, x 1 to x k; x U is w U convolved with x 0 prime and x T">
        <Sub of="x" at="T" />
        <mo>=</mo>
        <Sub of="w" at="T" />
        <mo>∗</mo>
        <mo>[</mo>
        <Part of="x" primes="″" />
        <mo>,</mo>
        <Sub of="x" at="1" />
        <mo>,</mo>
        <mo>…</mo>
        <mo>,</mo>
        <Sub of="x" at="k" />
        <mo>]</mo>
        <mspace width="1.5em" />
        <Sub of="x" at="U" />
        <mo>=</mo>
        <Sub of="w" at="U" />
        <mo>∗</mo>
        <mo>[</mo>
        <Part of="x" primes="′" />
        <mo>,</mo>
        <Sub of="x" at="T" />
        <mo>]</mo>
      </Line>
    </>
  );
}

/** Update: w_k′, w_T′ and w_U′ with the gradients they use. */
export function PartialUpdate() {
  return (
    <>
      <Line label="The update of w T uses g 0 double prime, g 1 to g k">
        <Update of="T">
          <Part of="g" primes="″" />
          <mo>,</mo>
          <Sub of="g" at="1" />
          <mo>,</mo>
          <mo>…</mo>
          <mo>,</mo>
          <Sub of="g" at="k" />
        </Update>
      </Line>
      <Line label="The update of w U uses g 0 prime and g T">
        <Update of="U">
          <Part of="g" primes="′" />
          <mo>,</mo>
          <Sub of="g" at="T" />
        </Update>
      </Line>
    </>
  );
}
