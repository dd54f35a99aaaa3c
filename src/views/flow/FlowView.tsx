/**
 * The flow of A above that of B: chooses the stage, keeps both drawings aligned, and says in words what lights up.
 * Where things stand is diagram/; one drawing is DiagramFigure.tsx.
 */
import { Button, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useCallback, useMemo, useRef, useState } from 'react';
import { alignedPair, litKeys } from '../../diagram/alignedPair';
import { describePair, describeStage } from '../../diagram/describePair';
import type { Diagram, Part } from '../../diagram/diagram';
import { ROLES } from '../../diagram/roles';
import type { Network, Role } from '../../network/network';
import type { FigureHandle, PartEvents } from './DiagramFigure';
import classes from './FlowView.module.css';
import { StageChoice, ZoomButtons } from './FlowControls';
import { FlowFigure } from './FlowFigure';
import { Inspector } from './Inspector';
import { Legend } from './Legend';
import { Notation } from './Notation';

export interface FlowViewProps {
  readonly a: Network | null;
  readonly b: Network | null;
  readonly labelA: string;
  readonly labelB: string;
  readonly stage: 'all' | number;
  readonly onStage: (stage: 'all' | number) => void;
  /** What is pointed at, or else selected: a role or a node id. */
  readonly highlight: string | null;
  /** The pointer or the focus is on a part, or on none. */
  readonly onHighlight: (highlight: string | null) => void;
  /** What stays lit when nothing is pointed at. */
  readonly selected: string | null;
  readonly onSelect: (selected: string | null) => void;
  /** Magnification, 1 for as large as fits. */
  readonly zoom: number;
  readonly onZoom: (zoom: number) => void;
}

/** Blocks with more dense layers are folded until asked for. */
const FOLD_ABOVE = 8;
/** Width to lay out for before the container has been measured, px. */
const UNMEASURED = 1000;
/** Below this width the choices of stage are short, px. */
const NARROW = 520;

function partsAt(diagram: Diagram | null, keys: ReadonlySet<string> | undefined): readonly Part[] {
  return diagram?.parts.filter((part) => keys?.has(part.key)) ?? [];
}

const rolesOf = (diagram: Diagram): ReadonlySet<Role> =>
  new Set([...diagram.ribbons, ...diagram.boxes].map((item) => item.role));

const NONE: ReadonlySet<string> = new Set();

/** The flow diagrams of one or two networks. */
export function FlowView(props: FlowViewProps) {
  const { a, b, labelA, labelB, stage, onStage, highlight, onHighlight, selected, onSelect, zoom, onZoom } = props;
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [unfolded, setUnfolded] = useState(false);
  const figureA = useRef<FigureHandle>(null);
  const figureB = useRef<FigureHandle>(null);

  const available = width > 0 ? Math.floor(width) : UNMEASURED;
  const pair = useMemo(
    () => alignedPair(a, b, stage, { width: available, foldAbove: FOLD_ABOVE, unfolded, zoom }),
    [a, b, stage, available, unfolded, zoom],
  );
  const diagrams = useMemo(() => [pair.a, pair.b].filter((d) => d !== null), [pair]);
  const lit = useMemo(() => litKeys(diagrams, highlight), [diagrams, highlight]);
  const litA = pair.a ? lit?.[0] : undefined;
  const litB = pair.b ? lit?.[pair.a ? 1 : 0] : undefined;
  const roles = useMemo(() => ROLES.filter((role) => diagrams.some((d) => rolesOf(d).has(role))), [diagrams]);
  const words = useMemo(() => {
    if (a && b) return describePair(a, b, stage);
    const only = a ?? b;
    return only && stage !== 'all' && stage <= only.stages.length ? describeStage(only, stage) : '';
  }, [a, b, stage]);

  const events = useMemo((): PartEvents => {
    return {
      enter: (part) => onHighlight(part.node),
      leave: () => onHighlight(null),
      clear: () => onSelect(null),
      choose: (part) => {
        if (stage === 'all' && part.key.startsWith('stage')) onStage(Number(part.key.slice('stage'.length)));
        else if (part.key.startsWith('fold/')) setUnfolded(true);
        else onSelect(selected === part.node ? null : part.node);
      },
    };
  }, [onHighlight, onSelect, onStage, selected, stage]);
  const toB = useCallback((key: string) => figureB.current?.focus(key), []);
  const toA = useCallback((key: string) => figureA.current?.focus(key), []);

  const stages = Math.max(a?.stages.length ?? 0, b?.stages.length ?? 0);
  const layers = stage === 'all' ? 0 : Math.max(0, ...[a, b].map((n) => n?.stages[stage - 1]?.growth.length ?? 0));
  const drawn = diagrams[0]?.width ?? 0;
  return (
    <div className={classes.view}>
      <Group justify="space-between" gap="xs">
        <StageChoice stages={stages} short={available < NARROW} stage={stage} onStage={onStage} />
        <Group gap="xs">
          {layers > FOLD_ABOVE && (
            <Button size="xs" variant="default" aria-pressed={unfolded} onClick={() => setUnfolded(!unfolded)}>
              {unfolded ? 'Fold layers' : `Show all ${layers} layers`}
            </Button>
          )}
          <ZoomButtons zoom={zoom} onZoom={onZoom} />
        </Group>
      </Group>
      <Legend roles={roles} highlight={highlight} onEnter={onHighlight} onLeave={events.leave} />
      <div className={classes.frame} data-overflows={drawn > available}>
        <div ref={ref} className={classes.scroller}>
          <div style={{ width: drawn }}>
            {a && (
              <FlowFigure
                handle={figureA}
                slot="A"
                network={a}
                label={labelA}
                diagram={pair.a}
                lit={lit && (litA ?? NONE)}
                {...{ stage, highlight, events }}
                onOther={toB}
              />
            )}
            {b && (
              <FlowFigure
                handle={figureB}
                slot="B"
                network={b}
                label={labelB}
                diagram={pair.b}
                lit={lit && (litB ?? NONE)}
                {...{ stage, highlight, events }}
                onOther={toA}
              />
            )}
          </div>
        </div>
      </div>
      {drawn > available && (
        <Text size="xs" ta="right">
          The drawing is wider than the screen: scroll it sideways →
        </Text>
      )}
      {words !== '' && (
        <Text size="sm" data-testid="flow-words">
          <Notation text={words} />
        </Text>
      )}
      <Inspector lit={[partsAt(pair.a, litA), partsAt(pair.b, litB)]} highlight={highlight} />
    </div>
  );
}
