/** The short answer to one question, and the way to the long one: what the popover of a "?" holds. */
import { Anchor, Stack, Text } from '@mantine/core';
import { ANSWERS } from './answers/all';
import classes from './explain.module.css';
import { openTopic } from './opened';
import { QUESTIONS } from './questions';
import type { TopicId } from './questions';

export function WhyAnswer({ topic }: { readonly topic: TopicId }) {
  const { Short } = ANSWERS[topic];
  return (
    <Stack gap={6} className={classes.answer}>
      <Text size="sm" fw={600}>
        {QUESTIONS[topic]}
      </Text>
      <Short />
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="start"
        onClick={(event) => {
          event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
          openTopic(topic);
        }}
      >
        More in Explain
      </Anchor>
    </Stack>
  );
}
