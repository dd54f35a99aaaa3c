/** A mark and a line for each fusion, told apart without colour, since colours stand for A and B. */
import { symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from 'd3';
import type { SymbolType } from 'd3';
import type { Fusion } from '../../network/spec';

const SYMBOLS: Readonly<Record<Fusion, SymbolType>> = {
  plain: symbolTriangle,
  standard: symbolDiamond,
  first: symbolCircle,
  last: symbolSquare,
};

/** Dashes of a fusion's line. */
export const DASHES: Readonly<Record<Fusion, string | undefined>> = {
  plain: '1 3',
  standard: '7 3',
  first: undefined,
  last: '2 2',
};

export const FUSION_NAMES: Readonly<Record<Fusion, string>> = {
  plain: 'plain DenseNet',
  standard: 'standard',
  first: 'fusion first',
  last: 'fusion last',
};

/** The outline of a fusion's mark around the origin, `area` px² large. */
export function markPath(fusion: Fusion, area = 70): string {
  return symbol(SYMBOLS[fusion], area)() ?? '';
}
