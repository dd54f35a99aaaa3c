/** The picture as it was given, with the square that the networks saw and a class's activation map over it. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { RunResult } from '../../inference/protocol';
import { SLOTS } from '../../state/labState';
import { useLab } from '../useLab';
import classes from './classify.module.css';
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

export function PictureView() {
  const picture = useLab((state) => state.picture);
  return picture ? <Shown blob={picture.blob} name={picture.name} id={picture.id} /> : null;
}

function Shown({ blob, name, id }: { readonly blob: Blob; readonly name: string; readonly id: number }) {
  const url = useBlobUrl(blob);
  const slots = useLab((state) => state.slots);
  const shown = SLOTS.flatMap((slot) => {
    const result = slots[slot].result;
    return result && result.pictureId === id ? [{ slot, result }] : [];
  });
  const mapped = shown.filter(({ result }) => result.run.classActivation);
  const frames = mapped.length ? mapped : shown.slice(0, 1);
  return (
    <Stack gap={6}>
      <Group gap="sm" justify="center" align="start">
        {(frames.length ? frames : [null]).map((entry) => (
          <Stack key={entry?.slot ?? 'none'} gap={4} align="center">
            <div className={classes.frame}>
              <Preview key={id} blob={blob} url={url} name={name} maxHeight={frames.length > 1 ? 200 : 320} />
              {entry?.result.run.classActivation && (
                <div className={classes.map} style={cropStyle(entry.result.run)}>
                  <ClassMap map={entry.result.run.classActivation} />
                </div>
              )}
              {entry && <div className={classes.crop} style={cropStyle(entry.result.run)} />}
            </div>
            {entry?.result.run.classActivation && (
              <Group gap={4}>
                <Badge size="sm" circle color={`var(--lens-${entry.slot})`} autoContrast>
                  {entry.slot.toUpperCase()}
                </Badge>
                <Text size="xs">
                  evidence for{' '}
                  {entry.result.ranked.find((one) => one.index === entry.result.run.classActivation?.classIndex)?.name}
                </Text>
              </Group>
            )}
          </Stack>
        ))}
      </Group>
      <Text size="xs" c="dimmed" ta="center" style={{ overflowWrap: 'anywhere' }}>
        {name}
        {shown.length > 0 && '; the dashed square is what the networks saw'}
      </Text>
    </Stack>
  );
}
