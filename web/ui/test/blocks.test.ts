import { describe, expect, it } from 'vitest';

import { drawnTo, extended, filledFrom, headed, pasted } from '../src/grid/blocks';
import { inside, sizeOf } from '../src/grid/selection';
import type { CellEdit, Range, Source } from '../src/grid/types';
import { Flag } from '../src/grid/types';
import { draws } from './draws';

const ROWS = 12;
const COLS = 9;
/** A table whose cells hold their place, of which the first column and every fifth row cannot be changed. */
const closed = (r: number, c: number): boolean => c === 0 || r % 5 === 0;
const source = {
  rows: () => ROWS,
  cols: () => COLS,
  col: (c: number) => ({ title: `col ${c}` }),
  raw: (r: number, c: number) => (c === 0 ? `row ${r}` : String(r * 100 + c)),
  flags: (r: number, c: number) => (closed(r, c) ? Flag.readOnly : 0),
} as Partial<Source> as Source;
const places = (edits: readonly CellEdit[]): string[] => edits.map(({ r, c }) => `${r}:${c}`).sort();
const range = (top: number, left: number, bottom = top, right = left): Range => ({ top, left, bottom, right });

describe('a fill drawn by the corner', () => {
  const cases: Readonly<Record<string, readonly [at: readonly [number, number], want: Range | null]>> = {
    'within the range is none': [[3, 3], null],
    'goes down': [[6, 3], range(2, 2, 6, 4)],
    'goes up': [[0, 3], range(0, 2, 3, 4)],
    'goes right': [[2, 7], range(2, 2, 3, 7)],
    'goes left': [[2, 1], range(2, 1, 3, 4)],
    'goes the farther way': [[5, 8], range(2, 2, 3, 8)],
    'goes down where both are as far': [[5, 6], range(2, 2, 5, 4)],
  };
  for (const [name, [[r, c], want]] of Object.entries(cases)) it(name, () => expect(drawnTo(range(2, 2, 3, 4), { r, c })).toEqual(want));

  it('changes every open cell it adds to the range once, and no other', () => {
    const draw = draws(7);
    let edited = 0;
    for (let run = 0; run < 500; run += 1) {
      const top = draw.whole(0, ROWS - 1);
      const left = draw.whole(0, COLS - 1);
      const from = range(top, left, draw.whole(top, ROWS - 1), draw.whole(left, COLS - 1));
      const to = drawnTo(from, { r: draw.whole(0, ROWS - 1), c: draw.whole(0, COLS - 1) });
      if (!to) continue;
      const wanted: string[] = [];
      for (let r = to.top; r <= to.bottom; r += 1) for (let c = to.left; c <= to.right; c += 1) if (!inside(from, r, c) && !closed(r, c)) wanted.push(`${r}:${c}`);
      expect(places(extended(source, from, to))).toEqual(wanted.sort());
      edited += wanted.length;
    }
    expect(edited).toBeGreaterThan(1000);
  });

  it('goes on along the series of its lane', () => {
    expect(extended(source, range(1, 1, 2, 2), range(1, 1, 4, 2))).toEqual([{ r: 3, c: 1, raw: '301' }, { r: 4, c: 1, raw: '401' }, { r: 3, c: 2, raw: '302' }, { r: 4, c: 2, raw: '402' }]);
    expect(extended(source, range(3, 3, 3, 4), range(3, 1, 3, 4))).toEqual([{ r: 3, c: 2, raw: '302' }, { r: 3, c: 1, raw: '301' }]);
  });
});

describe('a block pasted', () => {
  const block = (rows: number, cols: number): string[][] => Array.from({ length: rows }, () => Array.from({ length: cols }, () => '7'));
  it('covers what of it lies within the table, and counts the rows that do not', () => {
    const found = pasted(source, block(4, 3), range(10, 7));
    expect(found?.covers).toEqual(range(10, 7, 11, 8));
    expect([found?.below, places(found?.edits ?? [])]).toEqual([2, ['10:7', '10:8', '11:7', '11:8']]);
  });
  it('fills a selection that is a multiple of it', () => expect(pasted(source, block(1, 2), range(1, 1, 3, 4))?.edits.length).toBe(12));
  it('leaves alone what it says nothing of', () => expect(places(pasted(source, [['7', ' ', '8']], range(1, 1))?.edits ?? [])).toEqual(['1:1', '1:3']));
  it('larger than the table is none', () => expect([pasted(source, block(ROWS + 1, 1), range(0, 0)), pasted(source, block(1, COLS + 1), range(0, 0))]).toEqual([null, null]));
});

describe('the first row or column', () => {
  it('goes to the rest of the selection', () => expect(filledFrom(source, range(1, 1, 3, 2), 'down')).toEqual([{ r: 2, c: 1, raw: '101' }, { r: 2, c: 2, raw: '102' }, { r: 3, c: 1, raw: '101' }, { r: 3, c: 2, raw: '102' }]));
  it('or the one before goes into a single one', () => expect(filledFrom(source, range(2, 3, 3, 3), 'right')).toEqual([{ r: 2, c: 3, raw: '202' }, { r: 3, c: 3, raw: '302' }]));
  it('has none before the first', () => expect(filledFrom(source, range(0, 2, 0, 4), 'down')).toEqual([]));
});

it('a copy with heads names its rows and columns, and its own first column once', () => {
  const whole = range(1, 0, 2, 2);
  expect(headed(source, whole)).toEqual([['col 0', 'col 1', 'col 2'], ['row 1', '101', '102'], ['row 2', '201', '202']]);
  expect(headed(source, { ...whole, left: 2 }).flat().length).toBe(sizeOf({ ...whole, bottom: 3, left: 1 }));
});
