/** Parameters, compute and CIO of a network, each with its difference from the plain DenseNet of the same depth. */
import { SimpleGrid, Text, Tooltip } from '@mantine/core';
import type { NetworkSpec } from '../../network/spec';
import { usePage } from '../../state/page';
import type { Difference } from '../../analysis/compare';
import { formatCount, formatRelative } from '../../analysis/format';
import { comparisonOf } from '../useAnalysis';

function Stat(props: { readonly name: string; readonly value: Difference; readonly about: string }) {
  return (
    <Tooltip label={props.about}>
      <div tabIndex={0}>
        <Text size="xs" c="dimmed">
          {props.name}
        </Text>
        <Text fw={650} className="tabular" lh={1.2}>
          {formatCount(props.value.subject)}
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          {formatRelative(props.value.relative)} <span aria-hidden>vs plain</span>
          <span className="visually-hidden">against plain DenseNet</span>
        </Text>
      </div>
    </Tooltip>
  );
}

export function NetworkStats({ spec }: { readonly spec: NetworkSpec }) {
  const convention = usePage((page) => page.state.convention);
  const { totals } = comparisonOf(spec);
  return (
    <SimpleGrid cols={3} spacing="xs" aria-label="Size, each with its difference from plain DenseNet" role="group">
      <Stat name="Parameters" value={totals.params} about="Trainable parameters, batch normalisation included" />
      <Stat
        name={convention === 'macs' ? 'MACs' : 'FLOPs'}
        value={totals[convention]}
        about={`${convention === 'macs' ? 'Multiply-accumulates' : 'FLOPs, 2 per multiply-accumulate,'} of convolutions and the linear layer, one ${spec.size}×${spec.size} picture`}
      />
      <Stat
        name="CIO"
        value={totals.cio}
        about="Convolutional input/output: elements that convolutions read and write, one picture"
      />
    </SimpleGrid>
  );
}
