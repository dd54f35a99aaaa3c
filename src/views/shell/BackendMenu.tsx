/** The backend in use with its adapter, why better ones are not used, and the choice of another and of its kernels. */
import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { useId } from 'react';
import { BACKENDS } from '../../inference/protocol';
import type { Backend, BackendReport } from '../../inference/protocol';
import { useLab, useLabActions } from '../useLab';
import classes from './shell.module.css';

const NAMES: Record<Backend, string> = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript' };

/** The kernels to choose from on WebGPU. */
const KERNELS = {
  ours: { label: 'this page’s own', executor: 'kernels', precision: 'float32' },
  half: { label: 'this page’s own, in float16', executor: 'kernels', precision: 'float16' },
  stock: { label: 'tfjs’s', executor: 'stock', precision: 'float32' },
} as const;

function KernelSelect({ kernels }: { readonly kernels: NonNullable<BackendReport['kernels']> }) {
  const lab = useLabActions();
  const { executor, precision, float16 } = kernels;
  const half = executor === 'kernels' && precision === 'float16';
  return (
    <>
      <NativeSelect
        size="xs"
        label="Kernels"
        value={executor === 'stock' ? 'stock' : half ? 'half' : 'ours'}
        data={Object.entries(KERNELS).map(([value, { label }]) => ({
          value,
          label,
          disabled: value === 'half' && !float16,
        }))}
        onChange={(event) => {
          const chosen = Object.entries(KERNELS).find(([key]) => key === event.currentTarget.value)?.[1];
          if (chosen) void lab.setKernels({ executor: chosen.executor, precision: chosen.precision });
        }}
      />
      <Text size="xs" c="dimmed">
        {!float16
          ? `This GPU has no float16 (shader-f16)${half ? ', which was asked for: float32 is used' : ''}.`
          : half
            ? 'Half the bytes, sums in float32; only for trained networks, and only where their logits stay within 1 % of those in the card.'
            : 'Float16 halves the bytes and keeps sums in float32.'}
      </Text>
    </>
  );
}

function Report({ report }: { readonly report: BackendReport }) {
  return (
    <>
      <Text size="xs">
        {NAMES[report.backend]} on {report.adapter}
        {report.software ? ', a software adapter' : ''}
        {report.forced ? '; chosen by you' : ''}
      </Text>
      {report.rejected.map(({ backend, reason }) => (
        <Text key={backend} size="xs" c="dimmed">
          {NAMES[backend]} is not used: {reason}
        </Text>
      ))}
    </>
  );
}

export function BackendMenu() {
  const id = useId();
  const lab = useLabActions();
  const { backend: report, backendError } = useLab((state) => state.engine);
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCpu size={14} />}
        popoverTarget={id}
        data-testid="backend"
        data-backend={report?.backend ?? ''}
      >
        <span className="visually-hidden">Backend: </span>
        {report ? NAMES[report.backend] : backendError ? 'None' : '…'}
      </Button>
      <div id={id} popover="auto" role="group" className={classes.popover} aria-label="Backend">
        <Stack gap="xs">
          {report ? (
            <Report report={report} />
          ) : (
            <Text size="xs" c={backendError ? 'red' : 'dimmed'}>
              {backendError ? backendError.message : 'Looking for the best backend'}
            </Text>
          )}
          <NativeSelect
            size="xs"
            label="Run on"
            value={report?.backend ?? ''}
            data={[
              ...(report ? [] : [{ value: '', label: '…' }]),
              ...BACKENDS.map((value) => ({ value, label: NAMES[value] })),
            ]}
            onChange={(event) => {
              const backend = BACKENDS.find((known) => known === event.currentTarget.value);
              if (backend) void lab.setBackend(backend);
            }}
          />
          {report?.kernels && <KernelSelect kernels={report.kernels} />}
        </Stack>
      </div>
    </>
  );
}
