/** The drawing of one network while it is played, and in the gradient view: diagram, looks and what is drawn on top. */
import type { ReactNode } from 'react';
import { gradients } from '../../analysis/gradients';
import type { StageGradients } from '../../analysis/gradients';
import { arrowHeads, arrowPath } from '../../diagram/arrowHeads';
import { boxPath } from '../../diagram/diagram';
import type { Diagram, Looks } from '../../diagram/diagram';
import { forwardSteps } from '../../diagram/forward';
import type { ForwardStep } from '../../diagram/forward';
import { frameAt } from '../../diagram/forwardLooks';
import { gradientDiagram } from '../../diagram/gradientLabels';
import { argumentCells, gradientLooks, weightOfPart } from '../../diagram/gradientLooks';
import type { Mark } from '../../exports/svg';
import { ROLE_COLOURS } from '../../diagram/roles';
import type { Network } from '../../network/network';
import { ForwardOverlay } from './ForwardOverlay';
import { GradientOverlay } from './GradientOverlay';

export { weightOfPart };

/** What a DiagramFigure is to draw. */
export interface Scene {
  readonly diagram: Diagram;
  readonly looks: Looks | undefined;
  readonly overlay: ReactNode;
  /** What a saved picture shows of the overlay. */
  readonly marks?: readonly Mark[];
}

/** The steps of a pair, for {@link forwardScene}. */
export function stepsOf(a: Network | null, b: Network | null, stage: 'all' | number): readonly ForwardStep[] {
  return forwardSteps(a, b, stage);
}

/** After `at` steps; a number beyond the last is the last. */
export function forwardScene(diagram: Diagram, steps: readonly ForwardStep[], side: 'a' | 'b', at: number): Scene {
  const frame = frameAt(diagram, steps, side, Math.min(at, steps.length));
  return { diagram, looks: frame.looks, overlay: <ForwardOverlay diagram={diagram} frame={frame} /> };
}

/** The gradients of a stage; undefined for a whole network. */
export function countsOf(network: Network, stage: 'all' | number): StageGradients | undefined {
  return stage === 'all' ? undefined : gradients(network)[stage - 1];
}

/** The drawing with arrows turned, named by its gradients. */
export function gradientBase(diagram: Diagram, counts: StageGradients | undefined, weight: string): Scene {
  const sources = counts?.sources ?? [];
  return { diagram: gradientDiagram(diagram, sources), looks: gradientLooks(diagram, sources, weight), overlay: null };
}

/** The same with cells, arrows and cut. */
export function gradientScene(
  base: Scene,
  counts: StageGradients | undefined,
  weight: string,
  pointed: string | undefined,
): Scene {
  const { diagram } = base;
  const updates = counts?.updates ?? [];
  return {
    ...base,
    overlay: <GradientOverlay {...{ diagram, weight, pointed, updates }} />,
    get marks() {
      const cells = argumentCells(diagram, updates, weight);
      return [
        { d: arrowPath(arrowHeads(diagram)), colour: ROLE_COLOURS.merge },
        ...cells.map((cell) => ({ d: boxPath(cell), colour: cell.colour })),
      ];
    },
  };
}
