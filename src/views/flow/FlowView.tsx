/**
 * The flow of A above that of B: chooses the stage, keeps both drawings aligned, and says in words what lights up.
 * Where things stand is diagram/; one drawing is DiagramFigure.tsx; what is seen of both is Viewport.ts.
 */
import { Group, Text } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent } from 'react';
import { describeNetwork, describePair, describeStage } from '../../diagram/describePair';
import { stageAt } from '../../diagram/networkDiagram';
import { ROLES } from '../../diagram/roles';
import { isCropped } from '../../diagram/viewport';
import type { Network } from '../../network/network';
import { usePage } from '../../state/page';
import { ChannelsButton } from '../activations/ChannelsButton';
import { lazyPart } from '../lazyPart';
import { Why } from '../explain/Why';
import type { FigureHandle, PartEvents } from './DiagramFigure';
import { DirectionChoice } from './DirectionChoice';
import { FlowModes } from './FlowModes';
import classes from './FlowView.module.css';
import { FoldButton, FullButton, StageChoice, ZoomButtons } from './FlowControls';
import { FlowFigure } from './FlowFigure';
import { Inspector } from './Inspector';
import { Legend } from './Legend';
import { Navigator } from './Navigator';
import { SpokenText } from './SpokenText';
import { FOLD_ABOVE, useDrawing } from './useDrawing';
import { useFullscreen } from './useFullscreen';
import { useLit } from './useLit';
import { useScenes } from './useScenes';
import { useStages } from './useStages';
import { moveByKey, useViewport } from './useViewport';

export interface FlowViewProps {
  readonly a: Network | null;
  readonly b: Network | null;
  readonly labelA: string;
  readonly labelB: string;
  /** Nodes that are lit where nothing is pointed at or selected: layers chosen elsewhere on the page. */
  readonly brushed: ReadonlySet<string> | undefined;
}

const FlowExport = lazyPart(async () => (await import('./FlowExport')).FlowExport);
const Activations = lazyPart(async () => (await import('../activations/Activations')).Activations);

/** Below this width the choices of stage are short, px. */
const NARROW = 520;

/** How a number is written in a link. */
const short = (value: number, digits: number) => Number(value.toFixed(digits));

