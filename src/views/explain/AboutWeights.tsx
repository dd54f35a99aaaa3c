/** What the shipped networks were trained on, how well they do, and the credits of the photos, read from their cards. */
import { Anchor, List, Paper, Stack, Table, Text, Title } from '@mantine/core';
import type { ModelCard } from '../../weights/card';
import { formatShare } from '../../analysis/format';
import { useLab } from '../useLab';
import { usePage } from '../../state/page';
import { scrollToSection } from '../shell/useSections';
import { TableScroll } from '../TableScroll';
import { Recipe } from './Recipe';

function Accuracies({ cards }: { readonly cards: readonly ModelCard[] }) {
  const sources = cards[0]?.accuracy.perSource.map((entry) => entry.source) ?? [];
  return (
    <TableScroll label="Accuracy on the test photos">
      <Table fz="xs" className="tabular" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Network</Table.Th>
            <Table.Th ta="right">Top-1</Table.Th>
            <Table.Th ta="right">95 % interval</Table.Th>
            {sources.map((source) => (
              <Table.Th ta="right" key={source}>
                {source}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cards.map(({ network, title, accuracy: { overall, perSource } }) => (
            <Table.Tr key={network}>
              <Table.Td style={{ whiteSpace: 'normal' }}>{title}</Table.Td>
              <Table.Td ta="right">{formatShare(overall.top1)}</Table.Td>
              <Table.Td ta="right">
                {formatShare(overall.interval[0])} – {formatShare(overall.interval[1])}
              </Table.Td>
              {sources.map((source) => {
                const entry = perSource.find((one) => one.source === source);
                return (
                  <Table.Td ta="right" key={source}>
                    {entry ? formatShare(entry.top1) : '–'}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableScroll>
  );
}

function goToCost() {
  usePage.getState().change({ view: 'cost' });
  scrollToSection('cost');
}

export function AboutWeights() {
  const cards = useLab((state) => state.cards);
  const [first] = cards;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="sm">
        <Title order={3} size="h5">
          The trained networks
        </Title>
        {!first && (
          <Text size="sm" c="dimmed">
            No trained networks are here.
          </Text>
        )}
        {first && (
          <>
            <Text size="sm">
              {cards.length} networks, trained by this project on {first.dataset.name}: {first.dataset.photos.train}{' '}
              photos in {first.classes.length} classes. Measured on {first.dataset.photos.test} test photos that played
              no part in any choice. Differences inside the intervals are no ranking.
            </Text>
            <Accuracies cards={cards} />
            <Text size="xs">
              The paper’s own numbers are another experiment, on other networks and another dataset:{' '}
              <Anchor component="button" type="button" size="xs" onClick={goToCost}>
                they are under Cost, as published
              </Anchor>
              .
            </Text>
            <Recipe cards={cards} />
            <Text size="xs">They know: {first.classes.map((entry) => entry.name).join(', ')}.</Text>
            <div>
              <Text size="sm" fw={600}>
                Photos and credits
              </Text>
              <List size="xs" spacing={2}>
                {first.dataset.sources.map(({ id, name, classes, licence, credit, file }) => (
                  <List.Item key={id}>
                    {name}: {classes}. {licence}. {credit}
                    {file && (
                      <>
                        {' '}
                        <Anchor size="xs" href={`models/${file}`}>
                          Full notice
                        </Anchor>
                      </>
                    )}
                  </List.Item>
                ))}
              </List>
            </div>
          </>
        )}
      </Stack>
    </Paper>
  );
}
