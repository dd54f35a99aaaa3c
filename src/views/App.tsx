/** The page: networks A and B, then what they say, how they flow and what they cost. */
import { Alert, Button, CloseButton, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconInfoCircle, IconPlus } from '@tabler/icons-react';
import { startTransition, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { chooseFusion } from '../state/knobs';
import { followNetworks } from '../state/followNetworks';
import { usePage } from '../state/page';
import { SLOTS } from '../state/labState';
import { ClassifySection } from './classify/ClassifySection';
import { usePicturesAnywhere } from './classify/PictureInput';
import { CostSection } from './cost/CostSection';
import { FlowSection } from './flow/FlowSection';
import { NearScreen } from './nearScreen';
import { NetworkPanel } from './networks/NetworkPanel';
import { Header } from './shell/Header';
import shell from './shell/shell.module.css';
import { useSections } from './shell/useSections';
import { useLab, useLabActions } from './useLab';
import { lazyPart } from './lazyPart';

const ExplainSection = lazyPart(async () => (await import('./explain/ExplainSection')).ExplainSection, 'near');
const Tour = lazyPart(async () => (await import('./tour/Tour')).Tour);

function Section({ id, title, lead, children }: { id: string; title: string; lead: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3" id={`${id}-title`}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
        </div>
        {children}
      </Stack>
    </section>
  );
}

/** Parts of the link that made no sense, and things that happened by themselves. */
function Messages() {
  const lab = useLabActions();
  const ignored = usePage((page) => page.ignored);
  const dismiss = usePage((page) => page.dismissIgnored);
  const notices = useLab((state) => state.notices);
  const engineNotices = useLab((state) => state.engine.notices);
  const backendError = useLab((state) => state.engine.backendError);
  return (
    <>
      {ignored.length > 0 && (
        <Alert
          color="yellow"
          icon={<IconInfoCircle size={18} />}
          title="Part of the link was ignored"
          withCloseButton
          closeButtonLabel="Dismiss"
          onClose={dismiss}
          data-testid="error"
          role="alert"
        >
          {ignored.map((text) => (
            <Text key={text} size="sm" style={{ overflowWrap: 'anywhere' }}>
              {text}
            </Text>
          ))}
        </Alert>
      )}
      {backendError && (
        <Alert
          color="red"
          icon={<IconInfoCircle size={18} />}
          title="Networks cannot run here"
          data-testid="error"
          role="alert"
        >
          <Text size="sm">{backendError.message}. Flow and cost work all the same.</Text>
        </Alert>
      )}
      {engineNotices.map(({ id, kind, text }) => (
        <Alert
          key={id}
          color={kind === 'failed' ? 'red' : 'blue'}
          icon={<IconInfoCircle size={18} />}
          p="xs"
          role="status"
        >
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{text}</Text>
            <CloseButton size="sm" aria-label="Dismiss" onClick={() => lab.dismissEngineNotice(id)} />
          </Group>
        </Alert>
      ))}
      {notices.map((text) => (
        <Alert key={text} color="blue" icon={<IconInfoCircle size={18} />} p="xs" role="status">
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{text}</Text>
            <CloseButton size="sm" aria-label="Dismiss" onClick={() => lab.dismissNotice(text)} />
          </Group>
        </Alert>
      ))}
    </>
  );
}

/** Switches B on, with the fusion that A is best compared with. */
function AddB() {
  const { state, change } = usePage.getState();
  const { a } = state;
  return (
    <Button
      variant="light"
      leftSection={<IconPlus size={16} />}
      onClick={() => change({ b: chooseFusion(a, a.fusion === 'last' ? 'first' : 'last') })}
    >
      Compare with a network B
    </Button>
  );
}

/** Counts up to `last`, a rendering at a time: parts of the page that wait for their turn are drawn in tasks of their own. */
function useTurns(last: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (turn < last) startTransition(() => setTurn(turn + 1));
  }, [turn, last]);
  return turn;
}

/** How many parts wait for their turn. */
const TURNS = 6;

/** Always the same elements, so that the turn of one draws none of the others again. */
const HEADER = <Header />;
const CLASSIFY = <ClassifySection />;
const FLOW = <FlowSection />;
const COST = <CostSection />;
const EXPLAIN = <ExplainSection />;

/**
 * Listens to no more than which parts there are: a slider that moves must not draw the whole page again.
 * @param onDrawn called once, when every part had its turn.
 */
export function App({ onDrawn }: { onDrawn: () => void }) {
  const hasB = usePage((page) => page.state.b !== null);
  const hasTour = usePage((page) => page.state.tour > 0);
  const lab = useLabActions();
  useEffect(() => followNetworks(usePage, (slot, spec) => lab.show(slot, spec)), [lab]);
  useSections();
  usePicturesAnywhere();
  const turn = useTurns(TURNS);
  useEffect(() => {
    if (turn === TURNS) onDrawn();
  }, [turn, onDrawn]);
  return (
    <>
      {HEADER}
      <main className={shell.main}>
        <Title order={1} className="visually-hidden">
          CSPNet Lens: Cross Stage Partial networks, seen and run
        </Title>
        <Stack gap="xl">
          <Messages />
          <SimpleGrid cols={{ base: 1, md: hasB ? SLOTS.length : 1 }} spacing="md">
            {turn > 0 && <NetworkPanel slot="a" />}
            {hasB && turn > 1 && <NetworkPanel slot="b" />}
          </SimpleGrid>
          {!hasB && <AddB />}
          <Section
            id="classify"
            title="Classify"
            lead="A picture in, an answer from each network out, computed on this device."
          >
            <NearScreen>{turn > 2 && CLASSIFY}</NearScreen>
          </Section>
          <Section id="flow" title="Flow" lead="Where the channels go: every ribbon is as wide as its channels.">
            <NearScreen>{turn > 3 && FLOW}</NearScreen>
          </Section>
          <Section
            id="cost"
            title="Cost"
            lead="What each stage computes and moves, next to the plain DenseNet of the same depth."
          >
            <NearScreen>{turn > 4 && COST}</NearScreen>
          </Section>
          <Section
            id="explain"
            title="Explain"
            lead="What the drawing and the numbers mean, and where paper and code disagree."
          >
            <NearScreen>{turn > 5 && EXPLAIN}</NearScreen>
          </Section>
        </Stack>
      </main>
      {hasTour && <Tour />}
    </>
  );
}