/** The flow diagrams of one or two networks. */
export function FlowView({ a, b, labelA, labelB, brushed }: FlowViewProps) {
  const stage = usePage((page) => page.state.stage);
  const select = usePage((page) => page.state.select);
  const zoom = usePage((page) => page.state.zoom);
  const centre = usePage((page) => page.state.centre);
  const layers = usePage((page) => page.state.layers);
  const hover = usePage((page) => page.hover);
  const point = usePage((page) => page.point);
  const change = usePage((page) => page.change);
  const figureA = useRef<FigureHandle>(null);
  const figureB = useRef<FigureHandle>(null);
  const { ref: screenRef, isFull, toggle } = useFullscreen<HTMLDivElement>();
  const drawing = useDrawing({ a, b, stage, layers, zoom, centre, full: isFull });
  const { ref: frameRef, available, base, drawn, heights, pair, scene, unit, view, zoom: shown } = drawing;
  const goTo = useStages(stage, [figureA, figureB]);
  // Of two rows the one with more stages has them all.
  const row = (a?.stages.length ?? 0) >= (b?.stages.length ?? 0) ? pair.a : pair.b;
  const stages = Math.max(a?.stages.length ?? 0, b?.stages.length ?? 0);
  const viewport = useViewport(view, scene, {
    settle: (end, how) =>
      change({ zoom: short(end.zoom, 3), centre: [short(end.centre[0], 4), short(end.centre[1], 4)] }, how),
    home: () => change({ zoom: 1, centre: [0.5, 0.5] }),
    out: stage === 'all' ? undefined : () => goTo('all'),
    into: stage === 'all' ? (x) => row && goTo(stageAt(row, x)) : undefined,
  });

  const highlight = hover ?? (select === '' ? null : select);
  const lit = useLit(pair, highlight, brushed);
  const scenes = useScenes({ a, b, pair, stage, lit });
  const { chooseWeight } = scenes;
  const [glide, setGlide] = useState(0);
  const style: CSSProperties & Record<'--flow-glide', string> = { '--flow-glide': `${glide}ms` };
  const roles = useMemo(() => {
    const items = [pair.a, pair.b].flatMap((diagram) => (diagram ? [...diagram.ribbons, ...diagram.boxes] : []));
    const used = new Set(items.map((item) => item.role));
    return ROLES.filter((role) => used.has(role));
  }, [pair]);
  const networks = useMemo(() => [a, b].filter((network) => network !== null), [a, b]);
  const words = useMemo(() => {
    if (a && b) return describePair(a, b, stage);
    const only = a ?? b;
    if (!only) return '';
    if (stage === 'all') return describeNetwork(only);
    return stage <= only.stages.length ? describeStage(only, stage) : '';
  }, [a, b, stage]);

  const events: PartEvents = {
    enter: (part) => point(part.node),
    leave: () => point(null),
    clear: () => change({ select: '' }),
    reveal: (_, { left, right, top, bottom }) => {
      const natural = unit / drawn;
      viewport.reveal({
        left: left * natural,
        right: right * natural,
        top: top * natural,
        bottom: bottom * natural,
      });
    },
    choose: (part) => {
      if (stage === 'all' && part.key.startsWith('stage')) goTo(Number(part.key.slice('stage'.length)));
      else if (part.key.startsWith('fold/')) change({ layers: 'all' });
      else if (!chooseWeight(part)) change({ select: select === part.node ? '' : part.node });
    },
  };
  const sides = useMemo(
    () => [
      ...(a ? [{ slot: 'a', network: a, label: labelA, diagram: pair.a } as const] : []),
      ...(b ? [{ slot: 'b', network: b, label: labelB, diagram: pair.b } as const] : []),
    ],
    [a, b, labelA, labelB, pair],
  );
  const exported = sides.map((side) => ({ ...side, scene: side.slot === 'a' ? scenes.a : scenes.b }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (moveByKey(event, viewport) || stage === 'all') return;
    if (event.key !== 'Backspace' && !(event.altKey && event.key === 'ArrowUp')) return;
    event.preventDefault();
    goTo('all');
  };

  const cropped = isCropped(shown, scene);
  const most = stage === 'all' ? 0 : Math.max(0, ...[a, b].map((n) => n?.stages[stage - 1]?.growth.length ?? 0));
  const shared = { viewport, unit, stage, events, zoom: drawn, highlight, play: scenes.play };
  const stripOf = a && (stage === 'all' || stage <= a.stages.length) ? a : b;
  return (
    <div ref={screenRef} className={classes.view} style={style} data-full={isFull}>
      <Group justify="space-between" gap="xs">
        <StageChoice stages={stages} short={available < NARROW} stage={stage} onStage={goTo} />
        <Group gap="xs">
          <DirectionChoice />
          {most > FOLD_ABOVE && (
            <FoldButton
              all={layers === 'all'}
              layers={most}
              onFold={(all) => change({ layers: all ? 'all' : 'folded', zoom: 1, centre: [0.5, 0.5] })}
            />
          )}
          <ZoomButtons viewport={viewport} zoom={shown} range={scene.range} whole={stage === 'all'} />
          <FlowExport {...{ stage, words }} play={scenes.play} sides={exported} />
          {toggle && available >= NARROW && <FullButton isFull={isFull} onToggle={toggle} />}
        </Group>
      </Group>
      <Navigator
        {...{ viewport, cropped, stage }}
        diagram={base.a ?? base.b}
        network={stripOf}
        name={stripOf === a ? 'A' : 'B'}
        onStage={goTo}
      />
      <Legend
        {...{ roles, highlight }}
        isGradient={scenes.isGradient && stage !== 'all'}
        onEnter={point}
        onLeave={events.leave}
      />
      <div ref={frameRef} className={classes.frame} onKeyDown={onKeyDown}>
        {a && (
          <FlowFigure
            {...shared}
            handle={figureA}
            slot="A"
            network={a}
            label={labelA}
            diagram={pair.a}
            scene={scenes.a}
            height={heights.a}
            lit={lit.a}
            onOther={(key) => figureB.current?.focus(key)}
          />
        )}
        {b && (
          <FlowFigure
            {...shared}
            handle={figureB}
            slot="B"
            network={b}
            label={labelB}
            diagram={pair.b}
            scene={scenes.b}
            height={heights.b}
            lit={lit.b}
            onOther={(key) => figureA.current?.focus(key)}
          />
        )}
      </div>
      <FlowModes {...{ a, b, stage }} retry={scenes.retry} onGlide={setGlide} />
      {words !== '' && (
        <Group gap={4} wrap="nowrap" align="start">
          <Text size="sm" data-testid="flow-words">
            <SpokenText text={words} networks={networks} stage={stage} />
          </Text>
          <Why topic="split" />
        </Group>
      )}
      <Inspector lit={scenes.parts} highlight={highlight} action={<ChannelsButton />} />
      <Activations sides={sides} />
    </div>
  );
}
