/** One row of the grid of channels: all its maps on one canvas, and over each a cell that says what it is. */
import { memo, useLayoutEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import { originOfChannel } from '../../diagram/channelOrigins';
import type { Origin } from '../../diagram/channelOrigins';
import { rampOf, rowPixels } from '../../diagram/ramp';
import type { Range } from '../../diagram/ramp';
import { cssColour } from '../../diagram/roles';
import type { ChannelNumbers, SmallMap } from '../../inference/protocol';
import { Notation } from '../flow/Notation';
import classes from './activations.module.css';
import { numbersOfChannel, numbersText } from './words';

/** Side of a map and width of a cell, px. */
export const MAP = 52;
export const CELL_WIDTH = 64;
export const ROW_HEIGHT = 78;

export interface RowProps {
  readonly row: number;
  readonly columns: number;
  /** All channels, in the order in which they are shown. */
  readonly channels: readonly number[];
  readonly origins: readonly Origin[];
  readonly maps: SmallMap;
  readonly numbers: ChannelNumbers;
  /** What all maps are scaled to; undefined for each its own range. */
  readonly range: Range | undefined;
  /** Sources that are pointed at somewhere; all are drawn alike where there are none. */
  readonly lit: readonly Origin[];
  /** Place of the cell that is the stop for the Tab key, if it is in this row. */
  readonly stop: number | undefined;
  readonly named: (channel: number) => string;
}

export const ChannelRow = memo(function ChannelRow(props: RowProps) {
  const { row, columns, channels, origins, maps, numbers, range, lit, stop, named } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const area = maps.width * maps.height;
    const tiles = channels.slice(row * columns, (row + 1) * columns).flatMap((channel) => {
      const origin = originOfChannel(origins, channel);
      if (!origin) return [];
      const { min, max } = numbersOfChannel(numbers, channel);
      const values = maps.values.subarray(channel * area, (channel + 1) * area);
      return [{ values, range: range ?? { low: min, high: max }, ramp: rampOf(origin.colour) }];
    });
    const density = Math.min(2, window.devicePixelRatio);
    const side = Math.round(MAP * density);
    const pitch = Math.round(CELL_WIDTH * density);
    const element = canvas.current;
    if (!element || tiles.length === 0) return;
    element.width = tiles.length * pitch;
    element.height = side;
    element.style.width = `${tiles.length * CELL_WIDTH}px`;
    const pixels = rowPixels(tiles, maps, { side, pitch });
    element.getContext('2d')?.putImageData(new ImageData(pixels, element.width, side), 0, 0);
  }, [row, columns, channels, origins, maps, numbers, range]);
  return (
    <div role="row" aria-rowindex={row + 1} className={classes.row} style={{ top: row * ROW_HEIGHT }}>
      <canvas ref={canvas} className={classes.maps} aria-hidden="true" />
      {channels.slice(row * columns, (row + 1) * columns).map((channel, column) => {
        const origin = originOfChannel(origins, channel);
        if (!origin) return null;
        const place = row * columns + column;
        const name = named(channel);
        const text = `Channel ${channel}, ${name.replace('_', '')}: ${numbersText(numbersOfChannel(numbers, channel))}`;
        const style: CSSProperties & Record<'--origin', string> = { '--origin': cssColour(origin.colour) };
        return (
          <div
            key={channel}
            role="gridcell"
            className={classes.cell}
            style={style}
            data-place={place}
            data-dim={lit.length > 0 && !lit.includes(origin)}
            tabIndex={place === stop ? 0 : -1}
            aria-label={text}
          >
            {name.includes('_') ? <Notation text={name} /> : name}
          </div>
        );
      })}
    </div>
  );
});
