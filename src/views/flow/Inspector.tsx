/** In words what is lit up in both drawings. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Part } from '../../diagram/diagram';
import { shapeText } from '../../diagram/notation';
import { isRole } from '../../diagram/roles';
import classes from './FlowView.module.css';
import { Notation } from './Notation';

/** Of several lit parts the one that says most: a layer rather than the fold around it. */
function mostSpecific(parts: readonly Part[]): Part | undefined {
  const fewest = Math.min(...parts.map((part) => part.nodes.length));
  return parts.findLast((part) => part.nodes.length === fewest);
}

/** A line each about what is lit in A and in B: the part's name, its shape, and what it does. */
export function Inspector({
  lit,
  highlight,
  action,
}: {
  lit: readonly (readonly Part[])[];
  highlight: string | null;
  /** What can be done with the selected part. */
  action?: ReactNode;
}) {
  // Parts of one role, or layers chosen elsewhere on the page; a fold stands for those inside it.
  const isMany = (highlight === null || isRole(highlight)) && lit.some((parts) => parts.length > 1);
  const nothing = lit.every((parts) => parts.length === 0);
  return (
    <div className={classes.inspector} data-still={highlight === null} data-testid="flow-inspector">
      {nothing && (
        <Text size="sm">
          Point at a part, or reach it with Tab and the arrow keys: the same part lights up in both drawings.
        </Text>
      )}
      {lit.map((parts, i) => {
        const part = mostSpecific(parts);
        if (part === undefined) return null;
        const slot = i === 0 ? 'A' : 'B';
        return (
          <Text key={slot} size="sm" className={classes.fact}>
            <b className={classes.letter}>{slot}</b>
            {isMany ? (
              <Notation
                text={parts
                  .filter((p) => p.stop)
                  .map((p) => `${p.name} ${shapeText(p.shape)}`)
                  .join(', ')}
              />
            ) : (
              <>
                <b>
                  <Notation text={part.name} />
                </b>{' '}
                <span className="tabular">{shapeText(part.shape)}</span> · <Notation text={part.text} />
              </>
            )}
          </Text>
        );
      })}
      {action}
    </div>
  );
}
