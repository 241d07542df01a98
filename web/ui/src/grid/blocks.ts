/** What is done to many cells at once, as edits: copies, pastes and fills. Pure, but for what it reads of the source. */
import { tiled, type Cells } from './clipboard';
import { continued } from './fill';
import { inside } from './selection';
import type { CellEdit, Point, Range, Source } from './types';
import { Flag } from './types';

/** More cells than this are better imported than pasted. */
export const MOST_PASTED = 20_000;

/** The texts of a range, with every digit. */
export function textsIn(source: Source, { top, left, bottom, right }: Range): string[][] {
  return Array.from({ length: bottom - top + 1 }, (_, i) => Array.from({ length: right - left + 1 }, (__, j) => source.raw(top + i, left + j)));
}

/** A range with the names of its rows and the heads of its columns. */
export function headed(source: Source, range: Range): string[][] {
  const from = Math.max(range.left, 1);
  const heads = Array.from({ length: range.right - from + 1 }, (_, j) => source.col(from + j).title);
  const body = textsIn(source, { ...range, left: from });
  return [[source.col(0).title, ...heads], ...body.map((row, i) => [source.raw(range.top + i, 0), ...row])];
}

const locked = (source: Source, r: number, c: number): boolean => (source.flags(r, c) & Flag.readOnly) !== 0;

/** The cells of a range that can be changed. */
export function editable(source: Source, { top, left, bottom, right }: Range): Point[] {
  const points: Point[] = [];
  for (let r = top; r <= bottom; r += 1) for (let c = left; c <= right; c += 1) if (!locked(source, r, c)) points.push({ r, c });
  return points;
}

/** What a block comes to that is pasted over a range. */
export interface Pasted {
  readonly edits: readonly CellEdit[];
  /** How many of its rows lie below the last one. */
  readonly below: number;
  /** What it covers of the table. */
  readonly covers: Range;
}

/** The block is repeated over a range that is a multiple of it; null where it is larger than the table or than one paste may be. */
export function pasted(source: Source, block: Cells, range: Range): Pasted | null {
  const rows = source.rows();
  const cols = source.cols();
  if (block.length > rows || widthOf(block) > cols || block.length * widthOf(block) > MOST_PASTED) return null;
  const cells = tiled(block, range.bottom - range.top + 1, range.right - range.left + 1);
  const edits = cells.flatMap((row, i) => row.map((raw, j) => ({ r: range.top + i, c: range.left + j, raw })))
    .filter((edit) => edit.r < rows && edit.c < cols && edit.raw.trim() !== '');
  return {
    edits,
    below: Math.max(0, range.top + cells.length - rows),
    covers: { top: range.top, left: range.left, bottom: Math.min(range.top + cells.length, rows) - 1, right: Math.min(range.left + widthOf(cells), cols) - 1 },
  };
}

/** How wide a block is. */
export const widthOf = (block: Cells): number => Math.max(0, ...block.map((row) => row.length));

/** The first row or column of a range goes to the rest of it; into a single one goes the one before. */
export function filledFrom(source: Source, range: Range, way: 'down' | 'right'): CellEdit[] {
  const down = way === 'down';
  const single = down ? range.top === range.bottom : range.left === range.right;
  const first = (down ? range.top : range.left) - (single ? 1 : 0);
  if (first < 0) return [];
  return editable(source, range)
    .filter((at) => (down ? at.r : at.c) !== first)
    .map((at) => ({ ...at, raw: down ? source.raw(first, at.c) : source.raw(at.r, first) }));
}

/** The range a fill drawn to a cell covers: along rows or columns, whichever is farther; null within the range itself. */
export function drawnTo(range: Range, at: Point): Range | null {
  if (inside(range, at.r, at.c)) return null;
  const down = Math.max(at.r - range.bottom, range.top - at.r);
  const across = Math.max(at.c - range.right, range.left - at.c);
  return down >= across
    ? { ...range, top: Math.min(range.top, at.r), bottom: Math.max(range.bottom, at.r) }
    : { ...range, left: Math.min(range.left, at.c), right: Math.max(range.right, at.c) };
}

/** The edits that continue a range into a larger one. */
export function extended(source: Source, from: Range, to: Range): CellEdit[] {
  const edits: CellEdit[] = [];
  const vertical = to.top !== from.top || to.bottom !== from.bottom;
  const lanes = vertical ? from.right - from.left + 1 : from.bottom - from.top + 1;
  const cells = textsIn(source, from);
  for (let lane = 0; lane < lanes; lane += 1) {
    const texts = vertical ? cells.map((row) => row[lane] ?? '') : (cells[lane] ?? []);
    const back = vertical ? from.top - to.top : from.left - to.left;
    const count = back > 0 ? back : vertical ? to.bottom - from.bottom : to.right - from.right;
    continued(texts, count, back > 0).forEach((raw, i) => {
      const along = back > 0 ? (vertical ? from.top : from.left) - 1 - i : (vertical ? from.bottom : from.right) + 1 + i;
      const at = vertical ? { r: along, c: from.left + lane } : { r: from.top + lane, c: along };
      if (!locked(source, at.r, at.c)) edits.push({ ...at, raw });
    });
  }
  return edits;
}

/** The corners of a range: where the cursor stands, and the other one. */
export const corners = (range: Range): readonly [Point, Point] => [{ r: range.top, c: range.left }, { r: range.bottom, c: range.right }];
