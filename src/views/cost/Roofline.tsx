/**
 * Arithmetic intensity: every layer of A and B on a log-log plot, what a device of given peaks could do with it, and
 * after a timed run what this device did. No device's peaks are assumed: they are the person's to give.
 */
import { Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { CONVENTION_TEXTS, layerUnit } from '../../analysis/conventions';
import { layerIntensities, ridge } from '../../analysis/roofline';
import type { Roof } from '../../analysis/roofline';
import { networkCaption } from '../../exports/caption';
import { usePageHere } from '../nearScreen';
import { analysisOf } from '../useAnalysis';
import { useCounting } from '../useCounting';
import { MeasuredTimes } from './MeasuredTimes';
import { RooflineKinds } from './RooflineKinds';
import { RooflineLayers } from './RooflineLayers';
import { RooflineStages } from './RooflineStages';
import { useTimedRuns } from './useTimedRuns';

/** Reads a positive number as it was typed; null for none, NaN for what is none. */
function positive(text: string): number | null {
  if (text.trim() === '') return null;
  const value = Number(text);
  return value > 0 && Number.isFinite(value) ? value : Number.NaN;
}

export function Roofline() {
  const a = usePageHere((page) => page.state.a);
  const b = usePageHere((page) => page.state.b);
  const { convention } = useCounting();
  const [peak, setPeak] = useState('');
  const [bandwidth, setBandwidth] = useState('');
  const runs = useTimedRuns(convention);
  const networks = useMemo(
    () =>
      [{ slot: 'a' as const, spec: a }, ...(b ? [{ slot: 'b' as const, spec: b }] : [])].map(({ slot, spec }) => {
        const { analysis } = analysisOf(spec);
        return { slot, spec, name: analysis.network, layers: layerIntensities(analysis, convention) };
      }),
    [a, b, convention],
  );
  const gflops = positive(peak);
  const gbytes = positive(bandwidth);
  // A device's peak counts 2 per multiply-accumulate, whatever the page counts.
  const unitsPerFlop = convention === 'flops' ? 1 : 0.5;
  const usable = (value: number | null) => (value === null || Number.isNaN(value) ? null : value);
  const given: Roof = {
    compute: usable(gflops) === null ? null : (usable(gflops) ?? 0) * 1e9 * unitsPerFlop,
    bandwidth: usable(gbytes) === null ? null : (usable(gbytes) ?? 0) * 1e9,
  };
  const unit = CONVENTION_TEXTS[convention].short;
  // Layers of the plot have no normalisation in them; stages have.
  const perLayer = layerUnit(convention);
  const caption = networks.map(({ slot, spec }) => `${slot.toUpperCase()}: ${networkCaption(spec)}`).join('; ');
  const names = networks.map(({ name }) => name);
  return (
    <Paper withBorder p="sm">
      <Stack gap="sm">
        <div>
          <Text size="sm" fw={600}>
            Arithmetic intensity, and what a device makes of it
          </Text>
          <Text size="xs" c="dimmed">
            Intensity is compute per byte: {perLayer} ÷ (4 bytes × (inputs + outputs + weights)) of a layer, float32,
            one picture. MoC is compute ÷ CIO alone. A layer of low intensity waits for memory, one of high intensity
            for arithmetic; where the border lies is the device’s ratio of peak compute to bandwidth. Normalisations are
            no layers of this plot.
          </Text>
        </div>
        <Group gap="sm" align="start">
          <TextInput
            size="xs"
            w={180}
            label="Device’s peak, GFLOP/s"
            description="2 per multiply-accumulate"
            inputMode="decimal"
            placeholder="not known"
            value={peak}
            error={Number.isNaN(gflops) ? 'A number above 0' : undefined}
            onChange={(event) => setPeak(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            w={180}
            label="Its bandwidth, GB/s"
            description="10⁹ bytes per second"
            inputMode="decimal"
            placeholder="not known"
            value={bandwidth}
            error={Number.isNaN(gbytes) ? 'A number above 0' : undefined}
            onChange={(event) => setBandwidth(event.currentTarget.value)}
          />
        </Group>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <Stack gap={4}>
            <RooflineLayers networks={networks} unit={perLayer} caption={caption} ridge={ridge(given)} />
            <RooflineKinds networks={networks} unit={perLayer} />
          </Stack>
          <RooflineStages runs={runs} given={given} unit={unit} caption={caption} names={names} />
        </SimpleGrid>
        <MeasuredTimes runs={runs} unit={unit} />
      </Stack>
    </Paper>
  );
}
