/** The questions and their answers, each with its equations, its numbers on the page's networks, and "Show it". */
import { Accordion, Button, Group, Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useEffect } from 'react';
import { usePage } from '../../state/page';
import { scrollToSection } from '../shell/useSections';
import { ANSWERS } from './answers/all';
import classes from './explain.module.css';
import { useOpened } from './opened';
import { QUESTIONS, TOPIC_IDS } from './questions';
import type { TopicId } from './questions';
import { canShow, showFields } from './showing';

/** Drives the page to what an answer speaks of; one step of history. */
function ShowIt({ topic }: { readonly topic: TopicId }) {
  if (!canShow(topic)) return null;
  return (
    <Group>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconEye size={14} />}
        onClick={() => {
          const { state, change } = usePage.getState();
          const fields = showFields(topic, state);
          if (fields) change(fields);
          if (fields?.view) scrollToSection(fields.view);
        }}
      >
        Show it
      </Button>
    </Group>
  );
}

function Answered({ topic }: { readonly topic: TopicId }) {
  const { Short, More } = ANSWERS[topic];
  return (
    <Stack gap="xs" className={classes.answer}>
      <Short />
      {More && <More />}
      <ShowIt topic={topic} />
    </Stack>
  );
}

const itemId = (topic: string) => `question-${topic}`;

export function Topics() {
  const { open, asked, setOpen, arrived } = useOpened();
  useEffect(() => {
    if (asked === null) return;
    const control = document.querySelector<HTMLElement>(`#${itemId(asked)} button`);
    control?.scrollIntoView({ behavior: 'smooth', block: 'center' });
    control?.focus({ preventScroll: true });
    arrived();
  }, [asked, arrived]);
  return (
    <Accordion variant="separated" multiple keepMounted={false} value={[...open]} onChange={setOpen}>
      {TOPIC_IDS.map((topic) => (
        <Accordion.Item key={topic} value={topic} id={itemId(topic)}>
          <Accordion.Control>
            <Text size="sm" fw={600}>
              {QUESTIONS[topic]}
            </Text>
          </Accordion.Control>
          <Accordion.Panel>{open.includes(topic) && <Answered topic={topic} />}</Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
