/**
 * The flow of A above that of B: chooses the stage, keeps both drawings aligned, and says in words what lights up.
 * Where things stand is diagram/; one drawing is DiagramFigure.tsx.
 */
import { ActionIcon, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { alignedPair, litKeys } from '../../diagram/alignedPair';
import { describePair, describeStage } from '../../diagram/describePair';
import type { Diagram, Part } from '../../diagram/diagram';
import { shapeText } from '../../diagram/notation';
import { isRole, ROLES } from '../../diagram/roles';
import type { Network, Role } from '../../network/network';
import { DiagramFigure } from './DiagramFigure';
import type { FigureHandle, PartEvents } from './DiagramFigure';
import classes from './FlowView.module.css';
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

/** Of several lit parts the one that says most: a layer rather than the fold around it. */
function mostSpecific(parts: readonly Part[]): Part | undefined {
  const fewest = Math.min(...parts.map((part) => part.nodes.length));
  return parts.findLast((part) => part.nodes.length === fewest);
}

/** A line each about what is lit in A and in B: the part's name, its shape, and what it does. */
function Inspector({ lit, highlight }: { lit: readonly (readonly Part[])[]; highlight: string | null }) {
  const isMany = highlight !== null && isRole(highlight) && lit.some((parts) => parts.length > 1);
  const nothing = lit.every((parts) => parts.length === 0);
  return (
    <div className={classes.inspector} data-empty={nothing} data-testid="flow-inspector">
      {nothing && (
        <Text size="sm">
          Point at a part, or reach it with Tab and the arrow keys: the same part lights up in both drawings.
        </Text>
      )}
      {lit.map((parts, i) => {
        const part = mostSpecific(parts);
        if (part === undefined) return null;
        const slot = i === 0 ? 'A' : 'B';
        return (
          <Text key={slot} size="sm" className={classes.fact}>
            <b className={classes.letter}>{slot}</b>
            {isMany ? (
              <Notation text={parts.map((p) => `${p.name} ${shapeText(p.shape)}`).join(', ')} />
            ) : (
              <>
                <b>
                  <Notation text={part.name} />
                </b>{' '}
                <span className="tabular">{shapeText(part.shape)}</span> · <Notation text={part.text} />
              </>
            )}
          </Text>
        );
      })}
    </div>
  );
}

/** Which stage is drawn. */
function StageChoice({
  stages,
  short,
  stage,
  onStage,
}: {
  stages: number;
  short: boolean;
  stage: 'all' | number;
  onStage: FlowViewProps['onStage'];
}) {
  const data = [
    { value: 'all', label: short ? 'Whole' : 'Whole network' },
    ...Array.from({ length: stages }, (_, i) => ({
      value: String(i + 1),
      label: short ? String(i + 1) : `Stage ${i + 1}`,
    })),
  ];
  return (
    <div className={classes.stages}>
      <SegmentedControl
        size="sm"
        data={data}
        value={String(stage)}
        onChange={(value) => onStage(value === 'all' ? 'all' : Number(value))}
        aria-label="What to draw"
      />
    </div>
  );
}

const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

/** Smaller, larger, and back to what fits. */
function ZoomButtons({ zoom, onZoom }: Pick<FlowViewProps, 'zoom' | 'onZoom'>) {
  const smaller = ZOOMS.findLast((step) => step < zoom);
  const larger = ZOOMS.find((step) => step > zoom);
  return (
    <ActionIcon.Group>
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Smaller drawing"
        disabled={smaller === undefined}
        onClick={() => onZoom(smaller ?? zoom)}
      >
        <IconZoomOut size={16} />
      </ActionIcon>
      <Button size="xs" variant="default" className="tabular" aria-label="Drawing as it fits" onClick={() => onZoom(1)}>
        {Math.round(100 * zoom)} %
      </Button>
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Larger drawing"
        disabled={larger === undefined}
        onClick={() => onZoom(larger ?? zoom)}
      >
        <IconZoomIn size={16} />
      </ActionIcon>
    </ActionIcon.Group>
  );
}

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
  const figure = (
    slot: 'A' | 'B',
    network: Network | null,
    label: string,
    diagram: Diagram | null,
    keys: ReadonlySet<string> | undefined,
    other: (key: string) => void,
    handle: typeof figureA,
  ): ReactNode =>
    network && (
      <figure className={classes.figure} data-testid={`flow-${slot.toLowerCase()}`}>
        <figcaption className={classes.caption}>
          <b className={classes.letter} data-slot={slot.toLowerCase()}>
            {slot}
          </b>{' '}
          {label !== slot && label}
        </figcaption>
        {diagram ? (
          <DiagramFigure
            ref={handle}
            diagram={diagram}
            name={label === slot ? `Flow of ${slot}` : `Flow of ${slot}, ${label}`}
            lit={lit === undefined ? undefined : (keys ?? new Set())}
            highlight={highlight}
            events={events}
            onOther={other}
          />
        ) : (
          <Text size="sm" p="lg">
            This network has {network.stages.length} stages; there is no stage {stage} to draw.
          </Text>
        )}
      </figure>
    );

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
            {figure('A', a, labelA, pair.a, litA, toB, figureA)}
            {figure('B', b, labelB, pair.b, litB, toA, figureB)}
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
