/** The card of the guided tour: where one is, what the step says, and back, next and skip. It blocks nothing. */
import { Button, CloseButton, Group, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconCheck } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { usePage } from '../../state/page';
import { TOUR_STEPS } from '../../state/pageState';
import { hasLeftStep, TOUR, tourStep } from '../../state/tour';
import { Notation } from '../flow/Notation';
import { pointAt } from './subject';
import classes from './tour.module.css';
import { beganHere, canGoBack, completeLink, endTour, finishTour, goToStep, listenForEscape, skipTour } from './walk';
import { wordsOf } from './words';

/** One dot per step; each goes there. */
function Dots({ at }: { readonly at: number }) {
  return (
    <ol className={classes.dots} aria-label="Steps of the tour">
      {TOUR.map(({ id, title }, index) => (
        <li key={id}>
          <button
            type="button"
            className={classes.dot}
            aria-label={`Step ${index + 1}: ${title}`}
            aria-current={index + 1 === at ? 'step' : undefined}
            data-done={index + 1 < at}
            onClick={() => goToStep(index + 1)}
          />
        </li>
      ))}
    </ol>
  );
}

function Card({ at }: { readonly at: number }) {
  const convention = usePage((page) => page.state.convention);
  const hasLeft = usePage(({ state }) => state.tour === at && hasLeftStep(state));
  const card = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const opened = useRef(true);
  // Counts how often the present step was asked for again.
  const [again, setAgain] = useState(0);
  const step = tourStep(at);
  const words = useMemo(() => wordsOf(step, convention), [step, convention]);
  const { id, title } = step;
  const { view } = step.shows;

  useEffect(() => {
    completeLink();
    listenForEscape();
  }, []);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    const travel = !opened.current || beganHere();
    opened.current = false;
    return card.current ? pointAt({ id, view, card: card.current, travel }) : undefined;
  }, [id, view, again]);

  const last = at === TOUR_STEPS;
  const next = () => (last ? finishTour() : goToStep(at + 1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Escape') endTour();
    else if (event.key === 'ArrowRight' && !last) goToStep(at + 1);
    else if (event.key === 'ArrowLeft' && at > 1) goToStep(at - 1);
    else return;
    event.preventDefault();
  };
  return (
    <aside ref={card} className={classes.card} aria-label="Guided tour" data-testid="tour" onKeyDown={onKeyDown}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="xs" c="dimmed" className="tabular">
          Step {at} of {TOUR_STEPS}
        </Text>
        <CloseButton size="sm" aria-label={last ? 'Finish the tour' : 'Skip the tour'} onClick={endTour} />
      </Group>
      <Title order={2} size="h5" ref={heading} tabIndex={-1} className={classes.title}>
        {title}
      </Title>
      <div className={classes.words} tabIndex={0} role="group" aria-label={`What step ${at} shows`}>
        {words.map((paragraph) => (
          <Text key={paragraph} size="sm" component="p">
            <Notation text={paragraph} />
          </Text>
        ))}
        {hasLeft && (
          <Text size="xs" c="dimmed" component="p">
            The page shows something else than this step now.{' '}
            <button
              type="button"
              className={classes.again}
              onClick={() => {
                goToStep(at);
                setAgain(again + 1);
              }}
            >
              Show the step again
            </button>
          </Text>
        )}
      </div>
      <Dots at={at} />
      <Group justify="space-between" wrap="nowrap" gap="xs">
        {last ? (
          <div>
            {canGoBack() && (
              <Button size="compact-sm" variant="subtle" onClick={skipTour}>
                My networks again
              </Button>
            )}
          </div>
        ) : (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={skipTour}>
            Skip
          </Button>
        )}
        <Group gap="xs" wrap="nowrap">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowLeft size={14} />}
            disabled={at === 1}
            onClick={() => goToStep(at - 1)}
          >
            Back
          </Button>
          <Button
            size="compact-sm"
            color="indigo.8"
            rightSection={last ? <IconCheck size={14} /> : <IconArrowRight size={14} />}
            onClick={next}
          >
            {last ? 'Finish' : 'Next'}
          </Button>
        </Group>
      </Group>
    </aside>
  );
}

/** The card, while there is a tour. */
export function Tour() {
  const at = usePage((page) => page.state.tour);
  return at > 0 ? <Card at={at} /> : null;
}
