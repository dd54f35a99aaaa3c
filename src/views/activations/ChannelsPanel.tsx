/** The channels of the chosen part, each as a map, of A and B side by side. */
import { CloseButton, Group, Paper, SegmentedControl, SimpleGrid, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { usePage } from '../../state/page';
import { useLab } from '../useLab';
import classes from './activations.module.css';
import { reachChannels } from './reach';
import { SlotChannels } from './SlotChannels';
import type { Order, Scaling } from './SlotChannels';
import type { OpenSide } from './useActivations';

export function ChannelsPanel({ sides }: { readonly sides: readonly OpenSide[] }) {
  const change = usePage((page) => page.change);
  const hasPicture = useLab((state) => state.picture !== null);
  const [order, setOrder] = useState<Order>('origin');
  const [scaling, setScaling] = useState<Scaling>('map');
  const section = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => reachChannels(section.current, heading.current), []);
  const found = sides.find(({ chosen }) => chosen)?.chosen;
  return (
    <Paper
      ref={section}
      withBorder
      p="sm"
      mt="xs"
      component="section"
      aria-labelledby="channels-title"
      data-testid="channels"
      className={classes.panel}
    >
      <Group justify="space-between" wrap="nowrap" align="start" mb="xs">
        <Title order={3} size="h5" id="channels-title" ref={heading} tabIndex={-1} className={classes.heading}>
          Channels, each as a map
        </Title>
        <CloseButton size="sm" aria-label="Hide the channels" onClick={() => change({ maps: 'off' })} />
      </Group>
      {!found && <Text size="sm">Choose a part of the drawing to see each of its channels as a map.</Text>}
      {found && !hasPicture && (
        <Text size="sm">Give it a picture under Classify to see each of these channels as a map.</Text>
      )}
      {found && hasPicture && (
        <>
          <Group gap="xs" mb="xs">
            <SegmentedControl
              size="xs"
              aria-label="Order of the channels"
              data={[
                { value: 'origin', label: 'By origin' },
                { value: 'mean', label: 'By mean' },
              ]}
              value={order}
              onChange={(value) => setOrder(value === 'mean' ? 'mean' : 'origin')}
            />
            <SegmentedControl
              size="xs"
              aria-label="Scale of the maps"
              data={[
                { value: 'map', label: 'Each its own scale' },
                { value: 'all', label: 'One scale for all' },
              ]}
              value={scaling}
              onChange={(value) => setScaling(value === 'all' ? 'all' : 'map')}
            />
          </Group>
          <SimpleGrid cols={{ base: 1, md: sides.length }} spacing="md">
            {sides.map((side) => (
              <SlotChannels key={side.slot} {...{ side, order, scaling }} />
            ))}
          </SimpleGrid>
          <Text size="xs" mt="xs">
            {scaling === 'map'
              ? 'Every map goes from its own least value, dark, to its own greatest, light.'
              : 'All maps of a network go from the least value of all its channels, dark, to the greatest, light; A and B each have their own.'}{' '}
            Tint, frame and name say where a channel comes from: x₃·17 is channel 17 of x₃, counted from 0 as in
            PyTorch.
          </Text>
        </>
      )}
    </Paper>
  );
}
