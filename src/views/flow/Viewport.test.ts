import { describe, expect, it, vi } from 'vitest';
import { offsetOf } from '../../diagram/viewport';
import type { Scene } from '../../diagram/viewport';
import { Viewport } from './Viewport';
import type { ViewportEvents } from './Viewport';

const scene: Scene = {
  drawing: { width: 1000, height: 300 },
  frame: { width: 1000, height: 300 },
  range: [1, 4],
};

function make(around = true, within = true) {
  const events = {
    settle: vi.fn<ViewportEvents['settle']>(),
    home: vi.fn<() => void>(),
    out: around ? vi.fn<() => void>() : undefined,
    into: within ? vi.fn<(x: number) => void>() : undefined,
  };
  const viewport = new Viewport();
  viewport.answer(events);
  viewport.place({ zoom: 1, centre: [0.5, 0.5] }, scene);
  const seen = vi.fn<() => void>();
  viewport.subscribe(seen);
  return { viewport, events, seen };
}

describe('Viewport', () => {
  it('tells its listeners of every step, and the page only of the end', () => {
    const { viewport, events, seen } = make();
    viewport.zoom(2, [500, 150]);
    viewport.pan([-50, 0]);
    viewport.pan([-50, 10]);
    expect(seen).toHaveBeenCalledTimes(3);
    expect(viewport.moving).toBe(true);
    expect(events.settle).not.toHaveBeenCalled();
    viewport.finish();
    expect(viewport.moving).toBe(false);
    expect(events.settle).toHaveBeenCalledTimes(1);
    const { view } = viewport;
    expect(events.settle).toHaveBeenCalledWith(view, 'push');
    expect(view.zoom).toBe(2);
    expect(offsetOf(view, scene)).toEqual([-600, -140]);
  });

  it('says nothing where nothing moved', () => {
    const { viewport, events } = make();
    viewport.finish();
    expect(events.settle).not.toHaveBeenCalled();
  });

  it('leaves the drawing when it is zoomed out well beyond its end, once, and ignores the rest of the gesture', () => {
    const { viewport, events } = make();
    viewport.zoom(0.9, [500, 150]);
    expect(events.out).not.toHaveBeenCalled();
    expect(viewport.view.zoom).toBe(1);
    viewport.zoom(0.8, [500, 150]);
    viewport.zoom(0.8, [500, 150]);
    viewport.zoom(3, [500, 150]);
    expect(events.out).toHaveBeenCalledTimes(1);
    viewport.finish();
    expect(events.settle).not.toHaveBeenCalled();
    viewport.zoom(3, [500, 150]);
    viewport.finish();
    expect(events.settle).toHaveBeenCalledTimes(1);
  });

  it('goes into what stands under the pointer when it is zoomed in beyond its end', () => {
    const { viewport, events } = make();
    for (let step = 0; step < 8; step++) viewport.zoom(1.25, [800, 150]);
    expect(events.into).toHaveBeenCalledTimes(1);
    expect(events.into?.mock.calls[0]?.[0]).toBeCloseTo(0.8, 9);
  });

  it('stops at the end where there is nothing beyond it, and comes back at once', () => {
    const { viewport } = make(false, false);
    for (let step = 0; step < 9; step++) viewport.zoom(2, [500, 150]);
    expect(viewport.view.zoom).toBe(4);
    viewport.zoom(0.5, [500, 150]);
    expect(viewport.view.zoom).toBe(2);
    for (let step = 0; step < 9; step++) viewport.zoom(0.5, [500, 150]);
    expect(viewport.view.zoom).toBe(1);
  });

  it('leaves by one step of a key at the end, and not before', () => {
    const { viewport, events } = make();
    viewport.zoomStep(1.5);
    viewport.zoomStep(1 / 1.5);
    expect(events.out).not.toHaveBeenCalled();
    viewport.zoomStep(1 / 1.5);
    expect(events.out).toHaveBeenCalledTimes(1);
    expect(events.settle).toHaveBeenCalledTimes(2);
  });

  it('follows the focus without a step of history', () => {
    const { viewport, events } = make();
    viewport.zoomStep(4);
    viewport.reveal({ left: 490, right: 510, top: 140, bottom: 160 });
    expect(events.settle).toHaveBeenCalledTimes(1);
    viewport.reveal({ left: 0, right: 20, top: 140, bottom: 160 });
    expect(events.settle).toHaveBeenLastCalledWith(viewport.view, 'replace');
  });
});
