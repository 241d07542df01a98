/** Where the cursor goes. Pure: the grid asks, draws and speaks. */
import type { GridAction } from './keys';
import type { Point, Range } from './types';

export interface Extent {
  readonly rows: number;
  readonly cols: number;
  readonly page: number;
  /** Whether a cell holds something, for jumps to an edge. */
  filled(r: number, c: number): boolean;
}

export function rangeOf(a: Point, b: Point): Range {
  return { top: Math.min(a.r, b.r), left: Math.min(a.c, b.c), bottom: Math.max(a.r, b.r), right: Math.max(a.c, b.c) };
}

export const inside = (range: Range, r: number, c: number): boolean => r >= range.top && r <= range.bottom && c >= range.left && c <= range.right;
export const sizeOf = (range: Range): number => (range.bottom - range.top + 1) * (range.right - range.left + 1);

const clamp = (value: number, top: number): number => Math.max(0, Math.min(value, top));

/** The point an action moves to; null when it does not move. */
export function moved(action: GridAction, from: Point, extent: Extent): Point | null {
  const bottom = extent.rows - 1;
  const right = extent.cols - 1;
  switch (action) {
    case 'up': return { r: clamp(from.r - 1, bottom), c: from.c };
    case 'down': return { r: clamp(from.r + 1, bottom), c: from.c };
    case 'left': return { r: from.r, c: clamp(from.c - 1, right) };
    case 'right': return { r: from.r, c: clamp(from.c + 1, right) };
    case 'edgeUp': return edge(from, -1, 0, extent);
    case 'edgeDown': return edge(from, 1, 0, extent);
    case 'edgeLeft': return edge(from, 0, -1, extent);
    case 'edgeRight': return edge(from, 0, 1, extent);
    case 'home': return { r: from.r, c: 0 };
    case 'end': return { r: from.r, c: right };
    case 'first': return { r: 0, c: 0 };
    case 'last': return { r: bottom, c: right };
    case 'pageUp': return { r: clamp(from.r - extent.page, bottom), c: from.c };
    case 'pageDown': return { r: clamp(from.r + extent.page, bottom), c: from.c };
    case 'next': return from.c < right ? { r: from.r, c: from.c + 1 } : { r: clamp(from.r + 1, bottom), c: from.r < bottom ? 0 : right };
    case 'previous': return from.c > 0 ? { r: from.r, c: from.c - 1 } : { r: clamp(from.r - 1, bottom), c: from.r > 0 ? right : 0 };
    default: return null;
  }
}

/** The end of the run of filled cells, or the next filled one, or the border. */
function edge(from: Point, dr: number, dc: number, extent: Extent): Point {
  const within = (r: number, c: number): boolean => r >= 0 && c >= 0 && r < extent.rows && c < extent.cols;
  let { r, c } = from;
  if (!within(r + dr, c + dc)) return from;
  const run = extent.filled(r, c) && extent.filled(r + dr, c + dc);
  do {
    r += dr;
    c += dc;
  } while (within(r + dr, c + dc) && (run ? extent.filled(r + dr, c + dc) : !extent.filled(r, c)));
  return { r, c };
}
