import { describe, expect, it } from 'vitest';

import { decimal, numberOf, rounded, steps, sumOf } from '../src/model/decimal';
import { filled, known, type FillCell } from '../src/model/fill';
import { fineDigits, spread, type Part } from '../src/model/spread';
import { draws } from './draws';

const open = (...weights: readonly number[]): Part[] => weights.map((weight) => ({ now: weight, fixed: false, weight }));
const held = (now: number): Part => ({ now, fixed: true, weight: now });

describe('decimals', () => {
  it.each([[0.1, 1n, 1], [-12.34, -1234n, 2], [1e21, 10n ** 21n, 0], [1e-7, 1n, 7], [1.5e-7, 15n, 8], [0, 0n, 0]])('%d is what it is written as', (value, digits, scale) => {
    expect(decimal(value)).toEqual({ digits, scale });
  });
  it('are added as on paper', () => expect(sumOf([0.1, 0.2, 0.3, -0.6])).toBe(0));
  it.each([[1.005, 2, 1.01], [-1.005, 2, -1.01], [2.5, 0, 3], [1.2, 2, 1.2], [99.999, 1, 100]])('%d rounds half away from zero to %d digits', (value, digits, want) => {
    expect(rounded(value, digits)).toBe(want);
  });
});

describe('a total is spread', () => {
  it.each([
    ['evenly, what is over to the first', 100, open(1, 1, 1), 2, [33.34, 33.33, 33.33]],
    ['by a profile', 200, open(10, 30, 60), 2, [20, 60, 120]],
    ['around a held cell', 100, [held(40), ...open(1, 2)], 2, [40, 20, 40]],
    ['in whole numbers, to those that lost most', 10, open(1, 1, 4), 0, [2, 2, 6]],
    ['to cells with no weight: nothing', 90, open(0, 3, 6), 2, [0, 30, 60]],
    ['as less than nothing', -100, open(1, 3), 2, [-25, -75]],
    ['by a profile below zero', 50, open(-10, -40), 2, [10, 40]],
    ['so that a held fraction of a cent is met', 1, [held(0.005), ...open(1, 1)], 2, [0.005, 0.505, 0.49]],
    ['as nothing at all', 0, open(5, 6), 2, [0, 0]],
    ['as nothing where nothing stands', 0, open(0, 0), 2, [0, 0]],
  ] as const)('%s', (_, total, cells, digits, want) => {
    expect(spread(total, cells, digits)).toEqual({ ok: true, parts: want });
  });
  it('as an average: so many times', () => expect(spread(0.8, [held(0.5), ...open(1, 1, 1)], 6, 4)).toEqual({ ok: true, parts: [0.5, 0.9, 0.9, 0.9] }));
  it.each([
    ['all is held', 100, [held(3), held(4)], 'all_fixed'],
    ['what is held is more already', 100, [held(101), ...open(1)], 'over'],
    ['what is held is less than a loss', -100, [held(-101), ...open(1)], 'over'],
    ['nothing tells how', 100, open(0, 0), 'no_weight'],
    ['the profile adds up to nothing', 100, open(5, -5), 'no_weight'],
  ] as const)('not where %s', (_, total, cells, trouble) => expect(spread(total, cells, 2)).toEqual({ ok: false, trouble }));

  it('so that the parts are the total to the last digit, and no held cell moves', () => {
    const draw = draws(20270301);
    for (let round = 0; round < 1000; round += 1) {
      const digits = draw.whole(0, 4);
      const cells = Array.from({ length: draw.whole(1, 24) }, (): Part => {
        const fixed = draw.whole(0, 3) === 0;
        const now = rounded(draw.between(0, 10 ** draw.whole(0, 9)), fixed ? digits : 6);
        return { now, fixed, weight: draw.whole(0, 5) === 0 ? 0 : draw.between(0, 1000) };
      });
      const total = rounded(draw.between(0, 10 ** draw.whole(1, 10)), digits);
      const made = spread(total, cells, digits);
      const sum = sumOf(cells.filter((cell) => cell.fixed).map((cell) => cell.now));
      if (!made.ok) {
        if (made.trouble === 'all_fixed') expect(cells.every((cell) => cell.fixed)).toBe(true);
        if (made.trouble === 'over') expect(sum).toBeGreaterThan(total);
        if (made.trouble === 'no_weight') expect(cells.every((cell) => cell.fixed || cell.weight === 0)).toBe(true);
        continue;
      }
      const all = made.parts.reduce((sofar, part) => sofar + steps(decimal(part), 12), 0n);
      expect(numberOf(all, 12)).toBe(total);
      const weight = sumOf(cells.map((cell) => (cell.fixed ? 0 : cell.weight)));
      cells.forEach((cell, i) => {
        const part = made.parts[i] ?? NaN;
        if (cell.fixed) expect(part).toBe(cell.now);
        else {
          expect(decimal(part).scale).toBeLessThanOrEqual(digits);
          const share = weight === 0 ? 0 : ((total - sum) * cell.weight) / weight;
          expect(Math.abs(part - share)).toBeLessThanOrEqual(10 ** -digits * (1 + 1e-6) + Math.abs(share) * 1e-9);
        }
      });
    }
  });
  it('with about twelve digits where none are named', () => {
    expect([fineDigits([1234567]), fineDigits([0.5]), fineDigits([0]), fineDigits([1e-9])]).toEqual([5, 12, 0, 15]);
  });
});

