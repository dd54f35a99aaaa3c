/** CSPDenseNet: the paper's equations 3 and 4. */
import { Brackets, Convolved, Equation, Equations, Part, Series, Sub, Update } from './symbols';

/** x₀″, x₁ … x_at, or the gradients of them. */
const block = (of: string, at: string) => [
  <Part key="0" of={of} primes="″" />,
  <Sub key="1" of={of} at="1" />,
  <mo key="…">…</mo>,
  <Sub key="k" of={of} at={at} />,
];

/** x₀′ and what the dense side's transition made of the rest, or the gradients of them. */
const merged = (of: string) => [<Part key="0" of={of} primes="′" />, <Sub key="T" of={of} at="T" />];

/** Equation 3: x_k, x_T and x_U. */
export function PartialForward() {
  return (
    <Equations name="Forward: equation 3 of the paper, 7 of the article">
      <Equation spoken="x k is w k convolved with the concatenation of x 0 double prime, x 1, up to x k minus 1">
        <Convolved at="k">
          <Brackets>
            <Series>{block('x', 'k−1')}</Series>
          </Brackets>
        </Convolved>
      </Equation>
      <Equation spoken="x T is w T convolved with the concatenation of x 0 double prime, x 1, up to x k">
        <Convolved at="T">
          <Brackets>
            <Series>{block('x', 'k')}</Series>
          </Brackets>
        </Convolved>
      </Equation>
      <Equation spoken="x U is w U convolved with the concatenation of x 0 prime and x T">
        <Convolved at="U">
          <Brackets>
            <Series>{merged('x')}</Series>
          </Brackets>
        </Convolved>
      </Equation>
    </Equations>
  );
}

/** Equation 4: w_k′, w_T′ and w_U′. */
export function PartialUpdate() {
  return (
    <Equations name="Update: equation 4 of the paper, 8 of the article">
      <Equation spoken="The update of w k uses g 0 double prime, g 1, up to g k minus 1">
        <Update of="k">
          <Series>{block('g', 'k−1')}</Series>
        </Update>
      </Equation>
      <Equation spoken="The update of w T uses g 0 double prime, g 1, up to g k">
        <Update of="T">
          <Series>{block('g', 'k')}</Series>
        </Update>
      </Equation>
      <Equation spoken="The update of w U uses g 0 prime and g T">
        <Update of="U">
          <Series>{merged('g')}</Series>
        </Update>
      </Equation>
    </Equations>
  );
}
