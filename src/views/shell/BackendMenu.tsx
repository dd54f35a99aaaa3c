/** The backend in use with its adapter, why better ones are not used, and the choice of another. */
import { Button, Menu, Text } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { BACKENDS } from '../../inference/protocol';
import type { Backend, BackendReport } from '../../inference/protocol';
import { useLab, useLabActions } from '../useLab';

const NAMES: Record<Backend, string> = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript' };

function Report({ report }: { readonly report: BackendReport }) {
  return (
    <>
      <Text size="xs" px="sm" py={4}>
        {NAMES[report.backend]} on {report.adapter}
        {report.software ? ', a software adapter' : ''}
        {report.forced ? '; chosen by you' : ''}
      </Text>
      {report.rejected.map(({ backend, reason }) => (
        <Text key={backend} size="xs" c="dimmed" px="sm" py={2}>
          {NAMES[backend]} is not used: {reason}
        </Text>
      ))}
    </>
  );
}

export function BackendMenu() {
  const lab = useLabActions();
  const { backend: report, backendError } = useLab((state) => state.engine);
  return (
    <Menu position="bottom-end" width={320} withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCpu size={14} />}
          data-testid="backend"
          data-backend={report?.backend ?? ''}
          aria-label={report ? `Backend: ${NAMES[report.backend]}` : 'Backend: starting'}
        >
          {report ? NAMES[report.backend] : backendError ? 'No backend' : '…'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Where networks run</Menu.Label>
        {report ? (
          <Report report={report} />
        ) : (
          <Text size="xs" px="sm">
            Looking for the best backend
          </Text>
        )}
        <Menu.Divider />
        <Menu.Label>Run on</Menu.Label>
        {BACKENDS.map((backend) => (
          <Menu.Item key={backend} disabled={backend === report?.backend} onClick={() => void lab.setBackend(backend)}>
            {NAMES[backend]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