const run = (...values: readonly (number | undefined)[]): FillCell[] => values.map((now, i) => ({ now, lastYear: now === undefined ? undefined : 100 * (i + 1) }));

describe('a run is filled', () => {
  it.each([
    ['with its first value', 'copy', 0, run(7, 8, undefined), [7, 7, 7]],
    ['with one value', 'constant', 5, run(1, undefined), [5, 5]],
    ['as a series of the first two', 'series', 2, run(10, 12, 99, undefined), [10, 12, 14, 16]],
    ['as the line through three', 'series', 3, run(1, 2, 4, undefined), [1, 2, 4, 5.33]],
    ['growing month by month', 'growth', 0.1, run(100, 1, 1), [100, 110, 121]],
    ['as a year before, and more', 'last_year', 0.05, run(1, undefined, 3), [105, undefined, 315]],
    ['with more', 'add', 2.5, run(1, undefined), [3.5, undefined]],
    ['larger', 'scale', -0.5, run(10, undefined), [5, undefined]],
  ] as const)('%s', (_, method, by, cells, want) => expect(filled(cells, { method, by, digits: 2 })).toEqual(want));
  it('with no noise of twelve digits', () => expect(filled(run(0.1), { method: 'add', by: 0.2, digits: undefined })).toEqual([0.3]));
  it('from nothing with nothing', () => expect(filled(run(undefined, 4), { method: 'growth', by: 0.1, digits: 2 })).toEqual([undefined, undefined]));
  it('from the cells before the first empty one', () => expect([known(run(1, 2, 3, undefined)), known(run(1, 2, 3)), known(run(1, undefined, 3)), known(run(1))]).toEqual([3, 2, 2, 1]));
  it('in every cell, whatever the numbers', () => {
    const draw = draws(7);
    for (let round = 0; round < 60; round += 1) {
      const cells = Array.from({ length: draw.whole(2, 60) }, () => ({ now: draw.between(-1e6, 1e6), lastYear: draw.between(-1e6, 1e6) }));
      for (const method of ['copy', 'series', 'growth', 'last_year', 'add', 'scale', 'constant'] as const) {
        const by = method === 'series' ? draw.whole(2, cells.length) : draw.between(-0.1, 0.1);
        const values = filled(cells, { method, by, digits: 2 });
        expect(values).toHaveLength(cells.length);
        expect(Math.max(...values.map((value) => decimal(value ?? NaN).scale))).toBeLessThanOrEqual(2);
      }
    }
  });
});
