/** Arithmetic of a grid whose rows are drawn only while they are seen. No DOM. */

/** Rows first … last − 1. */
export interface RowWindow {
  readonly first: number;
  readonly last: number;
}

/** Rows drawn above and below those that are seen, so that a scroll finds them there. */
const AROUND = 1;

/**
 * The rows to draw.
 * @param top px that are scrolled away
 * @param height px that are seen
 * @param rowHeight px
 */
export function rowsSeen(top: number, height: number, rowHeight: number, rows: number): RowWindow {
  const first = Math.max(0, Math.floor(top / rowHeight) - AROUND);
  const last = Math.min(rows, Math.ceil((top + height) / rowHeight) + AROUND);
  return { first: Math.min(first, Math.max(0, rows - 1)), last: Math.max(last, Math.min(rows, first + 1)) };
}

/** How far to scroll so that a row is wholly seen: no further than it takes. */
export function scrollTo(row: number, top: number, height: number, rowHeight: number): number {
  const start = row * rowHeight;
  if (start < top) return start;
  return Math.max(top, start + rowHeight - height);
}

/**
 * The cell that a key leads to; undefined for keys that lead nowhere.
 * @param key as in KeyboardEvent
 * @param far whether the control key is held: Home and End then go to the first and last cell of all.
 */
export function cellAfter(
  key: string,
  cell: number,
  { columns, cells, pageRows }: { readonly columns: number; readonly cells: number; readonly pageRows: number },
  far = false,
): number | undefined {
  const start = cell - (cell % columns);
  const within = (next: number) => Math.max(0, Math.min(cells - 1, next));
  /** Rows away in the same column; from the last whole row into a shorter one to its end. */
  const rowsAway = (rows: number) => {
    const next = cell + rows * columns;
    if (next < 0) return cell % columns;
    const lastRow = Math.floor((cells - 1) / columns);
    return next < cells ? next : Math.min(cells - 1, lastRow * columns + (cell % columns));
  };
  switch (key) {
    case 'ArrowRight':
      return within(cell + 1);
    case 'ArrowLeft':
      return within(cell - 1);
    case 'ArrowDown':
      return rowsAway(1);
    case 'ArrowUp':
      return rowsAway(-1);
    case 'PageDown':
      return rowsAway(Math.max(1, pageRows));
    case 'PageUp':
      return rowsAway(-Math.max(1, pageRows));
    case 'Home':
      return far ? 0 : start;
    case 'End':
      return far ? cells - 1 : within(start + columns - 1);
    default:
      return undefined;
  }
}
