/** A chart in its frame: title, unit, and SVG and PNG to take away. */
import { Group, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { LegendEntry } from '../../exports/legend';
import { SaveMenu } from './SaveMenu';

interface Props {
  readonly title: string;
  /** Unit and convention, and what else belongs beside the title. */
  readonly unit: string;
  /** Networks and conventions: written under the exported picture. */
  readonly caption: string;
  /** Text forms of the networks that it shows: its file is named after them. */
  readonly networks?: readonly string[];
  /** The colours that are explained beside the chart; they stand under the exported picture. CSS colours. */
  readonly legend?: readonly LegendEntry[];
  /** One svg element, with its own `role="img"` and `aria-label`. */
  readonly children: ReactNode;
}

const FORMATS = ['svg', 'png'] as const;
const CHOICES = ['SVG', 'PNG, 2×'] as const;

/** No networks, no colours. */
const NONE: readonly never[] = [];

/**
 * Wraps one chart. Everything drawn in it must be inside one svg element; what serves only to move something in it, such
 * as a handle, has `data-unsaved` and is in no file.
 */
export function ChartFigure({ title, unit, caption, networks = NONE, legend = NONE, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState('');
  const words = useRef({ title, caption, networks, legend });
  useEffect(() => {
    words.current = { title: `${title}, ${unit}`, caption, networks, legend };
  }, [title, unit, caption, networks, legend]);
  // The same function always, so that the menu is not drawn again with every change of the chart.
  const save = useCallback(async (choice: number) => {
    const svg = frame.current?.querySelector('svg');
    const format = FORMATS[choice];
    if (!svg || !format) return;
    setFailure('');
    try {
      const { saveChart } = await import('./saveChart');
      await saveChart(svg, { ...words.current, format });
    } catch (error) {
      setFailure(`The chart could not be saved: ${error instanceof Error ? error.message : String(error)}`);
    }
  }, []);
  const onSave = useCallback((choice: number) => void save(choice), [save]);
  return (
    <figure style={{ margin: 0, minWidth: 0 }}>
      <Group justify="space-between" wrap="nowrap" gap="xs" align="start">
        <Text size="xs" fw={600} component="figcaption">
          {title}{' '}
          <Text span size="xs" c="dimmed" fw={400}>
            {unit}
          </Text>
        </Text>
        <SaveMenu what={`the chart ${title}`} choices={CHOICES} onSave={onSave} />
      </Group>
      {failure !== '' && (
        <Text size="xs" c="red" role="alert">
          {failure}
        </Text>
      )}
      <div ref={frame}>{children}</div>
    </figure>
  );
}
