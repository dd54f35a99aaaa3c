/** What stands below the drawing for the way it is read: the controls that play it, or the gradients counted. */
import { Alert, Button } from '@mantine/core';
import type { Network } from '../../network/network';
import { usePage } from '../../state/page';
import { lazyPart } from '../lazyPart';

const ForwardBar = lazyPart(async () => (await import('./ForwardBar')).ForwardBar);
const GradientPanel = lazyPart(async () => (await import('./GradientPanel')).GradientPanel);

interface Props {
  readonly a: Network | null;
  readonly b: Network | null;
  readonly stage: 'all' | number;
  /** Tries again to fetch what draws the scenes; undefined where nothing failed. */
  readonly retry: (() => void) | undefined;
  readonly onGlide: (ms: number) => void;
}

export function FlowModes({ a, b, stage, retry, onGlide }: Props) {
  const isGradient = usePage((page) => page.state.flow === 'gradient');
  return (
    <>
      {retry && (
        <Alert color="red" p="xs" title="What draws the steps and the gradients could not be fetched">
          <Button size="compact-xs" onClick={retry}>
            Try again
          </Button>
        </Alert>
      )}
      {isGradient ? <GradientPanel /> : <ForwardBar key={stage} {...{ a, b, stage, onGlide }} />}
    </>
  );
}
