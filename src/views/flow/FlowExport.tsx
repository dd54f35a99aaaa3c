/** The drawings to take away: the pair, A or B, as SVG or PNG, in the scheme of the page and as it is drawn now. */
import { Text, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Diagram } from '../../diagram/diagram';
import { subscript } from '../../diagram/notation';
import { planesText } from '../../diagram/planes';
import { networkCaption } from '../../exports/caption';
import type { Network } from '../../network/network';
import { usePage } from '../../state/page';
import { SaveMenu } from '../chart/SaveMenu';
import type { Scene } from './scenes';
import type { Play } from './useScenes';

/** One network's drawing. */
export interface Exported {
  readonly slot: 'a' | 'b';
  readonly network: Network;
  /** The network's text form. */
  readonly label: string;
  /** null where the network has no such stage. */
  readonly diagram: Diagram | null;
  /** How it is drawn in the gradient view; undefined in the forward view. */
  readonly scene: Scene | undefined;
}

interface Props {
  readonly sides: readonly Exported[];
  readonly stage: 'all' | number;
  /** How the two differ; written under the pair. */
  readonly words: string;
  /** Makes what is drawn while the flow is played; undefined at rest. */
  readonly play: Play | undefined;
}

const FORMATS = [
  ['svg', 'SVG'],
  ['png', 'PNG, 2×'],
] as const;

/** `w3` → `w₃`, `wT` → `w_T`. */
const weightName = (weight: string) =>
  weight.replace(/\d+/, (index) => subscript(Number(index))).replace(/[TU]/, (index) => `_${index}`);

/** What besides is to be said of the drawing: that gradients are shown, or how far it is played. */
function stateWords(played: boolean): string {
  const { flow, weight, step } = usePage.getState().state;
  if (flow === 'gradient') {
    const which = weight === '' ? 'all updates' : `the update of ${weightName(weight)}`;
    return `Gradients by their source, as arguments of ${which} (equations 2 and 4 of the paper, counted).`;
  }
  return played ? `Played up to step ${step}.` : '';
}

/** Saves whole drawings, whatever part of them is in view. */
export function FlowExport({ sides, stage, words, play }: Props) {
  const scheme = useComputedColorScheme('light');
  const [failure, setFailure] = useState('');
  const slots = sides.map(({ slot }) => slot).join('');
  const choices = useMemo(
    () =>
      (slots === 'ab' ? ['ab', 'a', 'b'] : [slots]).flatMap((which) =>
        FORMATS.map(([format, name]) => {
          const what = which === 'ab' ? 'Both' : which.toUpperCase();
          return { which, format, label: slots === 'ab' ? `${what}: ${name}` : name };
        }),
      ),
    [slots],
  );
  const labels = useMemo(() => choices.map(({ label }) => label), [choices]);
  const save = async (which: string, format: 'svg' | 'png') => {
    const [{ flowSvg }, { savePicture }] = await Promise.all([
      import('../../exports/svg'),
      import('../chart/saveChart'),
    ]);
    const { step } = usePage.getState().state;
    const figures = sides.flatMap(({ slot, label, diagram, scene }) => {
      if (!which.includes(slot) || !diagram) return [];
      const shown = scene ?? play?.sceneAt(diagram, play.steps, slot, step);
      const { looks, marks } = shown ?? {};
      const drawn = { name: `${slot.toUpperCase()}  ${label}`, diagram: shown?.diagram ?? diagram };
      return [{ ...drawn, ...(looks ? { looks } : {}), ...(marks ? { marks } : {}) }];
    });
    const [first] = figures;
    if (!first) throw new Error(`stage ${stage} is not drawn: the network has fewer stages`);
    const state = stateWords(play !== undefined);
    const where = stage === 'all' ? 'Flow' : `Flow of stage ${stage}`;
    const shownSides = sides.filter(({ slot }) => which.includes(slot));
    const networks = shownSides.map(({ label }) => label);
    const planes = sides.flatMap(({ slot, network, diagram }) =>
      which.includes(slot) && diagram && stage !== 'all'
        ? [`Planes in ${slot.toUpperCase()}: ${planesText(network, stage)}.`]
        : [],
    );
    const file = flowSvg({
      figures,
      title: `${where}: ${networks.join(' and ')}`,
      caption: [
        ...(figures.length === sides.length && words !== '' ? [words] : []),
        ...planes,
        ...(state === '' ? [] : [state]),
        `${shownSides.map(({ slot, network }) => `${slot.toUpperCase()}: ${networkCaption(network.spec)}`).join('; ')}.`,
        `Every ribbon is as wide as its channels: ${first.diagram.scale.toPrecision(3)} px each. One picture (batch 1).`,
      ],
      scheme,
    });
    const place = stage === 'all' ? 'network' : `stage${stage}`;
    await savePicture(file, `flow ${place} ${networks.join(' ')}`, format);
  };
  return (
    <>
      <SaveMenu
        what="the drawing"
        framed
        choices={labels}
        onSave={(index) => {
          const choice = choices[index];
          if (!choice) return;
          setFailure('');
          save(choice.which, choice.format).catch((error: unknown) =>
            setFailure(`The drawing could not be saved: ${error instanceof Error ? error.message : String(error)}`),
          );
        }}
      />
      {failure !== '' && (
        <Text size="xs" c="red" role="alert">
          {failure}
        </Text>
      )}
    </>
  );
}
