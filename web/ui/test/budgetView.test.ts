/** What the budget shows besides its cells: subtotals, filters, columns, trends. */
import { describe, expect, it } from 'vitest';

import type { LineResult } from '../src/api/types';
import { columnsOf, PLAIN, readColumns, trendPoints, writeColumns } from '../src/model/columns';
import type { Entry, Line, PlanDocument } from '../src/model/document';
import { ranked } from '../src/model/document';
import { filtered, readFilter, says, writeFilter } from '../src/model/filter';
import { apply } from '../src/model/patch';
import { sheetRows } from '../src/model/sheet';
import { dependencies, groupFigure, subtotalOf } from '../src/model/subtotal';
import { plot } from '../src/screens/budget/plot';

const plan = (lines: Readonly<Record<string, Line>>, more: Partial<PlanDocument['budget'] & object> = {}): PlanDocument => ({ budget: { groups: { g: { code: 'g' } }, lines, ...more } });
const line = (unit: string, more: Line = {}): Line => ({ group: 'g', unit, rollup: 'sum', values: {}, ...more });
const told = (document: PlanDocument): string => {
  const lines = ranked(document.budget?.lines).filter(({ item }) => item.group === 'g');
  const found = subtotalOf(lines, dependencies(document), (entry) => entry.item.unit ?? '', 'CNY');
  return found === null ? 'none' : `${found.kind} ${found.lines.map((entry) => entry.id).join('+')}`;
};

describe('the row of a group', () => {
  const cases: readonly (readonly [string, PlanDocument, string])[] = [
    ['adds lines of one unit', plan({ a: line('CNY'), b: line('CNY') }), 'sum a+b'],
    ['does not add different units', plan({ a: line('CNY'), b: line('contact') }), 'none'],
    ['does not add what does not add up', plan({ a: line('%', { rollup: 'average' }), b: line('%', { rollup: 'average' }) }), 'none'],
    ['adds money without a stated roll-up', plan({ a: { group: 'g', unit: 'CNY' }, b: line('CNY') }), 'sum a+b'],
    ['does not add people', plan({ a: { group: 'g', unit: 'person' }, b: { group: 'g', unit: 'person' } }), 'none'],
    ['shows the one line the others lead to', plan({ a: line('CNY'), b: line('CNY'), c: line('CNY', { formula: 'a + b' }) }), 'top c'],
    ['shows it whatever its unit', plan({ a: line('contact'), b: line('%', { rollup: 'average', formula: 'a / 7' }) }), 'top b'],
    ['does not choose between two', plan({ a: line('CNY'), b: line('CNY', { formula: 'a' }), c: line('CNY', { formula: 'a' }) }), 'none'],
    ['sees through lines of other groups', plan({ a: line('CNY'), x: { group: 'h', formula: 'a * 2' }, b: line('CNY', { formula: 'x' }) }), 'top b'],
    ['sees through parts of the model', plan({ a: line('CNY'), b: line('CNY', { formula: 'pay_of(policy)' }) }, { staffing: { policy: { code: 'policy', base: 'a' } } }), 'top b'],
    ['sees the formulas of scenarios', { ...plan({ a: line('CNY'), b: line('CNY') }), scenarios: { s: { changes: { one: { line: 'b', formula: 'a * 2' } } } } }, 'top b'],
    ['is empty for one line alone', plan({ a: line('CNY') }), 'none'],
  ];
  for (const [what, document, want] of cases) it(what, () => expect(told(document)).toBe(want));

  const result = (errors: LineResult['errors'] = []): LineResult => ({ unit: 'CNY', by: [], values: [], total: null, errors });
  const failed = (key: string): LineResult['errors'] => [{ key, args: {}, member: [], month: '2027-01', cause: 'a', cause_month: '' }];
  const figures: readonly (readonly [string, Parameters<typeof groupFigure>[0], unknown])[] = [
    ['adds in full precision', [{ value: 0.125, result: result(), month: '2027-01' }, { value: 2, result: result(), month: '2027-01' }], { value: 2.125 }],
    ['is not shown when one of them is not', [{ value: 1, result: result(), month: '2027-01' }, { value: null, result: result(failed('rights.withheld')), month: '2027-01' }], 'withheld'],
    ['is an error when one of them is', [{ value: null, result: result(failed('formula.divide')), month: '2027-01' }, { value: 1, result: result(), month: '2027-01' }], { error: 'formula.divide' }],
    ['is unknown without results', [{ value: undefined, result: undefined, month: '2027-01' }], null],
  ];
  for (const [what, parts, want] of figures) it(what, () => expect(groupFigure(parts)).toEqual(want));
});

