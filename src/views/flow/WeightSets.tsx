/** The arguments of one update in A and in B, each gradient under its colour, or why a network has no such weight. */
import type { StageGradients } from '../../analysis/gradients';
import { sourceName } from '../../diagram/gradientLabels';
import { cssColour, growthColour, ROLE_COLOURS } from '../../diagram/roles';
import type { Network } from '../../network/network';
import flow from './FlowView.module.css';
import classes from './gradient.module.css';
import { cutText, listOf, updateText, whyMissing } from './gradientWords';
import { Notation } from './Notation';

/** One of the two networks with what its stage counts. */
export interface SetOwner {
  readonly side: 'a' | 'b';
  readonly network: Network;
  readonly counts: StageGradients | undefined;
}

function colourOf(source: string, layers: number): string {
  if (source === "g0'") return cssColour(ROLE_COLOURS.part1);
  if (source === "g0''") return cssColour(ROLE_COLOURS.part2);
  if (source === 'g0') return cssColour(ROLE_COLOURS.base);
  if (source === 'gT') return cssColour(ROLE_COLOURS.transition);
  return cssColour(growthColour(Number(source.slice(1)), layers));
}

function Formula({ counts, weight }: { readonly counts: StageGradients; readonly weight: string }) {
  const update = counts.updates.find((one) => one.weight === weight);
  if (!update) return null;
  const layers = counts.updates.filter((one) => /\d/.test(one.weight)).length;
  const name = sourceName(weight);
  const coloured = new Map(update.sources.map((source) => [sourceName(source), source]));
  return (
    <span className={classes.formula} role="math" aria-label={updateText(update).replaceAll('_', ' ')}>
      <Notation text={`${name}′ = f(${name}, {`} />
      {listOf(update.sources).map((text, i, all) => {
        const source = coloured.get(text);
        const uses = counts.sources.find((use) => use.source === source)?.weights.length ?? 0;
        return (
          <span key={text}>
            {i > 0 && text !== '…' && all[i - 1] !== '…' ? ', ' : ' '}
            <span
              className={source === undefined ? undefined : classes.source}
              data-again={uses > 1 || undefined}
              style={source === undefined ? undefined : { borderColor: colourOf(source, layers) }}
            >
              <Notation text={text} />
            </span>
          </span>
        );
      })}
      {' })'}
    </span>
  );
}

function Line({ owner, stage, weight }: { readonly owner: SetOwner; readonly stage: number; readonly weight: string }) {
  const { side, network, counts } = owner;
  const name = side.toUpperCase();
  if (!counts) return <Notation text={whyMissing(network, stage, weight, name)} />;
  if (weight === '') return <Notation text={cutText(counts)} />;
  const has = counts.updates.some((one) => one.weight === weight);
  return has ? <Formula {...{ counts, weight }} /> : <Notation text={whyMissing(network, stage, weight, name)} />;
}

export function WeightSets(props: {
  readonly owners: readonly SetOwner[];
  readonly stage: number;
  readonly weight: string;
}) {
  const { owners, stage, weight } = props;
  return (
    <div className={classes.sets} aria-live="polite" data-testid="weight-sets">
      {owners.map((owner) => (
        <div key={owner.side} className={classes.set} data-testid={`weight-set-${owner.side}`}>
          <b className={flow.letter} data-slot={owner.side}>
            {owner.side.toUpperCase()}
          </b>
          <span>
            <Line {...{ owner, stage, weight }} />
          </span>
        </div>
      ))}
    </div>
  );
}
