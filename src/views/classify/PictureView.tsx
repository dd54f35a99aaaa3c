/** The picture as it was given, with the square that the networks saw and a class's activation map over it. */
import { Badge, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { formatShare } from '../../analysis/format';
import type { RunResult, Slot } from '../../inference/protocol';
import { SLOTS } from '../../state/labState';
import type { SlotResult } from '../../state/labState';
import { useLab } from '../useLab';
import { classAt } from './classes';
import classes from './classify.module.css';
import { peakOf } from './mapWords';
import { Preview } from './Preview';
import { ClassMap } from './ClassMap';

/** An address for a blob for as long as it is shown. */
function useBlobUrl(blob: Blob): string {
  const url = useMemo(() => URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return url;
}

function cropStyle(run: RunResult) {
  const { crop, pictureSize } = run;
  if (!crop || !pictureSize) return { display: 'none' };
  return {
    left: `${(100 * crop.left) / pictureSize.width}%`,
    top: `${(100 * crop.top) / pictureSize.height}%`,
    width: `${(100 * crop.width) / pictureSize.width}%`,
    height: `${(100 * crop.height) / pictureSize.height}%`,
  };
}

interface LinkProps {
  /** Whether a chosen class is shown for both networks. */
  readonly linked: boolean;
  /** undefined where there is only one. */
  readonly onLink: ((linked: boolean) => void) | undefined;
}

export function PictureView(props: LinkProps) {
  const picture = useLab((state) => state.picture);
  return picture ? <Shown {...props} blob={picture.blob} name={picture.name} id={picture.id} /> : null;
}

/** What a map shows, in words: for which class, how probable that is, and where the strongest evidence lies. */
function MapCaption({ slot, result }: { readonly slot: Slot; readonly result: SlotResult }) {
  const status = useLab((state) => state.slots[slot]);
  const map = result.run.classActivation;
  if (!map) return null;
  const { name, probability } = classAt(status, result, map.classIndex);
  const { value, place } = peakOf(map);
  const strongest = place === null ? 'nothing speaks for it' : `strongest ${place}, ${value.toPrecision(3)}`;
  return (
    <Group gap={6} wrap="nowrap" align="start">
      <Badge size="sm" circle color={`var(--lens-${slot})`} autoContrast style={{ flexShrink: 0 }}>
        {slot.toUpperCase()}
      </Badge>
      <Text size="xs" style={{ overflowWrap: 'anywhere', lineHeight: 1.35 }}>
        evidence for {name}
        <br />
        <span className="tabular">
          {formatShare(probability)}; {strongest}
        </span>
      </Text>
    </Group>
  );
}

function Shown({ blob, name, id, linked, onLink }: LinkProps & { blob: Blob; name: string; id: number }) {
  const url = useBlobUrl(blob);
  const slots = useLab((state) => state.slots);
  const shown = SLOTS.flatMap((slot) => {
    const result = slots[slot].result;
    return result && result.pictureId === id ? [{ slot, result }] : [];
  });
  const mapped = shown.filter(({ result }) => result.run.classActivation);
  const frames = mapped.length ? mapped : shown.slice(0, 1);
  const place = useRef<HTMLDivElement>(null);
  const chosen = mapped.map(({ slot, result }) => `${slot}${result.run.classActivation?.classIndex}`).join(' ');
  // On a narrow screen the picture is not beside the classes but far above them.
  useEffect(() => {
    if (chosen !== '') place.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const canMap = shown.some(({ result }) => result.ranked.length > 0);
  return (
    <Stack gap={6}>
      <div ref={place} className={classes.frames} data-pair={frames.length > 1}>
        {(frames.length ? frames : [null]).map((entry) => (
          <Stack key={entry?.slot ?? 'none'} gap={4} align="center">
            <div className={classes.frame}>
              <Preview key={id} blob={blob} url={url} name={name} maxHeight={frames.length > 1 ? 260 : 320} />
              {entry?.result.run.classActivation && (
                <div className={classes.map} style={cropStyle(entry.result.run)}>
                  <ClassMap map={entry.result.run.classActivation} />
                </div>
              )}
              {entry && <div className={classes.crop} style={cropStyle(entry.result.run)} />}
            </div>
            {entry && <MapCaption {...entry} />}
          </Stack>
        ))}
      </div>
      {mapped.length > 0 && (
        <Text size="xs" ta="center">
          Lighter: more evidence, up to each map’s own strongest. A map’s mean, plus a bias, is the class’s logit.
        </Text>
      )}
      {canMap && onLink && (
        <Checkbox
          size="xs"
          mx="auto"
          label="Show a class for A and B alike"
          checked={linked}
          onChange={(event) => onLink(event.currentTarget.checked)}
        />
      )}
      <Text size="xs" c="dimmed" ta="center" style={{ overflowWrap: 'anywhere' }}>
        {name}
        {shown.length > 0 && '; the dashed square is what the networks saw'}
        {canMap && mapped.length === 0 && '. Choose one of the classes to see where it was seen'}
      </Text>
    </Stack>
  );
}
