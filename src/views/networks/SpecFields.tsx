/** Inputs for single fields of a spec: they keep what was typed, and say what is allowed when it cannot be built. */
import { SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { makeSpec, SpecError } from '../../network/spec';
import type { NetworkSpec } from '../../network/spec';
import { readBlocks } from '../../state/knobs';

interface FieldProps {
  readonly spec: NetworkSpec;
  /** `drag` while typing, so that a typed number is one step of history; `push` when the field is left. */
  readonly onChange: (spec: NetworkSpec, how?: 'push' | 'drag') => void;
}

/** A spec with one field changed, or the reason why there is none. */
function attempt(spec: NetworkSpec, fields: Partial<NetworkSpec>): NetworkSpec | string {
  try {
    return makeSpec({ ...spec, ...fields });
  } catch (error) {
    if (error instanceof SpecError) return `Allowed: ${error.allowed}`;
    throw error;
  }
}

/** What was typed, as long as the spec still has the value that it had then. */
function useDraft<T>(value: T): readonly [shown: T, keep: (typed: T, value: T) => void] {
  const [draft, setDraft] = useState<{ typed: T; value: T } | null>(null);
  return [draft && draft.value === value ? draft.typed : value, (typed, of) => setDraft({ typed, value: of })];
}

type NumberField = 'size' | 'classes' | 'growth' | 'stem' | 'bottleneck' | 'theta';

function SpecNumber(
  props: FieldProps & { readonly field: NumberField; readonly label: string; readonly step?: number },
) {
  const { spec, field, onChange } = props;
  const [typed, keep] = useDraft(String(spec[field]));
  const build = (text: string) => attempt(spec, { [field]: text.trim() === '' ? Number.NaN : Number(text) });
  const result = build(typed);
  return (
    <TextInput
      size="xs"
      type="number"
      label={props.label}
      value={typed}
      step={props.step ?? 1}
      error={typeof result === 'string' ? result : undefined}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const changed = build(next);
        keep(next, String((typeof changed === 'string' ? spec : changed)[field]));
        if (typeof changed !== 'string') onChange(changed, 'drag');
      }}
      onBlur={() => onChange(spec, 'push')}
      onKeyDown={(event) => event.key === 'Enter' && onChange(spec, 'push')}
    />
  );
}

/** Layers per stage as text such as 6-12-24-16. */
function SpecBlocks({ spec, onChange }: FieldProps) {
  const text = spec.blocks.join('-');
  const [typed, keep] = useDraft(text);
  const result = attempt(spec, { blocks: readBlocks(typed) });
  return (
    <TextInput
      size="xs"
      label="Layers per stage"
      value={typed}
      error={typeof result === 'string' ? result : undefined}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const changed = attempt(spec, { blocks: readBlocks(next) });
        keep(next, typeof changed === 'string' ? text : changed.blocks.join('-'));
        if (typeof changed !== 'string') onChange(changed, 'drag');
      }}
      onBlur={() => onChange(spec, 'push')}
      onKeyDown={(event) => event.key === 'Enter' && onChange(spec, 'push')}
    />
  );
}

/** Every field of a spec that has no other knob, and the growth rate beyond its slider. */
export function SpecFields({ spec, onChange }: FieldProps) {
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, lg: 4 }} spacing="xs" pt="xs">
      <SpecNumber spec={spec} field="size" label="Input, px" onChange={onChange} />
      <SpecNumber spec={spec} field="classes" label="Classes" onChange={onChange} />
      <SpecNumber spec={spec} field="growth" label="Growth rate k" onChange={onChange} />
      <SpecBlocks spec={spec} onChange={onChange} />
      <SpecNumber spec={spec} field="stem" label="Stem channels" onChange={onChange} />
      <SpecNumber spec={spec} field="bottleneck" label="Bottleneck, × k" onChange={onChange} />
      <SpecNumber spec={spec} field="theta" label="Compression θ" step={0.05} onChange={onChange} />
    </SimpleGrid>
  );
}
