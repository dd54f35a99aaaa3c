/**
 * What the paper published beside what this project trained and measured: two experiments, two charts, never one pair
 * of axes. The published numbers are analysis/published.ts; ours are read from the model cards and counted here.
 */
import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { FOLLOW_UP, SOURCES } from '../../analysis/published';
import { Choice } from './Choice';
import { PublishedOurs } from './PublishedOurs';
import { PublishedPairs } from './PublishedPairs';
import { PublishedPelee } from './PublishedPelee';

const TABLES = [
  { value: 'pelee', label: 'Table 1 and Figure 4: γ and fusion' },
  { value: 'pairs', label: 'Table 3: base and CSP' },
] as const;

export function Published() {
  const [table, setTable] = useState<(typeof TABLES)[number]['value']>('pelee');
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Paper withBorder p="sm" component="article" aria-label="Published, not computed">
        <Stack gap="xs">
          <div>
            <Text size="sm" fw={600}>
              Published, not computed
            </Text>
            <Text size="xs" c="dimmed">
              {SOURCES.paper}: ImageNet, other networks than this page builds. BFLOPs are 10⁹ FLOPs at 2 per
              multiply-accumulate, whatever convention is chosen above.
            </Text>
          </div>
          <Choice name="From the paper" value={table} options={TABLES} onChange={setTable} />
          {table === 'pelee' ? <PublishedPelee /> : <PublishedPairs />}
          <Text size="xs" c="dimmed">
            The authors’ later paper ({SOURCES.followUp}) has fusion first ahead of fusion last, on COCO in box AP:{' '}
            {FOLLOW_UP.map(({ name, ap }) => `${name} ${ap.toFixed(1)}`).join(', ')}.
          </Text>
        </Stack>
      </Paper>
      <Paper withBorder p="sm" component="article" aria-label="Computed and measured here">
        <PublishedOurs />
      </Paper>
    </SimpleGrid>
  );
}
