/** The channels of one network's chosen node: their sources, their maps, and why there are none. */
import { Badge, Button, Group, Loader, NativeSelect, Stack, Text } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { channelName, channelOrigins, originOfChannel } from '../../diagram/channelOrigins';
import type { Origin } from '../../diagram/channelOrigins';
import { runsOf, shapeText } from '../../diagram/notation';
import { cssColour } from '../../diagram/roles';
import type { NodeSummary, SmallMap } from '../../inference/protocol';
import { usePage } from '../../state/page';
import { Notation } from '../flow/Notation';
import { useLab, useLabActions } from '../useLab';
import classes from './activations.module.css';
import { ChannelGrid } from './ChannelGrid';
import type { OpenSide } from './useActivations';
import { numbersOfAll, numbersOfChannel, numbersText } from './words';

/** Channels as they lie in the feature map, or the greatest mean first. */
export type Order = 'origin' | 'mean';
/** Every map from its own least to its own greatest value, or all from the least to the greatest of the node. */
export type Scaling = 'map' | 'all';

interface Props {
  readonly side: OpenSide;
  readonly order: Order;
  readonly scaling: Scaling;
}

/** `x_T` without the mark of the subscript, for places that cannot set one. */
const plain = (text: string) =>
  runsOf(text)
    .map((run) => run.text)
    .join('');

function OriginBar({
  origins,
  onGo,
}: {
  readonly origins: readonly Origin[];
  readonly onGo: (channel: number) => void;
}) {
  const point = usePage((page) => page.point);
  return (
    <div className={classes.bar} aria-hidden="true">
      {origins.map((origin) => (
        <div
          key={origin.from}
          className={classes.segment}
          title={`${plain(origin.name)}: channels ${origin.from} to ${origin.from + origin.count - 1}`}
          style={{ flexGrow: origin.count, background: cssColour(origin.colour) }}
          onClick={() => onGo(origin.from)}
          onPointerEnter={() => point(origin.node)}
          onPointerLeave={() => point(null)}
        />
      ))}
    </div>
  );
}

function Maps({ side, order, scaling, summary, maps }: Props & { summary: NodeSummary; maps: SmallMap }) {
  const { network, slot } = side;
  const { numbers, node } = summary;
  const [focused, setFocused] = useState<number | null>(null);
  const [goal, setGoal] = useState<{ readonly channel: number } | null>(null);
  const origins = useMemo(() => channelOrigins(network, node), [network, node]);
  const channels = useMemo(() => {
    const all = Array.from({ length: numbers.mean.length }, (_, channel) => channel);
    const mean = (channel: number) => numbers.mean[channel] ?? 0;
    return order === 'mean' ? all.toSorted((p, q) => mean(q) - mean(p)) : all;
  }, [numbers, order]);
  const whole = useMemo(() => numbersOfAll(numbers), [numbers]);
  const range = useMemo(() => (scaling === 'all' ? { low: whole.min, high: whole.max } : undefined), [scaling, whole]);
  const named = useCallback(
    (channel: number) => {
      const origin = originOfChannel(origins, channel);
      return origin ? channelName(origin, channel) : String(channel);
    },
    [origins],
  );
  const [, height, width] = summary.shape;
  /** To the first that is shown of the source that a channel is of. */
  const goTo = (from: number) => {
    const origin = originOfChannel(origins, from);
    setGoal({ channel: channels.find((one) => originOfChannel(origins, one) === origin) ?? from });
  };
  return (
    <Stack gap={6}>
      {origins.length > 1 && (
        <>
          <OriginBar origins={origins} onGo={goTo} />
          <NativeSelect
            size="xs"
            aria-label={`Go to a source of network ${slot.toUpperCase()}`}
            value=""
            onChange={(event) => goTo(Number(event.currentTarget.value))}
            data={[
              { value: '', label: `Go to one of ${origins.length} sources`, disabled: true },
              ...origins.map(({ name, from, count }) => ({
                value: String(from),
                label: `${plain(name)}: ${count} channels from ${from}`,
              })),
            ]}
          />
        </>
      )}
      <ChannelGrid
        label={`Channels of network ${slot.toUpperCase()}`}
        {...{ origins, channels, maps, numbers, range, goal, named }}
        onFocus={setFocused}
      />
      <Text size="xs" className={`${classes.focused} tabular`} data-testid={`channel-${slot}`}>
        {focused === null
          ? `All ${channels.length} channels: ${numbersText(whole)}.`
          : `Channel ${focused}, ${plain(named(focused))}: ${numbersText(numbersOfChannel(numbers, focused))}.`}
        {(height > maps.height || width > maps.width) &&
          ` Maps of ${height} × ${width} are shown as averages on ${maps.height} × ${maps.width}; the numbers are of all pixels.`}
      </Text>
    </Stack>
  );
}

export function SlotChannels(props: Props) {
  const { side } = props;
  const { slot, label, chosen } = side;
  const lab = useLabActions();
  const summary = useLab(({ activations }) => (chosen ? activations[slot].summaries.get(chosen.node) : undefined));
  const { state, problem } = useLab(({ activations }) => activations[slot]);
  const isUntrained = useLab(({ slots }) => slots[slot].weights === 'seeded');
  const isFolded = summary !== undefined && summary.of !== summary.node;
  return (
    <div>
      <Group gap="xs" mb={6} wrap="nowrap">
        <Badge circle color={`var(--lens-${slot})`} autoContrast style={{ flexShrink: 0 }}>
          {slot.toUpperCase()}
        </Badge>
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          {chosen && (
            <>
              <b>
                <Notation text={chosen.part?.name ?? chosen.node} />
              </b>{' '}
              of{' '}
            </>
          )}
          {label}
          {summary && ` · ${shapeText(summary.shape)}`}
          {isUntrained && ' · untrained, random weights'}
        </Text>
      </Group>
      {isFolded && (
        <Text size="xs" mb={6}>
          {summary.node} is computed together with what follows it; shown is what becomes of it in {summary.of},
          {` ${summary.shape[1]} × ${summary.shape[2]}`}.
        </Text>
      )}
      {!chosen && <Text size="sm">This network has no such part.</Text>}
      {chosen && !summary?.maps && state === 'failed' && (
        <Stack gap="xs" align="start">
          <Text size="sm" c="red" role="alert">
            The channels could not be read: {problem?.message}
          </Text>
          <Button size="compact-xs" variant="light" onClick={() => lab.retryActivations(slot)}>
            Try again
          </Button>
        </Stack>
      )}
      {chosen && !summary?.maps && state === 'reading' && (
        <Group gap="xs" role="status">
          <Loader size="xs" />
          <Text size="sm">Reading the channels …</Text>
        </Group>
      )}
      {chosen && !summary?.maps && (state === 'none' || state === 'ready') && (
        <Text size="sm">This network has not run on the picture yet.</Text>
      )}
      {summary?.maps && <Maps key={summary.node} {...props} summary={summary} maps={summary.maps} />}
    </div>
  );
}
