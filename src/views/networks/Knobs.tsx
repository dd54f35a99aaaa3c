/**
 * The knobs of a network, one component each, and each told no more than what it shows: while γ moves, the others are
 * not drawn again. What a knob does to the rest of the spec is state/knobs.ts.
 */
import { Alert, Group, SegmentedControl, Switch, Text } from '@mantine/core';
import { memo, useCallback, useRef } from 'react';
import type { Slot } from '../../inference/protocol';
import { makeSpec, RANGES } from '../../network/spec';
import type { Definition, Fusion, NetworkSpec } from '../../network/spec';
import { chooseDefinition, chooseDepth, chooseFusion, DEPTH_STOPS, GROWTH_SLIDER } from '../../state/knobs';
import { Why } from '../explain/Why';
import classes from './knobs.module.css';
import { RangeKnob } from './RangeKnob';

type How = 'push' | 'drag';
/** Changes a slot's network: `drag` while a slider moves, so that a whole drag is one step of history. */
export type Turn = (knob: (spec: NetworkSpec) => NetworkSpec, how?: How) => void;

interface Common {
  readonly slot: Slot;
  readonly turn: Turn;
}

const stopName = (index: number) => {
  const stop = DEPTH_STOPS[index] ?? 121;
  return stop === 'small' ? 'small, trained here' : `DenseNet-${stop}`;
};
const DEPTH_MARKS = DEPTH_STOPS.map((stop, value) => ({ value, label: String(stop) }));

interface DepthProps extends Common {
  readonly index: number;
  /** Layers per stage where they are no stop's; else empty. */
  readonly custom: string;
}

export const DepthKnob = memo(function DepthKnob({ slot, index, custom, turn }: DepthProps) {
  /** The network when the drag began: passing a stop on the way leaves no trace. */
  const from = useRef<NetworkSpec | null>(null);
  const onMove = useCallback(
    (place: number, how: How) => {
      const stop = DEPTH_STOPS[place];
      if (stop === undefined) return;
      turn((spec) => {
        from.current ??= spec;
        return chooseDepth(from.current, stop);
      }, how);
      if (how === 'push') from.current = null;
    },
    [turn],
  );
  const shown = custom === '' ? stopName(index) : `custom, ${custom}`;
  return (
    <RangeKnob
      label="Depth"
      shown={shown}
      name={`Depth of network ${slot.toUpperCase()}`}
      valueText={shown}
      value={index}
      min={0}
      max={DEPTH_STOPS.length - 1}
      step={1}
      marks={DEPTH_MARKS}
      onMove={onMove}
    />
  );
});

const FUSIONS = [
  { value: 'plain', label: 'Plain' },
  { value: 'standard', label: 'Standard' },
  { value: 'first', label: 'First' },
  { value: 'last', label: 'Last' },
] satisfies { value: Fusion; label: string }[];

export const FusionKnob = memo(function FusionKnob({ slot, fusion, turn }: Common & { readonly fusion: Fusion }) {
  return (
    <div>
      <div className={classes.head}>
        <div className={classes.name} id={`fusion-${slot}`}>
          Fusion
        </div>
        <Why topic="fusions" />
      </div>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby={`fusion-${slot}`}
        data={FUSIONS}
        value={fusion}
        onChange={(value) => turn((spec) => chooseFusion(spec, value))}
      />
    </div>
  );
});

const GAMMA_MARKS = [0, 0.25, 0.5, 0.75].map((value) => ({ value, label: String(value) }));

interface GammaProps extends Common {
  readonly gamma: number;
  /** A plain DenseNet has no split. */
  readonly plain: boolean;
}

export const GammaKnob = memo(function GammaKnob({ slot, gamma, plain, turn }: GammaProps) {
  const onMove = useCallback(
    (value: number, how: How) => turn((spec) => makeSpec({ ...spec, gamma: Number(value.toFixed(3)) }), how),
    [turn],
  );
  return (
    <RangeKnob
      label="γ, share that bypasses"
      shown={plain ? 'none' : String(gamma)}
      name={`γ of network ${slot.toUpperCase()}`}
      value={gamma}
      min={RANGES.gamma[0]}
      max={RANGES.gamma[1]}
      step={0.005}
      marks={GAMMA_MARKS}
      disabled={plain}
      aside={<Why topic="gamma" />}
      onMove={onMove}
    />
  );
});

const GROWTH_MARKS = [4, 16, 32, 48, 64].map((value) => ({ value, label: String(value) }));

export const GrowthKnob = memo(function GrowthKnob({ slot, growth, turn }: Common & { readonly growth: number }) {
  const onMove = useCallback(
    (value: number, how: How) => turn((spec) => makeSpec({ ...spec, growth: value }), how),
    [turn],
  );
  return (
    <RangeKnob
      label="Growth rate k"
      shown={String(growth)}
      name={`Growth rate of network ${slot.toUpperCase()}`}
      valueText={`${growth} channels per layer`}
      value={growth}
      min={GROWTH_SLIDER[0]}
      max={GROWTH_SLIDER[1]}
      step={1}
      marks={GROWTH_MARKS}
      onMove={onMove}
    />
  );
});

interface DefinitionProps extends Common {
  readonly definition: Definition;
  readonly plain: boolean;
}

const DEFINITIONS = [
  { value: 'paper', label: 'Paper' },
  { value: 'listing', label: 'Listing' },
] satisfies { value: Definition; label: string }[];

export const DefinitionKnob = memo(function DefinitionKnob({ slot, definition, plain, turn }: DefinitionProps) {
  return (
    <div>
      <div className={classes.head}>
        <div className={classes.name} id={`definition-${slot}`} data-disabled={plain}>
          Definition
        </div>
        <Why topic="definitions" />
      </div>
      <SegmentedControl
        size="xs"
        fullWidth
        disabled={plain}
        aria-labelledby={`definition-${slot}`}
        data={DEFINITIONS}
        value={definition}
        onChange={(value) => turn((spec) => chooseDefinition(spec, value))}
      />
    </div>
  );
});

export const PoolKnob = memo(function PoolKnob({ pool, turn }: { readonly pool: boolean; readonly turn: Turn }) {
  return (
    <Alert variant="light" color="yellow" p="xs">
      <Text size="xs" mb={4}>
        The article’s code for fusion last never pools: every stage works at the first stage’s resolution and costs many
        times as much. Pools have no weights, so its checkpoints fit a pooled network too.
      </Text>
      <Group gap="xs">
        <Switch
          size="xs"
          label="Pool after stages 1 to 3, as in the paper"
          checked={pool}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            turn((spec) => makeSpec({ ...spec, pool: checked }));
          }}
        />
        <Why topic="listing" />
      </Group>
    </Alert>
  );
});
