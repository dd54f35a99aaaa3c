/**
 * Below the drawings: how far the activations of the present picture are read, or why there are none; and the channels
 * of the chosen part, of A and B side by side. The pictures on the drawings are ActivationSpots.tsx.
 */
import { Anchor, Button, Text } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import type { Slot } from '../../inference/protocol';
import { usePage } from '../../state/page';
import type { LabState } from '../../state/labState';
import { lazyPart } from '../lazyPart';
import { useLab, useLabActions } from '../useLab';
import classes from './activations.module.css';
import { useChosen, useLook } from './useActivations';
import type { OpenSide, Side } from './useActivations';

const ChannelsPanel = lazyPart(async () => (await import('./ChannelsPanel')).ChannelsPanel);

/** What keeps a slot from showing activations, in words; null where they are there. */
function hindrance({ slots, activations, picture }: LabState, slot: Slot): string | null {
  const { state, weights, result } = slots[slot];
  const name = slot.toUpperCase();
  if (weights === 'none') return `${name} has no weights; with weights, or run untrained, it can be looked into.`;
  if (state === 'loading' || state === 'compiling') return `${name} is being loaded.`;
  if (state === 'failed') return `${name} could not be loaded, see its weights above.`;
  if (result?.pictureId !== picture?.id) return state === 'running' ? `${name} is running.` : `${name} has not run.`;
  if (activations[slot].state === 'reading') return `Reading what the parts of ${name} hold …`;
  return null;
}

function Line({ slot }: { readonly slot: Slot }) {
  const lab = useLabActions();
  const text = useLab((state) => hindrance(state, slot));
  const problem = useLab(({ activations }) => activations[slot].problem);
  const untrained = useLab(({ slots }) => slots[slot].weights === 'seeded' && slots[slot].result !== null);
  return (
    <>
      {text !== null && <Text size="xs">{text}</Text>}
      {text === null && problem && (
        <Text size="xs" c="red" role="alert">
          What the parts of {slot.toUpperCase()} hold could not be read: {problem.message}{' '}
          <Button size="compact-xs" variant="light" onClick={() => lab.retryActivations(slot)}>
            Try again
          </Button>
        </Text>
      )}
      {untrained && (
        <Text size="xs" fw={600}>
          {slot.toUpperCase()} is untrained: random weights, nothing it has learned.
        </Text>
      )}
    </>
  );
}

function Status({ sides }: { readonly sides: readonly Side[] }) {
  const picture = useLab((state) => state.picture);
  const isShown = useLab(({ activations }) => sides.some(({ slot }) => activations[slot].summaries.size > 0));
  return (
    <div className={classes.status} data-testid="activations-status">
      {picture === null ? (
        <Text size="xs">
          <Anchor href="#classify" inherit>
            Give it a picture under Classify
          </Anchor>{' '}
          to see what flows here.
        </Text>
      ) : (
        <>
          {isShown && (
            <Text size="xs">
              On the parts: what {picture.name} gives, averaged over channels, each on its own scale from dark to light.
              Click one for its channels.
            </Text>
          )}
          {sides.map(({ slot }) => (
            <Line key={slot} slot={slot} />
          ))}
        </>
      )}
    </div>
  );
}

function Look({ side, open, seen }: { readonly side: OpenSide; readonly open: boolean; readonly seen: boolean }) {
  useLook(side, open ? (side.chosen?.node ?? null) : null, seen);
  return null;
}

export function Activations({ sides }: { readonly sides: readonly Side[] }) {
  const { ref, entry } = useIntersection({ rootMargin: '900px 0px' });
  const isOpen = usePage((page) => page.state.maps === 'on');
  const chosen = useChosen(sides);
  return (
    <div ref={ref}>
      {chosen.map((side) => (
        <Look key={side.slot} side={side} open={isOpen} seen={entry?.isIntersecting === true} />
      ))}
      <Status sides={sides} />
      {isOpen && <ChannelsPanel sides={chosen} />}
    </div>
  );
}
