/** A sentence about the drawn stage whose parts light up where they are pointed at or reached, as in the legend. */
import { useMemo } from 'react';
import { spokenParts } from '../../diagram/spoken';
import type { Network } from '../../network/network';
import { usePage } from '../../state/page';
import classes from './FlowView.module.css';
import { Notation } from './Notation';

interface Props {
  readonly text: string;
  /** Those it speaks of. */
  readonly networks: readonly Network[];
  readonly stage: 'all' | number;
}

export function SpokenText({ text, networks, stage }: Props) {
  const hover = usePage((page) => page.hover);
  const point = usePage((page) => page.point);
  const pieces = useMemo(() => spokenParts(text, networks, stage), [text, networks, stage]);
  return pieces.map((piece, index) => {
    const { part } = piece;
    if (part === undefined) return <Notation key={index} text={piece.text} />;
    return (
      <button
        key={index}
        type="button"
        className={classes.spoken}
        data-lit={hover === part}
        // Named again it is no further stop for the Tab key.
        tabIndex={piece.first ? 0 : -1}
        onPointerEnter={() => point(part)}
        onPointerLeave={() => point(null)}
        onFocus={() => point(part)}
        onBlur={() => point(null)}
      >
        <Notation text={piece.text} />
      </button>
    );
  });
}
