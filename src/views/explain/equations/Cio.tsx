/** CIO: what it is, the paper's formulas for a dense and a partial block, and the count for DenseNet's real layers. */
import { Equation, Equations, Half, Sub } from './symbols';

const Times = () => <mo>·</mo>;

/** c·m, or (1 − γ)·c·m */
const Base = ({ partial }: { readonly partial: boolean }) => (
  <mrow>
    {partial && (
      <>
        <mo>(</mo>
        <mn>1</mn>
        <mo>−</mo>
        <mi>γ</mi>
        <mo>)</mo>
        <Times />
      </>
    )}
    <mi>c</mi>
    <Times />
    <mi>m</mi>
  </mrow>
);

/** (m² + m)·d, with the sign that is asked for. */
const Layers = ({ sign }: { readonly sign: '+' | '−' }) => (
  <mrow>
    <mo>(</mo>
    <msup>
      <mi>m</mi>
      <mn>2</mn>
    </msup>
    <mo>{sign}</mo>
    <mi>m</mi>
    <mo>)</mo>
    <Times />
    <mi>d</mi>
  </mrow>
);

/** c·h·w of what goes in or comes out. */
const Size = ({ of }: { readonly of: string }) => (
  <mrow>
    <Sub of="c" at={of} />
    <Sub of="h" at={of} />
    <Sub of="w" at={of} />
  </mrow>
);

export function CioDefinition() {
  return (
    <Equations name="One picture, elements: equation 1 of HarDNet (arXiv 1909.00948)">
      <Equation spoken="C I O is the sum over all convolutions of the elements in and the elements out: channels times height times width of each">
        <mi>CIO</mi>
        <mo>=</mo>
        <munder>
          <mo>∑</mo>
          <mtext>conv</mtext>
        </munder>
        <mo>(</mo>
        <Size of="in" />
        <mo>+</mo>
        <Size of="out" />
        <mo>)</mo>
      </Equation>
    </Equations>
  );
}

export function CioFormulas() {
  return (
    <Equations name="The paper’s formula per pixel, one convolution per layer">
      <Equation note="dense block" spoken="Dense block: c times m, plus m squared plus m, times d, over 2">
        <Base partial={false} />
        <mo>+</mo>
        <Half>
          <Layers sign="+" />
        </Half>
      </Equation>
      <Equation
        note="partial block, γ = ½"
        spoken="Partial block at gamma one half: c times m plus, m squared plus m, times d, all over 2"
      >
        <Half>
          <Base partial={false} />
          <mo>+</mo>
          <Layers sign="+" />
        </Half>
      </Equation>
      <Equation
        note="any γ"
        spoken="Partial block at any gamma: 1 minus gamma, times c times m, plus m squared plus m, times d, over 2"
      >
        <Base partial />
        <mo>+</mo>
        <Half>
          <Layers sign="+" />
        </Half>
      </Equation>
    </Equations>
  );
}

export function CioCount() {
  return (
    <Equations name="Counted per pixel: a 1×1 to b·d channels and a 3×3 to d in every layer, bottleneck width b">
      <Equation spoken="1 minus gamma, times c times m, plus m squared minus m, times d, over 2, plus 2 b plus 1, times d times m">
        <Base partial />
        <mo>+</mo>
        <Half>
          <Layers sign="−" />
        </Half>
        <mo>+</mo>
        <mo>(</mo>
        <mn>2</mn>
        <mi>b</mi>
        <mo>+</mo>
        <mn>1</mn>
        <mo>)</mo>
        <Times />
        <mi>d</mi>
        <Times />
        <mi>m</mi>
      </Equation>
    </Equations>
  );
}
