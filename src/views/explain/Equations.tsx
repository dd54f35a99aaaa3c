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

/** Part 2 and everything the dense layers up to `at` made: x₀″, x₁ … x_at, or the gradients of them. */
const Dense = ({ of, at }: { readonly of: string; readonly at: string }) => (
  <>
    <Part of={of} primes="″" />
    <mo>,</mo>
    <Sub of={of} at="1" />
    <mo>,</mo>
    <mo>…</mo>
    <mo>,</mo>
    <Sub of={of} at={at} />
  </>
);

/** Part 1 and what the dense side's transition made of the rest. */
const Merged = ({ of }: { readonly of: string }) => (
  <>
    <Part of={of} primes="′" />
    <mo>,</mo>
    <Sub of={of} at="T" />
  </>
);

/** x_at = w_at ∗ [ … ] */
const Convolved = ({ at, children }: { readonly at: string; readonly children: ReactNode }) => (
  <>
    <Sub of="x" at={at} />
    <mo>=</mo>
    <Sub of="w" at={at} />
    <mo>∗</mo>
    <mo>[</mo>
    {children}
    <mo>]</mo>
  </>
);

/** Forward: x_k = w_k ∗ [x₀″, x₁ … x_{k−1}], x_T and x_U. */
export function PartialDense() {
  return (
    <>
      <Line label="x k is w k convolved with the concatenation of x 0 double prime, x 1 to x k minus 1">
        <Convolved at="k">
          <Dense of="x" at="k−1" />
        </Convolved>
      </Line>
      <Line label="x T is w T convolved with the concatenation of x 0 double prime, x 1 to x k">
        <Convolved at="T">
          <Dense of="x" at="k" />
        </Convolved>
      </Line>
      <Line label="x U is w U convolved with the concatenation of x 0 prime and x T">
        <Convolved at="U">
          <Merged of="x" />
        </Convolved>
      </Line>
    </>
  );
}

/** Update: w_T′ and w_U′ with the gradients they use. */
export function PartialUpdate() {
  return (
    <>
      <Line label="The update of w T uses g 0 double prime, g 1 to g k">
        <Update of="T">
          <Dense of="g" at="k" />
        </Update>
      </Line>
      <Line label="The update of w U uses g 0 prime and g T">
        <Update of="U">
          <Merged of="g" />
        </Update>
      </Line>
    </>
  );
}
