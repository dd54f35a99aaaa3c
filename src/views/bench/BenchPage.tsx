/** The page behind `?bench`: this project's engine against other ways to run the same networks, on this device. */
import { Alert, Anchor, Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { RIVALS } from '../../../bench/rivals/rivals';
import { machineText, notRunText } from '../../../bench/rivals/markdown';
import { BenchChoices } from './BenchChoices';
import { BenchTables } from './BenchTables';
import classes from './bench.module.css';
import { CopyResult } from './CopyResult';
import { useBench } from './useBench';
import { readLink, roundsFault } from './choices';

/** Chosen by the link (`?bench&networks=small&rivals=kernels,tfjs&rounds=15`), then by hand. */
export function BenchPage() {
  const bench = useBench();
  const [link] = useState(() => readLink(new URLSearchParams(location.search)));
  const [choices, setChoices] = useState(link.choices);
  const { state, machine } = bench;
  const partial = bench.report ? notRunText(bench.report) : undefined;
  useEffect(() => {
    document.title = 'Benchmark · CSPNet Lens';
  }, []);
  const running = state.kind === 'running';
  const chosen = choices.networks.length > 0 && choices.rivals.length > 0 && roundsFault(choices.rounds) === undefined;
  const needsGpu = RIVALS.some(({ name, gpu }) => gpu && choices.rivals.includes(name));
  return (
    <main className={classes.page}>
      <Stack gap="md">
        <div>
          <Anchor href="./" size="sm">
            CSPNet Lens
          </Anchor>
          <Title order={1} size="h2">
            Benchmark
          </Title>
          <Text size="sm" c="dimmed" maw={760}>
            Runs the same networks with the same weights on this project’s engine and on what else runs them in a
            browser, each in a worker of its own. Outputs are compared before and while anything is timed; times are
            from a decoded picture to logits, one picture at a time. Nothing leaves this device. Close other tabs first.
          </Text>
        </div>
        {machine && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }} data-testid="bench-machine">
            {machineText(machine)}
          </Text>
        )}
        {machine?.adapter === null && needsGpu && (
          <Alert color="yellow" p="xs" role="status">
            <Text size="sm">There is no WebGPU here: the engines that need it will be listed as not available.</Text>
          </Alert>
        )}
        {machine?.software && needsGpu && (
          <Alert color="yellow" p="xs" role="status">
            <Text size="sm">
              WebGPU is computed in software here: a large network takes up to 15 seconds a run, and minutes to start.
              The small ones are a better choice.
            </Text>
          </Alert>
        )}
        {link.ignored.length > 0 && (
          <Alert color="yellow" p="xs" role="status">
            <Text size="sm" fw={600}>
              Left out of what the link asks for
            </Text>
            {link.ignored.map((text) => (
              <Text key={text} size="sm" style={{ overflowWrap: 'anywhere' }}>
                {text}
              </Text>
            ))}
          </Alert>
        )}
        <BenchChoices choices={choices} onChange={setChoices} disabled={running} />
        <Group>
          {/* One button of one width for both keeps the focus; the second click of a double click does not cancel. */}
          <Button
            miw={192}
            variant={running ? 'default' : 'filled'}
            disabled={!running && !chosen}
            onClick={({ detail }) => {
              if (!running) void bench.run(choices);
              else if (detail < 2) bench.cancel();
            }}
          >
            {running ? 'Cancel' : 'Run the benchmark'}
          </Button>
        </Group>
        {running && (
          <div>
            <Progress value={100 * state.progress.share} aria-label="Progress of the benchmark" />
            <Text size="sm" mt={4} role="status" style={{ overflowWrap: 'anywhere' }}>
              {state.progress.text}
            </Text>
          </div>
        )}
        {state.kind === 'failed' && (
          <Alert color="red" role="alert" title="The benchmark did not finish">
            <Text size="sm">{state.message}</Text>
          </Alert>
        )}
        {state.kind === 'cancelled' && (
          <Alert color="yellow" p="xs" role="status">
            <Text size="sm">
              {bench.report
                ? 'Cancelled. The network that was being measured is not in the report.'
                : 'Cancelled. No network was finished yet; there is no report.'}
            </Text>
          </Alert>
        )}
        {partial !== undefined && !running && (
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }} data-testid="bench-partial">
            {partial}
          </Text>
        )}
        {bench.report && <BenchTables results={bench.report.networks} />}
        {bench.report && !running && <CopyResult report={bench.report} />}
      </Stack>
    </main>
  );
}
