/** The controls that play a stage forward, and what happens in the step that is shown, in words for A and for B. */
import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerSkipForwardFilled,
  IconPlayerTrackNextFilled,
  IconPlayerTrackPrevFilled,
} from '@tabler/icons-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { forwardSteps } from '../../diagram/forward';
import type { ForwardStep } from '../../diagram/forward';
import type { Network } from '../../network/network';
import { usePage } from '../../state/page';
import flow from './FlowView.module.css';
import classes from './forward.module.css';
import { Notation } from './Notation';
import { usePlayer } from './usePlayer';

const SPEEDS = { '0.5': '½×', '1': '1×', '2': '2×' } as const;
/** ms that a step takes at speed 1; a stage of many layers hurries. */
const EVERY = { longest: 1000, shortest: 220, whole: 16_000 } as const;
/** Without gliding there must be time to see what changed. */
const REDUCED = 1.8;

/** For texts read aloud. */
const plain = (text: string) => text.replaceAll('_', ' ');

function valueText(steps: readonly ForwardStep[], at: number): string {
  const step = steps[at - 1];
  if (!step) return 'at rest, the whole drawing';
  const sides = (['a', 'b'] as const).map((side) => step[side] && `${side.toUpperCase()}: ${step[side].text}`);
  return plain(`Step ${at} of ${steps.length}, ${step.name}. ${sides.filter((text) => text !== null).join('. ')}`);
}

function Words({ step, at, of }: { readonly step: ForwardStep | undefined; readonly at: number; readonly of: number }) {
  if (!step) {
    return (
      <div className={classes.title}>
        At rest: the whole drawing. Play or step through it: the same role in both drawings at the same time.
      </div>
    );
  }
  return (
    <>
      <div className={classes.title}>
        <b className="tabular">
          Step {at} of {of}
        </b>{' '}
        · <Notation text={step.name} />
      </div>
      {(['a', 'b'] as const).map((side) => {
        const words = step[side];
        return (
          words && (
            <div key={side} style={{ display: 'contents' }}>
              <b className={flow.letter} data-slot={side}>
                {side.toUpperCase()}
              </b>
              <span data-waits={!words.acts}>
                <Notation text={words.text} />
              </span>
            </div>
          )
        );
      })}
    </>
  );
}

interface TransportProps {
  readonly playing: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onToggle: () => void;
  /** Goes so many steps forward; infinitely many lead to an end. */
  readonly onMove: (by: number) => void;
}

/** The buttons; they do not change from step to step. */
const Transport = memo(function Transport({ playing, isFirst, isLast, onToggle, onMove }: TransportProps) {
  const move = (label: string, icon: ReactNode, by: number) => (
    <ActionIcon
      variant="default"
      size={32}
      aria-label={label}
      disabled={by < 0 ? isFirst : isLast}
      onClick={() => onMove(by)}
    >
      {icon}
    </ActionIcon>
  );
  return (
    <ActionIcon.Group>
      {move('To rest: the whole drawing', <IconPlayerSkipBackFilled size={15} />, -Infinity)}
      {move('One step back', <IconPlayerTrackPrevFilled size={15} />, -1)}
      <Button
        size="xs"
        color="indigo.8"
        h={32}
        w={92}
        px={8}
        leftSection={playing ? <IconPlayerPauseFilled size={14} /> : <IconPlayerPlayFilled size={14} />}
        onClick={onToggle}
      >
        {playing ? 'Pause' : 'Play'}
      </Button>
      {move('One step forward', <IconPlayerTrackNextFilled size={15} />, 1)}
      {move('To the last step', <IconPlayerSkipForwardFilled size={15} />, Infinity)}
    </ActionIcon.Group>
  );
});

type Speed = keyof typeof SPEEDS;
const SPEED_CHOICES = Object.entries(SPEEDS).map(([value, label]) => ({ value, label }));

const SpeedChoice = memo(function SpeedChoice(props: { speed: Speed; onSpeed: (speed: Speed) => void }) {
  const { speed, onSpeed } = props;
  return (
    <NativeSelect
      size="xs"
      aria-label="Speed"
      value={speed}
      data={SPEED_CHOICES}
      onChange={(event) => {
        const next = event.currentTarget.value;
        if (next === '0.5' || next === '1' || next === '2') onSpeed(next);
      }}
    />
  );
});

interface Props {
  readonly a: Network | null;
  readonly b: Network | null;
  readonly stage: 'all' | number;
  /** ms in which the drawing glides to its next step. */
  readonly onGlide: (ms: number) => void;
}

export function ForwardBar({ a, b, stage, onGlide }: Props) {
  const steps = useMemo(() => forwardSteps(a, b, stage), [a, b, stage]);
  const change = usePage((page) => page.change);
  const shown = usePage((page) => page.state.step);
  const [speed, setSpeed] = useState<Speed>('1');
  const reduced = useReducedMotion();
  const last = steps.length;
  const step = Math.min(shown, last);
  const pace = Math.max(EVERY.shortest, Math.min(EVERY.longest, EVERY.whole / Math.max(1, last)));
  const every = (pace * (reduced ? REDUCED : 1)) / Number(speed);
  const { playing, toggle, stop } = usePlayer(step, last, every, (next, how) => change({ step: next }, how));
  const glide = reduced ? 0 : playing ? every : 220;
  useEffect(() => onGlide(glide), [glide, onGlide]);

  const dragged = useRef(false);
  const go = useCallback(
    (next: number, how: 'push' | 'drag' = 'push') => {
      stop();
      dragged.current = how === 'drag';
      change({ step: Math.max(0, Math.min(last, next)) }, how);
    },
    [change, last, stop],
  );
  const onMove = useCallback((by: number) => go(Math.min(usePage.getState().state.step, last) + by), [go, last]);
  const settle = () => dragged.current && go(step);
  return (
    <div
      className={classes.bar}
      role="group"
      aria-label="Forward, step by step"
      data-testid="forward-bar"
      onKeyDown={(event) => {
        const isOwn = event.target instanceof Element && event.target.closest('button, select') !== null;
        if (event.key !== ' ' || isOwn) return;
        event.preventDefault();
        toggle();
      }}
    >
      <Transport isFirst={step === 0} isLast={step === last} onToggle={toggle} {...{ playing, onMove }} />
      <input
        type="range"
        className={classes.slider}
        min={0}
        max={last}
        step={1}
        value={step}
        aria-label="Step"
        aria-valuetext={valueText(steps, step)}
        onChange={(event) => go(Number(event.currentTarget.value), 'drag')}
        onPointerUp={settle}
        onKeyUp={settle}
        onBlur={settle}
      />
      <SpeedChoice speed={speed} onSpeed={setSpeed} />
      <div className={classes.words} aria-live={playing ? 'off' : 'polite'} data-testid="forward-words">
        <Words step={steps[step - 1]} at={step} of={last} />
      </div>
      {reduced && (
        <div className={classes.note}>
          This device asks for reduced motion: playing goes from step to step without gliding, and more slowly.
        </div>
      )}
    </div>
  );
}
