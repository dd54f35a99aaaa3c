/** Below the drawing in the gradient view: choice of a weight, its arguments, the counts, and what they do not say. */
import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { gradients } from '../../analysis/gradients';
import { usePage } from '../../state/page';
import { Why } from '../explain/Why';
import { usePageHere } from '../nearScreen';
import { comparedNetworks } from '../useAnalysis';
import classes from './gradient.module.css';
import { GradientTable } from './GradientTable';
import { findings } from './gradientWords';
import { Notation } from './Notation';
import { WeightChoice } from './WeightChoice';
import { WeightSets } from './WeightSets';

/** w₁ … of the longest block, w_T and w_U. */
const weightsOf = (layers: number): readonly string[] => [
  ...Array.from({ length: layers }, (_, i) => `w${i + 1}`),
  'wT',
  'wU',
];

function Caveat() {
  return (
    <Text size="xs" className={classes.caveat}>
      <b>This is counting, not a measurement.</b> It counts the arguments that the paper’s equations 2 and 4 list for
      each update. The paper never defines <Notation text="g_i" />, and readers dispute the indices of equation 2; the
      reading here is that a layer’s update uses the slices that its input consists of, one gradient each. Nothing is
      said about how large gradients are or what a network learns. A transition does not stop a gradient, it projects it
      again. In later papers the authors call concatenated gradients “split and not intersected”, and nobody has
      published a measurement.
    </Text>
  );
}

export function GradientPanel() {
  const a = usePageHere((page) => page.state.a);
  const b = usePageHere((page) => page.state.b);
  const stage = usePage((page) => page.state.stage);
  const weight = usePage((page) => page.state.weight);
  const change = usePage((page) => page.change);
  const networks = useMemo(
    () => comparedNetworks(a, b).map((one) => ({ ...one, name: one.label, stages: gradients(one.network) })),
    [a, b],
  );
  const owners = networks.flatMap(({ key, network, stages }) =>
    key === 'a' || key === 'b' ? [{ side: key, network, counts: stage === 'all' ? undefined : stages[stage - 1] }] : [],
  );
  const counted = networks.flatMap(({ name, stages }) => {
    const counts = stage === 'all' ? undefined : stages[stage - 1];
    return counts ? [{ name, counts }] : [];
  });
  const layers = Math.max(
    0,
    ...owners.map(({ counts }) => counts?.updates.filter((u) => /\d/.test(u.weight)).length ?? 0),
  );
  return (
    <Stack gap="sm" data-testid="gradient-panel">
      {stage === 'all' ? (
        <Text size="sm">
          Gradients run from right to left. Choose a stage to see which of them each weight’s update uses.
        </Text>
      ) : (
        <>
          <WeightChoice weights={weightsOf(layers)} chosen={weight} onChoose={(next) => change({ weight: next })} />
          <WeightSets owners={owners} stage={stage} weight={weight} />
          <Text size="xs">
            One colour per gradient. The number beside it says how many updates of the stage use it; hatched, or
            underlined twice, is used by more than one. The cells in each layer and at each transition are the arguments
            of its update.
          </Text>
        </>
      )}
      <GradientTable networks={networks} stage={stage} />
      {counted.length > 0 && (
        <Group gap={4} wrap="nowrap" align="start">
          <Text size="sm" data-testid="gradient-findings">
            <Notation text={findings(counted).join(' ')} />
          </Text>
          <Why topic="truncate" />
        </Group>
      )}
      <Group gap={4} wrap="nowrap" align="start">
        <Caveat />
        <Why topic="counting" />
      </Group>
    </Stack>
  );
}
