/** The way into the guided tour from Explain: its steps, each to be started at. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { usePage } from '../../state/page';
import { TOUR } from '../../state/tour';
import { goToStep } from '../tour/walk';
import classes from './explain.module.css';

export function TourList() {
  const at = usePage((page) => page.state.tour);
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Title order={3} size="h5">
            The guided tour
          </Title>
          <Button size="compact-sm" color="indigo.8" leftSection={<IconRoute size={14} />} onClick={() => goToStep(1)}>
            {at > 0 ? 'Start again' : 'Start'}
          </Button>
        </Group>
        <Text size="sm">
          {TOUR.length} steps that set this page and say what is to be seen. Skipping it brings your networks back.
        </Text>
        <ol className={classes.steps}>
          {TOUR.map(({ id, title }, index) => (
            <li key={id}>
              <button
                type="button"
                className={classes.step}
                aria-current={index + 1 === at ? 'step' : undefined}
                onClick={() => goToStep(index + 1)}
              >
                <Text span size="sm" c="dimmed" className="tabular">
                  {index + 1}
                </Text>
                {title}
              </button>
            </li>
          ))}
        </ol>
      </Stack>
    </Paper>
  );
}
