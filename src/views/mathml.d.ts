/** MathML elements for React's types, which know only HTML and SVG. */
import type { HTMLAttributes, DetailedHTMLProps } from 'react';

type MathElement = DetailedHTMLProps<HTMLAttributes<MathMLElement>, MathMLElement> & {
  readonly display?: 'block' | 'inline';
  readonly separator?: 'true' | 'false';
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      math: MathElement;
      mfrac: MathElement;
      mi: MathElement;
      mn: MathElement;
      mo: MathElement;
      mrow: MathElement;
      msub: MathElement;
      msubsup: MathElement;
      msup: MathElement;
      mtext: MathElement;
      munder: MathElement;
    }
  }
}
