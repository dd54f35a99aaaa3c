/** Classify: a picture in, two answers out. */
import { Alert, Group, SimpleGrid, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { usePageHere } from '../nearScreen';
import { useLab, useLabActions } from '../useLab';
import classes from './classify.module.css';
import { PictureInput } from './PictureInput';
import { PictureView } from './PictureView';
import { ResultPanel } from './ResultPanel';
import { SAMPLES } from './samples';
import { lazyPart } from '../lazyPart';

const FolderTable = lazyPart(async () => (await import('./FolderTable')).FolderTable);

function Samples() {
  const lab = useLabActions();
  const latest = useRef(0);
  const open = async (file: string, name: string) => {
    const turn = ++latest.current;
    const { picture } = lab.store.getState();
    // A sample that arrives late does not take the place of what was given after it.
    const overtaken = () => turn !== latest.current || picture !== lab.store.getState().picture;
    try {
      const response = await fetch(file);
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      const blob = await response.blob();
      if (!overtaken()) await lab.classify(blob, name);
    } catch (error) {
      lab.notice(`The sample ${name} could not be fetched: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <Stack gap={4} align="center">
      <Text size="xs" c="dimmed">
        Or one of our own renderings, which are no photos, so treat the answers as a first try
      </Text>
      <Group gap="xs" justify="center">
        {SAMPLES.map(({ file, name }) => (
          <Tooltip key={file} label={name}>
            <UnstyledButton onClick={() => void open(file, name)} aria-label={`Classify the sample ${name}`}>
              <img className={classes.sample} src={file} alt="" loading="lazy" />
            </UnstyledButton>
          </Tooltip>
        ))}
      </Group>
    </Stack>
  );
}

export function ClassifySection() {
  const hasB = usePageHere((page) => page.state.b !== null);
  const problem = useLab((state) => state.pictureProblem);
  const hasPicture = useLab((state) => state.picture !== null);
  const hasFolder = useLab((state) => state.folder !== null);
  const [linked, setLinked] = useState(true);
  return (
    <Stack gap="md">
      <div className={classes.columns}>
        <div>
          <Stack gap="sm">
            <PictureInput />
            {problem && (
              <Alert
                color="red"
                p="xs"
                icon={<IconAlertTriangle size={16} />}
                title={problem.message}
                data-testid="error"
                role="alert"
              >
                <Text size="xs">
                  {hasPicture ? 'The last result stays. ' : ''}Try another file, or save this one again as JPEG or PNG.
                </Text>
              </Alert>
            )}
            <PictureView linked={linked} onLink={hasB ? setLinked : undefined} />
            <Samples />
          </Stack>
        </div>
        <div>
          <SimpleGrid cols={{ base: 1, xs: hasB ? 2 : 1 }} spacing="md">
            <ResultPanel slot="a" linked={linked && hasB} />
            {hasB && <ResultPanel slot="b" linked={linked} />}
          </SimpleGrid>
        </div>
      </div>
      {hasFolder && <FolderTable />}
    </Stack>
  );
}
