/**
 * The strip of all layers, after the paper's figures 7 and 8: compute of each layer with the bottleneck marked, and
 * what it reads and writes, A above B. A range of layers can be chosen in it, by pointer or by two sliders; the flow and
 * the table follow. Where things stand is analysis/stripLayout.ts, which layers meet analysis/layerStrip.ts.
 */
import { Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { memo, useMemo, useState } from 'react';
import type { Axis } from '../../analysis/barScale';
import { countsNorm, layerUnit } from '../../analysis/conventions';
import { formatCount } from '../../analysis/format';
import { alignLayers, brushedLayers, stripLayers } from '../../analysis/layerStrip';
import { formatMetric, metricOf } from '../../analysis/metrics';
import { layoutStrip } from '../../analysis/stripLayout';
import { ROLE_NAMES, roleColour, ROLES } from '../../diagram/roles';
import { usePage } from '../../state/page';
import { ChartFigure } from '../chart/ChartFigure';
import type { Compared } from '../useAnalysis';
import { useCounting } from '../useCounting';
import { Choice } from './Choice';
import { captionOf, namesOf } from './compared';
import { useHighlight } from './highlight';
import classes from './strip.module.css';
import { StripFigure } from './StripFigure';
import { chosenText, layersText } from './stripText';

const AXES = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Logarithmic' },
] as const satisfies readonly { value: Axis; label: string }[];

/** Width to lay out for before the place has been measured, px. */
const UNMEASURED = 900;

export const LayerStrip = memo(function LayerStrip({ networks }: { readonly networks: readonly Compared[] }) {
  const counting = useCounting();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [axis, setAxis] = useState<Axis>('linear');
  const [withPlain, setWithPlain] = useState(false);
  const shown = useMemo(() => networks.filter((one) => one.comparison !== null || withPlain), [networks, withPlain]);
  const layers = useMemo(() => shown.map((one) => stripLayers(one.analysis)), [shown]);
  const strip = useMemo(() => alignLayers(layers), [layers]);
  const layout = useMemo(
    () => layoutStrip(strip, layers, { convention: counting.convention, axis, width: width || UNMEASURED }),
    [strip, layers, counting.convention, axis, width],
  );
  const short = layerUnit(counting.convention);
  const legend = useMemo(
    () => rolesOf(layers).map((role) => ({ name: ROLE_NAMES[role], colour: roleColour(role) })),
    [layers],
  );
  const bottlenecks = layout.rows.map((row, index) => {
    const [first] = row.bottlenecks;
    const value = first ? formatMetric('compute', metricOf(first.layer, 'compute', counting)) : '–';
    return `${shown[index]?.label ?? ''}: ${layers[index]?.length ?? 0} layers, most in ${first?.layer.id ?? 'none'}, ${value} ${short}`;
  });
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <ChartFigure
          title="All layers in their order"
          unit={`${short} of each; below, elements it reads (upwards, pale) and writes (downwards)`}
          caption={captionOf(shown, counting)}
          networks={namesOf(shown)}
          legend={legend}
        >
          <div ref={ref}>
            <StripFigure
              {...{ shown, layers, strip, layout, counting }}
              label={`All layers in their order: ${short}, and elements read and written. ${bottlenecks.join('. ')}`}
            />
          </div>
        </ChartFigure>
        <Group justify="space-between" gap="sm">
          <RoleKey layers={layers} />
          <Group gap="md">
            <Choice name="Axis of compute" beside value={axis} onChange={setAxis} options={AXES} />
            <Checkbox
              size="xs"
              label="DenseNet below them"
              checked={withPlain}
              onChange={(event) => setWithPlain(event.currentTarget.checked)}
            />
          </Group>
        </Group>
        <PointedLayer {...{ shown, layers, counting }} most={bottlenecks.join('; ')} />
        <Chosen {...{ shown, layers, strip, counting }} />
        {countsNorm(counting.convention) && (
          <Text size="xs" c="dimmed">
            The strip has convolutions and the linear layer. Batch normalisations, which this convention counts, add{' '}
            {shown
              .map((one) => {
                const total = metricOf(one.analysis.totals, 'compute', counting) ?? 0;
                return `${formatCount(total - one.analysis.totals.macs)} in ${one.label}`;
              })
              .join(', ')}
            .
          </Text>
        )}
      </Stack>
    </Paper>
  );
});

type Shown = Pick<Parameters<typeof StripFigure>[0], 'shown' | 'layers' | 'counting'>;

/** The roles that layers have, in the order of the legend. */
function rolesOf(layers: Shown['layers']) {
  const used = new Set(layers.flatMap((own) => own.map((layer) => layer.role)));
  return ROLES.filter((role) => used.has(role));
}

/** The colours of the roles; pointing at one lights its layers everywhere. */
function RoleKey({ layers }: Pick<Shown, 'layers'>) {
  const point = usePage((page) => page.point);
  const highlight = useHighlight();
  return (
    <ul className={classes.key} aria-label="Colours of the layers">
      {rolesOf(layers).map((role) => (
        <li key={role}>
          <button
            type="button"
            data-lit={highlight === role}
            onPointerEnter={() => point(role)}
            onPointerLeave={() => point(null)}
            onFocus={() => point(role)}
            onBlur={() => point(null)}
          >
            <span style={{ background: roleColour(role) }} aria-hidden />
            {ROLE_NAMES[role]}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The numbers of the layer that is pointed at. */
function PointedLayer({ shown, layers, counting, most }: Shown & { readonly most: string }) {
  const highlight = useHighlight();
  const known = highlight !== null && layers.some((own) => own.some((layer) => layer.id === highlight));
  return (
    <Text size="xs" className={classes.numbers} aria-hidden>
      {known
        ? layersText(shown, layers, highlight, counting)
        : `${most}. Point at a layer to read its numbers; drag over layers, or move the two handles, to choose some.`}
    </Text>
  );
}

/** What the chosen layers add up to. */
function Chosen({ shown, layers, strip, counting }: Shown & Pick<Parameters<typeof StripFigure>[0], 'strip'>) {
  const brush = usePage((page) => page.state.brush);
  const change = usePage((page) => page.change);
  const chosen = layers.map((own) => brushedLayers(strip, layers[0] ?? [], own, brush));
  if (chosen.every((own) => own.length === 0)) return null;
  return (
    <Group gap="xs" justify="space-between" data-testid="strip-chosen">
      <div>
        {shown.map((one, index) => (
          <Text key={one.key} size="xs" className="tabular">
            <b style={{ color: one.comparison ? one.colour : undefined }}>{one.label}</b>{' '}
            {chosenText(one, chosen[index] ?? [], counting)}
          </Text>
        ))}
      </div>
      <Button size="compact-xs" variant="default" onClick={() => change({ brush: null })}>
        Clear the choice
      </Button>
    </Group>
  );
}
