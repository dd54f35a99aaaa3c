/** Explain: the tour, the questions that readers of paper and article keep asking, and what the weights are. */
import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import { AboutWeights } from './AboutWeights';
import { Topics } from './Topics';
import { TourList } from './TourList';

const SOURCES = [
  ['the CSPNet paper', '1911.11929'],
  ['the DenseNet paper', '1608.06993'],
  ['CIO after HarDNet', '1909.00948'],
  ['the authors on gradient paths', '2211.04800'],
] as const;

export function ExplainSection() {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
      <Stack gap="md">
        <TourList />
        <Topics />
      </Stack>
      <Stack gap="sm">
        <AboutWeights />
        <Text size="xs" c="dimmed">
          Sources:{' '}
          {SOURCES.map(([name, id], index) => (
            <span key={id}>
              {index > 0 && '; '}
              {name},{' '}
              <Anchor size="xs" href={`https://arxiv.org/abs/${id}`}>
                arXiv {id}
              </Anchor>
            </span>
          ))}
          .
        </Text>
      </Stack>
    </SimpleGrid>
  );
}
