/**
 * How compute, CIO and parameters move with γ: a small chart each, a line for each fusion, and A and B where they stand.
 * The lines are totals of real networks (analysis/gamma.ts), which do not change while γ itself moves: then the marks
 * alone are drawn again (GammaMarks.tsx).
 */
import { Group, Paper, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { familyOf } from '../../analysis/gamma';
import type { Metric } from '../../analysis/metrics';
import type { Slot } from '../../inference/protocol';
import { plainOf } from '../../network/spec';
import type { Fusion, NetworkSpec } from '../../network/spec';
import { formatNetwork, parseNetwork } from '../../network/text';
import { LiveGamma } from '../networks/LiveGamma';
import { usePageHere } from '../nearScreen';
import { GammaPlot } from './GammaPlot';
import { useGammaCurves } from './useGammaCurves';

const SHOWN = ['compute', 'cio', 'params'] as const satisfies readonly Metric[];

/** A network with γ at its default: what stays the same while γ moves. */
const still = (spec: NetworkSpec) => formatNetwork(spec.fusion === 'plain' ? spec : { ...spec, gamma: 0.5 });

export function GammaChart() {
  const a = usePageHere((page) => still(page.state.a));
  const b = usePageHere((page) => page.state.b && still(page.state.b));
  return <Curves a={a} b={b} />;
}

/** @param a, b text forms, with γ at its default */
const Curves = memo(function Curves({ a, b }: { readonly a: string; readonly b: string | null }) {
  const [specA, specB] = useMemo(() => [parseNetwork(a), b === null ? null : parseNetwork(b)] as const, [a, b]);
  const [wanted, setWanted] = useState<Slot>('a');
  const sameFamily = specB === null || familyOf(specB) === familyOf(specA);
  const slot = sameFamily ? 'a' : wanted;
  const spec = (slot === 'b' ? specB : specA) ?? specA;
  const { shown, stale } = useGammaCurves(spec);
  const of = `${formatNetwork(plainOf(spec))}${spec.definition === 'listing' ? ', definition listing' : ''}`;
  const { size } = spec;
  const definition = spec.definition === 'listing' ? 'the article’s listing defines' : 'the CSPNet paper defines';
  const caption = `γ from 0 to 0.875, widths of ${formatNetwork(plainOf(spec))}, input ${size} × ${size}, fusions as ${definition} them`;
  const names = useMemo(() => ['gamma', formatNetwork(plainOf(spec))], [spec]);
  const hasA = sameFamily || slot === 'a';
  const hasB = specB !== null && (sameFamily || slot === 'b');
  const owners = useMemo(() => {
    const found = new Map<Fusion, Slot>();
    if (hasB && specB) found.set(specB.fusion, 'b');
    if (hasA) found.set(specA.fusion, 'a');
    return found;
  }, [hasA, hasB, specA, specB]);
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between" align="start" gap="xs">
          <div>
            <Text size="sm" fw={600}>
              What γ does
            </Text>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              Whole networks with the widths of {of}, computed for γ from 0 to 0.875; the more bypasses, the less is
              computed. Small steps are whole channels.
            </Text>
          </div>
          {!sameFamily && (
            <SegmentedControl
              size="xs"
              aria-label="Network whose widths the curves have"
              value={slot}
              onChange={setWanted}
              data={[
                { value: 'a', label: 'Widths of A' },
                { value: 'b', label: 'of B' },
              ]}
            />
          )}
        </Group>
        <LiveGamma place="beside its curves" />
        {shown ? (
          <SimpleGrid
            cols={{ base: 1, sm: 3 }}
            spacing="md"
            data-testid="gamma-curves"
            data-done={shown.done && !stale}
          >
            {SHOWN.map((metric) => (
              <GammaPlot
                key={metric}
                metric={metric}
                caption={caption}
                names={names}
                curves={shown.curves}
                stale={stale}
                owners={owners}
                hasA={hasA}
                hasB={hasB}
              />
            ))}
          </SimpleGrid>
        ) : (
          <div style={{ minHeight: 220 }} role="status">
            <Text size="xs" c="dimmed">
              Computing the curves of {of}
            </Text>
          </div>
        )}
      </Stack>
    </Paper>
  );
});
