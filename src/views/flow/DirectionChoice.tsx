/** Which way the drawing is read: features forward, or gradients back. */
import { SegmentedControl } from '@mantine/core';
import { usePage } from '../../state/page';

export function DirectionChoice() {
  const flow = usePage((page) => page.state.flow);
  const change = usePage((page) => page.change);
  return (
    <SegmentedControl
      size="sm"
      aria-label="Which way to read the drawing"
      data={[
        { value: 'forward', label: 'Forward →' },
        { value: 'gradient', label: '← Gradient' },
      ]}
      value={flow}
      onChange={(value) => change({ flow: value === 'gradient' ? 'gradient' : 'forward' })}
    />
  );
}
