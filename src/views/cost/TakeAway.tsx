/** The costs of the compared networks as files; what writes them is fetched when one is asked for. */
import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Analysis } from '../../analysis/cost';
import type { Counting } from '../../analysis/metrics';
import { fileName } from '../../exports/fileName';
import { download } from '../download';
import type { Compared } from '../useAnalysis';
import { useCounting } from '../useCounting';

type Write = (analyses: readonly Analysis[], counting: Counting) => string;

interface Format {
  readonly name: string;
  readonly extension: string;
  readonly type: string;
  readonly writer: () => Promise<Write>;
}

const data = () => import('../../exports/cost');
const tables = () => import('../../exports/costTables');

const FORMATS: readonly Format[] = [
  { name: 'CSV', extension: 'csv', type: 'text/csv', writer: async () => (await data()).costCsv },
  { name: 'JSON', extension: 'json', type: 'application/json', writer: async () => (await data()).costJson },
  { name: 'Markdown', extension: 'md', type: 'text/markdown', writer: async () => (await tables()).costMarkdown },
  { name: 'LaTeX', extension: 'tex', type: 'application/x-tex', writer: async () => (await tables()).costLatex },
];

export function TakeAway({ networks }: { readonly networks: readonly Compared[] }) {
  const counting = useCounting();
  const [failure, setFailure] = useState('');
  const names = networks.filter((one) => one.comparison).map((one) => one.analysis.network);
  const save = async ({ extension, type, writer }: Format) => {
    const write = await writer();
    const content = write(
      networks.map((one) => one.analysis),
      counting,
    );
    download(fileName(`cost ${names.join(' ')}`, extension), type, content);
  };
  const ask = (format: Format) => {
    setFailure('');
    save(format).catch((error: unknown) =>
      setFailure(`The ${format.name} could not be made: ${error instanceof Error ? error.message : String(error)}`),
    );
  };
  return (
    <div>
      <Group gap={6}>
        <Text size="xs" c="dimmed">
          Take away
        </Text>
        {FORMATS.map((format) => (
          <Button
            key={format.extension}
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} />}
            data-testid={`cost-${format.extension}`}
            onClick={() => ask(format)}
          >
            {format.name}
          </Button>
        ))}
      </Group>
      {failure !== '' && (
        <Text size="xs" c="red" role="alert">
          {failure}
        </Text>
      )}
    </div>
  );
}