describe('a filter', () => {
  it('is read from the address and written to it', () => {
    for (const text of ['errors,mine', 'changed,~pay, 100%', '~=a,b', undefined]) expect(writeFilter(readFilter(text))).toBe(text);
    expect(readFilter('mine,nonsense,~x')).toEqual({ text: 'x', marks: ['mine'] });
  });
  const document = plan({ a: line('CNY', { code: 'base_pay', name: { en: 'Base pay', zh: '基本工资' } }), b: line('CNY', { name: { en: 'Bonus', zh: '奖金' } }), c: { unit: 'CNY', name: { en: 'Loose pay', zh: '其他' } } });
  const entry = (id: string): Entry<Line> => ({ id, item: document.budget?.lines?.[id] ?? {} });
  it('finds code, Chinese and English names', () => {
    expect(['BASE_', '工资', 'base p', ' pay ', 'Ｂase', 'bonus'].map((text) => says(entry('a'), text))).toEqual([true, true, true, true, true, false]);
  });
  const none = { changed: new Set<string>(), errors: new Set<string>(), comments: new Set<string>(), mine: new Set<string>() };
  const left = (param: string, marked = none): string[] => filtered(sheetRows(document, new Set()), readFilter(param), marked).map((row) => row.id);
  it('keeps the heads of groups in which something is left', () => {
    expect(left('~pay')).toEqual(['group:g', 'line:a', 'line:c']);
    expect(left('~其他')).toEqual(['line:c']);
    expect(left('mine', { ...none, mine: new Set(['b']) })).toEqual(['group:g', 'line:b']);
    expect(left('mine,~pay', { ...none, mine: new Set(['b']) })).toEqual([]);
  });
});

describe('columns', () => {
  it('are read from the address and written to it', () => {
    const params = { cols: 'quarter,trend,last', with: 'growth,lean' };
    expect(writeColumns(readColumns(params))).toEqual(params);
    expect(writeColumns(PLAIN)).toEqual({ cols: undefined, with: undefined });
    expect(readColumns({ with: 'a,,a' }).with).toEqual(['a']);
  });
  const kinds = (choice: Partial<typeof PLAIN>, open = 'base'): string => columnsOf({ ...PLAIN, ...choice }, ['2027-01', '2027-02'], ['2027-Q1'], open).map((column) => column.kind).join(' ');
  it('begin with name, unit and total, then the months', () => {
    expect(kinds({})).toBe('name unit total month month');
    expect(kinds({ trend: true, last: true })).toBe('name unit total last trend month month');
  });
  it('have other scenarios beside the total, and beside each month when asked', () => {
    expect(kinds({ with: ['growth'] })).toBe('name unit total other delta month month');
    expect(kinds({ with: ['growth'], each: true })).toBe('name unit total other delta month other delta month other delta');
    expect(kinds({ with: ['growth'] }, 'growth')).toBe('name unit total month month');
  });
  it('have quarters in the place of months', () => expect(kinds({ step: 'quarter' })).toBe('name unit total bucket'));
  it('draw a trend through the figures there are', () => {
    expect(trendPoints([1, 2, 3])).toBe('0,18 50,10 100,2');
    expect(trendPoints([5, null, 5])).toBe('0,10 100,10');
    expect(trendPoints([null, 1])).toBeNull();
  });
});

it('a chart of a line has round ticks around its figures', () => {
  const made = plot([{ name: 'a', figures: [3, 9, 14] }], 400, 160);
  expect(made?.ticks.map((tick) => tick.value)).toEqual([0, 5, 10, 15]);
  expect([made?.least, made?.most, made?.paths.length]).toEqual([3, 14, 1]);
  expect(plot([{ name: 'a', figures: [1, null, null] }], 400, 160)).toBeNull();
});

it('a patch of many cells leaves the tree it came from as it was', () => {
  const tree = { lines: { a: { values: { one: 1 } }, b: { values: { one: 1 } } } };
  const kept = structuredClone(tree);
  const next = apply(tree, [{ op: 'replace', path: '/lines/a/values/one', value: 2 }, { op: 'add', path: '/lines/a/values/two', value: 3 }, { op: 'remove', path: '/lines/b' }, { op: 'add', path: '/lines/c', value: { values: { one: 4 } } }, { op: 'replace', path: '/lines/c/values/one', value: 5 }]);
  expect(next).toEqual({ lines: { a: { values: { one: 2, two: 3 } }, c: { values: { one: 5 } } } });
  expect(tree).toEqual(kept);
});
