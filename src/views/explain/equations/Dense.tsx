/** DenseNet: the paper's equations 1 and 2. */
import { Brackets, Convolved, Equation, Equations, Series, Sub, Update } from './symbols';

/** x₀ … x_{k−1}, or the gradients of them. */
const upTo = (of: string) => [
  <Sub key="0" of={of} at="0" />,
  <Sub key="1" of={of} at="1" />,
  <mo key="…">…</mo>,
  <Sub key="k" of={of} at="k−1" />,
];

/** Equation 1: x_k = w_k ∗ [x₀, x₁ … x_{k−1}]. */
export function DenseForward() {
  return (
    <Equations name="Forward: equation 1 of the paper, 5 of the article">
      <Equation spoken="x 1 is w 1 convolved with x 0">
        <Convolved at="1">
          <Sub of="x" at="0" />
        </Convolved>
      </Equation>
      <Equation spoken="x 2 is w 2 convolved with the concatenation of x 0 and x 1">
        <Convolved at="2">
          <Brackets>
            <Series>{[<Sub key="0" of="x" at="0" />, <Sub key="1" of="x" at="1" />]}</Series>
          </Brackets>
        </Convolved>
      </Equation>
      <Equation spoken="x k is w k convolved with the concatenation of x 0, x 1, up to x k minus 1">
        <Convolved at="k">
          <Brackets>
            <Series>{upTo('x')}</Series>
          </Brackets>
        </Convolved>
      </Equation>
    </Equations>
  );
}

/** Equation 2: w_k′ = f_k(w_k, {g₀, g₁ … g_{k−1}}). */
export function DenseUpdate() {
  return (
    <Equations name="Update: equation 2 of the paper, 6 of the article">
      <Equation spoken="The update of w 1 uses g 0">
        <Update of="1">
          <Sub of="g" at="0" />
        </Update>
      </Equation>
      <Equation spoken="The update of w 2 uses g 0 and g 1">
        <Update of="2">
          <Series>{[<Sub key="0" of="g" at="0" />, <Sub key="1" of="g" at="1" />]}</Series>
        </Update>
      </Equation>
      <Equation spoken="The update of w k uses g 0, g 1, up to g k minus 1">
        <Update of="k">
          <Series>{upTo('g')}</Series>
        </Update>
      </Equation>
    </Equations>
  );
}
