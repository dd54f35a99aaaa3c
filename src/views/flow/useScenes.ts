/** The scenes of A and B, from code that is fetched when the flow is first played or its gradients are shown. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Pair } from '../../diagram/alignedPair';
import type { Part } from '../../diagram/diagram';
import type { ForwardStep } from '../../diagram/forward';
import type { Network } from '../../network/network';
import { usePage } from '../../state/page';
import type { Scene } from './scenes';
import type { Lit } from './useLit';

type Scenes = typeof import('./scenes');

interface Input {
  readonly a: Network | null;
  readonly b: Network | null;
  readonly pair: Pair;
  readonly stage: 'all' | number;
  /** What is pointed at or selected, in A and in B. */
  readonly lit: Lit;
}

/** Makes the scene of a step. */
export interface Play {
  readonly steps: readonly ForwardStep[];
  readonly sceneAt: Scenes['forwardScene'];
}

interface Shown {
  /** The gradient view; undefined where the drawing is to be drawn as it is, or is played. */
  readonly a: Scene | undefined;
  readonly b: Scene | undefined;
  readonly isGradient: boolean;
  /** The lit parts, in the gradient view with what uses their gradients. */
  readonly parts: Lit['parts'];
  /** What a figure needs to show the step that the page is at; undefined at rest. */
  readonly play: Play | undefined;
  /** The code could not be fetched; calling it tries again. */
  readonly retry: (() => void) | undefined;
  /** Chooses the weight of a part; false where it has none, or the view is not that of gradients. */
  readonly chooseWeight: (part: Part) => boolean;
}

const NONE: readonly [undefined, undefined] = [undefined, undefined];

/** The key that stands for what is pointed at: a fold lights its layers too, but no single gradient. */
function single(keys: ReadonlySet<string> | undefined): string | undefined {
  const own = [...(keys ?? [])].filter((key) => !key.startsWith('fold/'));
  return own.length === 1 ? own[0] : undefined;
}

/** The same parts as the scene's drawing has them. */
function named(parts: readonly Part[], scene: Scene | null | undefined): readonly Part[] {
  if (!scene) return parts;
  const keys = new Set(parts.map((part) => part.key));
  return scene.diagram.parts.filter((part) => keys.has(part.key));
}

export function useScenes({ a, b, pair, stage, lit }: Input): Shown {
  const weight = usePage((page) => page.state.weight);
  const isGradient = usePage((page) => page.state.flow === 'gradient');
  const change = usePage((page) => page.change);
  // Which step it is only the figures follow: all else stays as it is while the stage is played.
  const isPlayed = usePage((page) => page.state.flow === 'forward' && page.state.step > 0);
  const wanted = isGradient || isPlayed;

  const [scenes, setScenes] = useState<Scenes | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!wanted || scenes || failed) return undefined;
    let shown = true;
    import('./scenes').then(
      (loaded) => shown && setScenes(loaded),
      () => shown && setFailed(true),
    );
    return () => {
      shown = false;
    };
  }, [failed, scenes, wanted]);

  const steps = useMemo(
    () => (scenes && isPlayed ? scenes.stepsOf(a, b, stage) : undefined),
    [a, b, isPlayed, scenes, stage],
  );
  const play = useMemo(() => (scenes && steps ? { steps, sceneAt: scenes.forwardScene } : undefined), [scenes, steps]);

  const counts = useMemo(
    () => (scenes && isGradient ? [a, b].map((network) => network && scenes.countsOf(network, stage)) : NONE),
    [a, b, isGradient, scenes, stage],
  );
  const bases = useMemo(
    () =>
      scenes && isGradient
        ? (['a', 'b'] as const).map(
            (side, i) => pair[side] && scenes.gradientBase(pair[side], counts[i] ?? undefined, weight),
          )
        : NONE,
    [counts, isGradient, pair, scenes, weight],
  );
  const gradientOf = (i: 0 | 1): Scene | undefined => {
    const base = bases[i];
    return scenes && base
      ? scenes.gradientScene(base, counts[i] ?? undefined, weight, single(i === 0 ? lit.a : lit.b))
      : undefined;
  };

  const chooseWeight = useCallback(
    (part: Part) => {
      const own = scenes && isGradient && stage !== 'all' ? scenes.weightOfPart(part.key) : undefined;
      if (own === undefined) return false;
      change({ weight: own === weight ? '' : own });
      return true;
    },
    [change, isGradient, scenes, stage, weight],
  );
  return {
    a: gradientOf(0),
    b: gradientOf(1),
    isGradient,
    parts: [named(lit.parts[0], bases[0]), named(lit.parts[1], bases[1])],
    play,
    retry: failed ? () => setFailed(false) : undefined,
    chooseWeight,
  };
}
