import { describe, expect, it } from 'vitest';

import type { LineResult } from '../src/api/types';
import { Flag } from '../src/grid/types';
import { type Deeds, type Sheet } from '../src/model/budgetSheet';
import { budgetSource, subtotalAt } from '../src/model/budgetSource';
import { scenarioOf } from '../src/model/cells';
import { linesByCode, monthsOf, ranked, type PlanDocument } from '../src/model/document';
import { addGroup, addLine, codeFault, codeFrom, duplicateLine, freeCode, groupOf, lineInto, linesIn, moveGroup, moveLine, removeGroup, removeLine, takenCodes, usesOf, valuesOf } from '../src/model/lines';
import { apply, at } from '../src/model/patch';
import { cellsOf, placeOf, putFigures, putHeld, takesTotal, targetOf } from '../src/model/places';
import { rankBetween, ranks } from '../src/model/rank';
import { rollupOf, weighedBy } from '../src/model/rollup';
import { sheetRows } from '../src/model/sheet';
import { byLine, byMonth, planOf, totalNow, unfit, weights, type Facts } from '../src/model/spreading';
import { Formats } from '../src/lib/num';
import { draws } from './draws';
import { telecom } from './fixture/telecom';

describe('a rank between two', () => {
  // The same table as the server makes it.
  it.each([
    ['', '', 'V'], ['V', '', 'W'], ['', 'V', 'U'], ['V', 'W', 'VV'], ['V', 'V1', 'V0V'], ['V', 'VV', 'VF'], ['z', '', 'z1'], ['zz', '', 'zz1'],
    ['', '1', '0z'], ['', '01', '00z'], ['A', 'C', 'B'], ['A', 'B', 'AV'], ['a', 'A', 'aV'], ['V', 'V', 'VV'], ['9', 'A', '9V'], ['1z', '2', '1zV'],
    ['x-', 'y', 'xV'], ['人', '', '人1'], ['Vz', 'W', 'VzV'],
  ])('%j and %j is %j', (a, b, want) => expect(rankBetween(a, b)).toBe(want));
  it('sorts between them, however often one is made', () => {
    const draw = draws(3);
    const list = [...ranks(3)];
    for (let i = 0; i < 400; i += 1) {
      const place = draw.whole(0, list.length);
      const rank = rankBetween(list[place - 1] ?? '', list[place] ?? '');
      expect(rank > (list[place - 1] ?? '') && (place === list.length || rank < (list[place] ?? ''))).toBe(true);
      list.splice(place, 0, rank);
    }
  });
  it('many are spread evenly', () => expect([ranks(1), ranks(3), ranks(62).slice(0, 3), ranks(100).at(-1)]).toEqual([['V'], ['F', 'V', 'k'], ['0z', '1y', '2x'], 'zN']));
});

describe('a code', () => {
  it.each([['Contacts per customer', 'contacts_per_customer'], ['呼叫量（语音）', '呼叫量_语音'], ['2027 plan', '_2027_plan'], ['  ', ''], ['ＡＨＴ', 'aht']])('of %j is %j', (name, code) => expect(codeFrom(name)).toBe(code));
  const plan = telecom();
  it.each([['calls_2', null], ['呼叫量', null], ['', 'empty'], ['two words', 'form'], ['1st', 'form'], ['workdays', 'word'], ['aht', 'taken']] as const)('%j: %s', (code, fault) => expect(codeFault(code, plan, null)).toBe(fault));
  it('may be the line’s own', () => expect(codeFault('aht', plan, 'aht')).toBeNull());
  it('gets a number where it is taken', () => expect([freeCode('aht', takenCodes(plan)), freeCode('new', takenCodes(plan)), freeCode('month', takenCodes(plan))]).toEqual(['aht_2', 'new', 'month_2']));
});

const small: PlanDocument = {
  plan: { currency: 'CNY' },
  budget: {
    calendar: { start: '2027-01', months: 3 },
    dimensions: { queue: { code: 'queue', members: { voice: { code: 'voice', rank: 'a' }, chat: { code: 'chat', rank: 'b' } } } },
    groups: { one: { code: 'one', rank: 'A' }, two: { code: 'two', rank: 'B' } },
    lines: {
      a: { code: 'a', group: 'one', rank: '1', unit: 'CNY', rollup: 'sum', values: { '2027-01': 10, '2027-02': 20, '2027-03': 30 } },
      b: { code: 'b', group: 'one', rank: '2', unit: 'contact', by: ['queue'], rollup: 'sum', values: { voice: { '2027-01': 90, '2027-02': 90, '2027-03': 90 }, chat: { '2027-01': 10, '2027-02': 10, '2027-03': 10 } } },
      c: { code: 'c', group: 'one', rank: '3', formula: 'a * 2' },
      d: { code: 'd', group: 'two', rank: '2', unit: 'second/contact', rollup: 'weighted(b)', values: { '2027-01': 1 } },
      e: { code: 'e', unit: '%', values: { '2027-01': 0.1, '2027-02': 0.2, '2027-03': 0.3 } },
    },
  },
  scenarios: { more: { code: 'more', rank: 'V', changes: { c1: { line: 'a', scale: 2 } }, cells: { a: { '2027-01': 5 } } } },
  okr: { objectives: { o: { key_results: { k: { line: 'a', name: { en: 'Less' } } } } } },
};

describe('lines', () => {
  const order = (document: PlanDocument, group = 'one'): string[] => linesIn(document, group).map(({ id }) => id);
  it('go up and down in their group', () => {
    const down = apply(small, moveLine(small, 'a', 1) ?? []);
    expect(order(down)).toEqual(['b', 'a', 'c']);
    expect(order(apply(down, moveLine(down, 'a', -1) ?? []))).toEqual(['a', 'b', 'c']);
    expect([moveLine(small, 'a', -1), moveLine(small, 'c', 1)]).toEqual([null, null]);
  });
  it('go anywhere, whatever their ranks were', () => {
    const draw = draws(11);
    for (let round = 0; round < 60; round += 1) {
      const ids = Array.from({ length: draw.whole(2, 9) }, (_, i) => `l${i}`);
      let document: PlanDocument = { budget: { lines: Object.fromEntries(ids.map((id) => [id, draw.whole(0, 2) === 0 ? {} : { rank: ['V', 'V', 'W', 'VV'][draw.whole(0, 3)] ?? '' }])) } };
      for (let i = 0; i < 8; i += 1) {
        const before = order(document, '');
        const from = draw.whole(0, before.length - 1);
        const step = draw.whole(0, 1) === 0 ? 1 : -1;
        const patch = moveLine(document, before[from] ?? '', step);
        expect(patch === null).toBe(from + step < 0 || from + step >= before.length);
        document = apply(document, patch ?? []);
        const wanted = [...before];
        if (patch) [wanted[from], wanted[from + step]] = [before[from + step] ?? '', before[from] ?? ''];
        expect(order(document, '')).toEqual(wanted);
      }
    }
  });
  it('are added below another one, or at the end of their group', () => {
    const below = addLine(small, { code: 'n', group: 'one', formula: '1' }, 'a');
    expect(order(apply(small, below.patch))).toEqual(['a', below.id, 'b', 'c']);
    const last = addLine(small, { code: 'n', group: 'two' }, 'a');
    expect(order(apply(small, last.patch), 'two')).toEqual(['d', last.id]);
    expect(apply(small, last.patch).budget?.lines?.[last.id]).toEqual({ code: 'n', group: 'two', rank: '3' });
  });
  it('are doubled with all they have but their code', () => {
    const made = duplicateLine(small, 'b', (name) => `${name} 2`);
    const after = apply(small, made.patch);
    expect(after.budget?.lines?.[made.id]).toMatchObject({ code: 'b_2', by: ['queue'], values: small.budget?.lines?.['b']?.values });
    expect(order(after)).toEqual(['a', 'b', made.id, 'c']);
  });
  it('go to the end of another group', () => {
    const after = apply(small, lineInto(small, 'a', 'two'));
    expect([order(after), order(after, 'two')]).toEqual([['b', 'c'], ['d', 'a']]);
    expect(groupOf(apply(small, lineInto(small, 'a', '')), { group: '' })).toBe('');
  });
  it('tell who would miss them', () => {
    expect(usesOf(small, 'a')).toMatchObject({ lines: [{ id: 'c' }], changes: 1, results: [{ en: 'Less' }], decides: false });
    expect(usesOf(small, 'b').lines.map(({ id }) => id)).toEqual(['d']);
  });
  it('go with all that is about them', () => {
    const after = apply(small, removeLine(small, 'a'));
    expect([after.budget?.lines?.['a'], after.scenarios?.['more']?.changes, after.scenarios?.['more']?.cells]).toEqual([undefined, {}, {}]);
    expect(after.budget?.lines?.['c']).toBeDefined();
  });
  it('have their values cell by cell', () => {
    expect(valuesOf([[]], ['2027-01', '2027-02'], () => 4)).toEqual({ '2027-01': 4, '2027-02': 4 });
    expect(valuesOf([['x', 'y'], ['x', 'z']], ['2027-01'], ([, last]) => (last === 'y' ? 1 : null))).toEqual({ x: { y: { '2027-01': 1 }, z: {} } });
  });
});

describe('groups', () => {
  it('are added, moved and taken away', () => {
    const made = addGroup(small, { en: 'New one', zh: '新组' }, 'one');
    const after = apply(small, made.patch);
    expect(ranked(after.budget?.groups).map(({ id }) => id)).toEqual(['one', made.id, 'two']);
    expect(after.budget?.groups?.[made.id]).toMatchObject({ code: 'new_one', name: { zh: '新组' } });
    expect(ranked(apply(small, moveGroup(small, 'two', -1) ?? []).budget?.groups).map(({ id }) => id)).toEqual(['two', 'one']);
    const gone = apply(small, removeGroup(small, 'two'));
    expect([gone.budget?.groups?.['two'], gone.budget?.lines?.['d']?.group]).toEqual([undefined, undefined]);
  });
});

describe('roll-ups', () => {
  it.each([['CNY', 'sum'], ['USD', 'sum'], ['contact', 'sum'], ['hours', 'sum'], ['person', 'average'], ['CNY/person', 'average'], ['%', 'average'], ['', 'average'], ['month', 'average']] as const)('of %j: %s', (unit, want) => expect(rollupOf({}, unit, 'CNY')).toBe(want));
  it('as stated', () => expect([rollupOf({ rollup: 'last' }, 'CNY', 'CNY'), rollupOf({ rollup: 'weighted( b )' }, '', 'CNY'), weighedBy('weighted( b )')]).toEqual(['last', 'weighted', 'b']));
});

const figures = (...values: readonly (number | null)[]): LineResult => ({ unit: 'CNY', by: [], values, total: null, errors: [] });
function sheetOf(document: PlanDocument, scenario = 'base', results: Readonly<Record<string, LineResult>> = {}): Sheet {
  return {
    document, served: document, scenario: scenarioOf(document, scenario), rows: sheetRows(document, new Set()), months: monthsOf(document), results, pending: new Set(),
    money: { key: 'one', shift: 0 }, currency: 'CNY', lang: 'en', formats: new Formats('en'), narrow: false, lock: () => null,
  };
}
const rowOf = (sheet: Sheet, id: string) => {
  const row = sheet.rows.find((one) => one.id === id);
  if (!row) throw new Error(id);
  return row;
};
const facts: Facts = { workdays: (month) => ({ '2027-01': 20, '2027-02': 15, '2027-03': 25 })[month], yearBefore: () => undefined };
const options = { currency: 'CNY', whole: false };

describe('what a total is spread over', () => {
  const sheet = sheetOf(small);
  it.each([['line:c', 'formula'], ['line:d', 'weighted'], ['group:one', 'group_none']])('not %s: %s', (id, why) => expect(targetOf(sheet, rowOf(sheet, id), sheet.months)).toBe(why));
  it('is offered where it can be done', () => expect(['line:a', 'line:b', 'line:b/voice', 'line:c', 'line:d', 'line:e', 'group:one'].filter((id) => takesTotal(sheet, rowOf(sheet, id)))).toEqual(['line:a', 'line:b', 'line:b/voice', 'line:e']));
  it('is not offered to whom no cell is open', () => expect(takesTotal({ ...sheet, lock: () => 'rights' }, rowOf(sheet, 'line:b'))).toBe(false));

  const target = (one: Sheet, id: string, months: readonly string[] = one.months) => {
    const found = targetOf(one, rowOf(one, id), months);
    if (typeof found === 'string') throw new Error(found);
    return found;
  };
  it('holds cells back that are held, in every scenario', () => {
    const [jan] = cellsOf(sheet, rowOf(sheet, 'line:a'), sheet.months);
    if (!jan) throw new Error();
    const document = apply(small, putHeld(small, [jan], true));
    expect(at(document, '/budget/lines/a/held/2027-01')).toBe(true);
    for (const scenario of ['base', 'more']) expect(placeOf(sheetOf(document, scenario), jan).fixed).toBe('held');
    const plan = planOf(target(sheetOf(document), 'line:a'), 110, 'profile', facts, options);
    expect([plan.figures, plan.keeps, plan.changes, [...plan.kept]]).toEqual([[10, 40, 60], 10, 2, [['held', 1]]]);
    expect(apply(document, putHeld(document, [jan], false)).budget?.lines?.['a']).toMatchObject({ held: {} });
  });
  it('leaves cells alone that a change moves again', () => {
    const moved = sheetOf(small, 'base', { a: figures(10, 40, 30) });
    expect(target(moved, 'line:a').places.map(({ fixed, now }) => [fixed, now])).toEqual([[null, 10], ['moved', 40], [null, 30]]);
  });
  it('leaves months alone that are closed by actuals', () => {
    const document = { ...small, actuals: { a: { '2027-01': 7 } }, scenarios: { more: { ...small.scenarios?.['more'], actuals_through: '2027-02' } } } as PlanDocument;
    expect(target(sheetOf(document, 'more', { a: figures(7, 20, 30) }), 'line:a').places.map(({ fixed }) => fixed)).toEqual(['closed', null, null]);
  });
  it('of a line with members: each member keeps its share', () => {
    const whole = target(sheet, 'line:b');
    expect(totalNow(whole)).toBe(300);
    expect(planOf(whole, 600, 'even', facts, options).figures).toEqual([180, 180, 180, 20, 20, 20]);
    expect(planOf(whole, 600, 'workdays', facts, options).figures).toEqual([180, 135, 225, 20, 15, 25]);
    expect(planOf(target(sheet, 'line:b', ['2027-02']), 50, 'profile', facts, options).figures).toEqual([45, 5]);
    expect(planOf(target(sheet, 'line:b', ['2027-02']), 50, 'even', facts, options).figures).toEqual([25, 25]);
  });
  it('of an average: so that it comes out', () => {
    const share = target(sheet, 'line:e');
    expect([share.rule, totalNow(share)]).toEqual(['average', 0.2]);
    expect(planOf(share, 0.25, 'even', facts, options).figures).toEqual([0.25, 0.25, 0.25]);
    expect(planOf(share, 0.4, 'profile', facts, options).figures).toEqual([0.2, 0.4, 0.6]);
    expect(byMonth(share, [0.1, 0.2, 0.3]).map(({ now }) => now)).toEqual([0.1, 0.2, 0.3]);
  });
  it('by the seasons of the year before', () => {
    const document = { ...small, history: { a: { '2026-01': 1, '2026-02': 1, '2026-03': 2 } } } as PlanDocument;
    const past = sheetOf(document);
    const asked: Facts = { ...facts, yearBefore: ({ ref }) => at(document, `/history/a/${ref.month.replace('2027', '2026')}`) as number };
    expect(unfit(target(past, 'line:a'), 'season', asked)).toBeNull();
    expect(planOf(target(past, 'line:a'), 100, 'season', asked, options).figures).toEqual([25, 25, 50]);
  });
  it('says which ways have no meaning', () => {
    expect(unfit(target(sheet, 'line:a'), 'season', facts)).toBe('no_history');
    expect(unfit(target(sheet, 'line:a'), 'workdays', { ...facts, workdays: () => undefined })).toBe('no_calendar');
    expect(unfit(target(sheet, 'line:b', ['2027-01']), 'workdays', facts)).toBe('one_month');
    expect(unfit(target(sheet, 'line:e'), 'workdays', facts)).toBe('average');
  });
  it('evenly where nothing stands yet', () => {
    const empty = sheetOf({ ...small, budget: { ...small.budget, lines: { a: { code: 'a', unit: 'CNY', rollup: 'sum' } } } });
    expect(weights(target(empty, 'line:a'), 'even', facts)).toEqual([1, 1, 1]);
    expect(planOf(target(empty, 'line:a'), 100, 'even', facts, options).figures).toEqual([33.34, 33.33, 33.33]);
    expect(planOf(target(empty, 'line:a'), 100, 'profile', facts, options).trouble).toBe('no_weight');
    expect(planOf(target(empty, 'line:a'), 100, 'even', facts, { ...options, whole: true }).figures).toEqual([34, 33, 33]);
  });
});

it('figures go where an edit of each cell goes', () => {
  const sheet = sheetOf(small, 'more');
  const line = linesByCode(small).get('a');
  if (!line) throw new Error();
  const after = apply(small, putFigures(sheet, [[{ line, member: [], month: '2027-01' }, 7], [{ line, member: [], month: '2027-02' }, 8]]));
  expect(after.scenarios?.['more']?.cells?.['a']).toEqual({ '2027-01': 7, '2027-02': 8 });
});

describe('a group’s total', () => {
  const MONTHS = ['2027-01', '2027-02', '2027-03'];
  const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
  type Cells = Readonly<Record<string, readonly number[]>>;
  /** A group of lines: input lines as figures, computed ones as a formula and their results. */
  function groupOf1(inputs: Cells, computed: Cells = {}, more: Partial<PlanDocument> = {}): PlanDocument {
    const values = (list: readonly number[]) => Object.fromEntries(MONTHS.map((month, i) => [month, list[i] ?? 0]));
    return {
      plan: { currency: 'CNY' },
      budget: {
        calendar: { start: '2027-01', months: 3 },
        groups: { g: { code: 'g', rank: 'A' } },
        lines: {
          x: { code: 'x', unit: 'CNY', values: values([1, 1, 1]) },
          ...Object.fromEntries(Object.entries(inputs).map(([id, list], i) => [id, { code: id, group: 'g', rank: `1${i}`, unit: 'CNY', rollup: 'sum', values: values(list) }])),
          ...Object.fromEntries(Object.keys(computed).map((id, i) => [id, { code: id, group: 'g', rank: `2${i}`, unit: 'CNY', rollup: 'sum', formula: 'x * 3' }])),
        },
      },
      ...more,
    };
  }
  const resultsOf = (document: PlanDocument, computed: Cells): Readonly<Record<string, LineResult>> => Object.fromEntries(Object.entries(document.budget?.lines ?? {}).map(([id, line]) => {
    const values = line.formula === undefined ? MONTHS.map((month) => Number(line.values?.[month] ?? 0)) : (computed[id] ?? []);
    return [id, { unit: 'CNY', by: [], values, total: sum(values), errors: [] }];
  }));
  const opened = (document: PlanDocument, computed: Cells = {}): Sheet => sheetOf(document, 'base', resultsOf(document, computed));
  const target = (sheet: Sheet, months: readonly string[] = sheet.months) => {
    const row = rowOf(sheet, 'group:g');
    return targetOf(sheet, row, months, subtotalAt(sheet, row));
  };
  /** The document after a spread by the figures as they stand. */
  function spreadTo(sheet: Sheet, total: number, months: readonly string[] = sheet.months) {
    const found = target(sheet, months);
    if (typeof found === 'string') throw new Error(found);
    const plan = planOf(found, total, 'profile', facts, options);
    if (plan.trouble) throw new Error(plan.trouble);
    const document = apply(sheet.document, putFigures(sheet, found.places.flatMap((place, i) => (place.fixed === null ? [[place.ref, plan.figures[i] ?? 0] as const] : []))));
    return { found, plan, document };
  }
  /** The texts of the group’s row: its total and its months. */
  function shown(sheet: Sheet): string[] {
    const source = budgetSource(() => sheet, () => WORDS, DEEDS);
    const at1 = sheet.rows.findIndex((one) => one.id === 'group:g');
    return Array.from({ length: source.cols() }, (_, c) => c).filter((c) => ['total', 'value'].includes(source.col(c).kind)).map((c) => source.text(at1, c));
  }
  const DEEDS: Deeds = { edit: () => undefined, toggle: () => undefined, total: () => undefined, undo: () => undefined, redo: () => undefined };
  const WORDS = { name: '', unit: '', total: '', formula: '', override: '', waits: '', empty: '', notNumber: '', readOnly: '', tooMany: () => '', withheld: '', trend: '', last: '', delta: '', locked: () => '', sumOf: () => '', isLine: () => '', scenario: () => '', bucket: () => '', points: () => '', unitName: () => '', error: () => '' };

  it('waits while one of its lines is being reckoned, and so does that line alone', () => {
    const sheet = { ...opened(groupOf1({ a: [10, 20, 30], b: [30, 20, 10] })), pending: new Set(['a']) };
    const source = budgetSource(() => sheet, () => WORDS, DEEDS);
    expect(sheet.rows.flatMap(({ id }, r) => (source.row(r).waits === true ? [id] : []))).toEqual(['group:g', 'line:a']);
    const said = budgetSource(() => sheet, () => ({ ...WORDS, waits: 'to come' }), DEEDS);
    expect(sheet.rows.map((_, r) => said.label(r, said.cols() - 1).endsWith('to come'))).toEqual(sheet.rows.map((_, r) => source.row(r).waits));
  });
  it('goes over its input lines by what stands; what is computed stays', () => {
    const computed = { c: [10, 10, 10] };
    const sheet = opened(groupOf1({ a: [10, 20, 30], b: [30, 20, 10] }, computed), computed);
    const { found, plan, document } = spreadTo(sheet, 270);
    expect(plan.figures).toEqual([20, 40, 60, 60, 40, 20, 10, 10, 10]);
    expect([plan.keeps, plan.changes, [...plan.kept]]).toEqual([30, 6, [['computed', 3]]]);
    expect(byLine(found, plan.figures).map(({ line, now, next, kept }) => [line.id, now, next, kept])).toEqual([['a', 60, 120, false], ['b', 60, 120, false], ['c', 30, 30, true]]);
    expect(document.budget?.lines?.['c']).toBe(sheet.document.budget?.lines?.['c']);
  });
  it('of one month leaves the others alone', () => {
    const { document } = spreadTo(opened(groupOf1({ a: [10, 20, 30], b: [30, 20, 10] })), 80, ['2027-02']);
    expect([document.budget?.lines?.['a']?.values, document.budget?.lines?.['b']?.values]).toEqual([{ '2027-01': 10, '2027-02': 40, '2027-03': 30 }, { '2027-01': 30, '2027-02': 40, '2027-03': 10 }]);
  });
  it('comes out to the last digit shown, moves nothing that is held, and everything else by one ratio', () => {
    const draw = draws(27);
    for (let round = 0; round < 120; round += 1) {
      const cells = (count: number, prefix: string): Cells => Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, MONTHS.map(() => draw.whole(1, 900_000) / 100)]));
      const thirds = (list: Cells): Cells => Object.fromEntries(Object.entries(list).map(([id, values]) => [id, values.map((value) => value / 3)]));
      const computed = thirds(cells(draw.whole(0, 2), 'c'));
      const inputs = cells(draw.whole(2, 5), 'a');
      let document = groupOf1(inputs, computed);
      const lines = linesByCode(document);
      const held = Object.keys(inputs).flatMap((id) => MONTHS.flatMap((month) => {
        const line = lines.get(id);
        return line && draw.whole(0, 3) === 0 ? [{ line, member: [], month }] : [];
      }));
      if (held.length === Object.keys(inputs).length * 3) continue;
      document = apply(document, putHeld(document, held, true));
      const before = opened(document, computed);
      const months = draw.whole(0, 1) === 0 ? MONTHS : [MONTHS[draw.whole(0, 2)] ?? ''];
      const now = target(before, months);
      if (typeof now === 'string' || now.places.every((place) => place.fixed !== null)) continue;
      const stays = sum(now.places.filter((place) => place.fixed !== null).map((place) => place.now ?? 0));
      const moves = sum(now.places.filter((place) => place.fixed === null).map((place) => place.now ?? 0));
      const total = Math.ceil(stays) + draw.whole(1, 5_000_000);
      const { found, plan, document: after } = spreadTo(before, total, months);
      const ratio = (total - stays) / moves;
      found.places.forEach((place, i) => {
        const next = plan.figures[i] ?? Number.NaN;
        if (place.fixed !== null) expect(next).toBe(place.now);
        else expect(Math.abs(next - (place.now ?? 0) * ratio)).toBeLessThan(0.021);
      });
      for (const { line, month } of held) expect(after.budget?.lines?.[line.id]?.values?.[month]).toBe(document.budget?.lines?.[line.id]?.values?.[month]);
      const texts = shown(opened(after, computed));
      expect(texts[months.length > 1 ? 0 : 1 + MONTHS.indexOf(months[0] ?? '')]).toBe(before.formats.figure(total, 'CNY', 0));
    }
  });
  it('is taken where it is typed, of the year and of a month', () => {
    const typed: unknown[] = [];
    const sheet = opened(groupOf1({ a: [10, 20, 30], b: [30, 20, 10] }));
    const source = budgetSource(() => sheet, () => WORDS, { ...DEEDS, total: (row, month, value) => typed.push([row.id, month, value]) });
    const r = sheet.rows.findIndex((one) => one.id === 'group:g');
    for (const c of [2, 4]) expect(source.apply([{ r, c, raw: '1,200' }], 'cell')).toEqual({ applied: 1, refused: 0 });
    expect(source.apply([{ r, c: 0, raw: '7' }], 'cell').refused).toBe(1);
    expect(typed).toEqual([['group:g', null, 1200], ['group:g', '2027-02', 1200]]);
  });
  const two = groupOf1({ a: [1, 1, 1], b: [2, 2, 2] });
  const withLines = (lines: object): PlanDocument => ({ ...two, budget: { ...two.budget, lines: { ...two.budget?.lines, ...lines } } });
  it.each<[string, Sheet, string]>([
    ['whose lines cannot be added', opened(withLines({ p: { code: 'p', group: 'g', unit: '%', values: {} } })), 'group_none'],
    ['that leads up to one line', opened(withLines({ t: { code: 't', group: 'g', unit: 'CNY', rollup: 'sum', formula: 'a + b' } }), { t: [3, 3, 3] }), 'group_top'],
    ['of computed lines alone', opened(groupOf1({}, { c: [1, 1, 1], d: [1, 1, 1] }), { c: [1, 1, 1], d: [1, 1, 1] }), 'group_formula'],
    ['with a computed line that failed', opened(groupOf1({ a: [1, 1, 1] }, { c: [1] }), { c: [1] }), 'group_failed'],
    ['of which something is not shown', sheetOf(two, 'base', { ...resultsOf(two, {}), a: { unit: 'CNY', by: [], values: [null, null, null], total: null, errors: [{ member: [], month: '2027-01', key: 'rights.withheld', args: {}, cause: 'a', cause_month: '2027-01' }] } }), 'withheld'],
  ])('is not taken of a group %s', (_, sheet, why) => {
    expect(target(sheet)).toBe(why);
    expect(takesTotal(sheet, rowOf(sheet, 'group:g'), subtotalAt(sheet, rowOf(sheet, 'group:g')))).toBe(why === 'group_failed' || why === 'withheld');
  });
  it('is not offered to whom no cell is open, and a lead moves their own lines', () => {
    const sheet = opened(two);
    const row = rowOf(sheet, 'group:g');
    expect(takesTotal({ ...sheet, lock: () => 'rights' }, row, subtotalAt(sheet, row))).toBe(false);
    const lead: Sheet = { ...sheet, lock: (path) => (path.includes('/a/') ? null : 'rights') };
    const { plan } = spreadTo(lead, 18);
    expect([plan.figures, [...plan.kept]]).toEqual([[4, 4, 4, 2, 2, 2], [['locked', 3]]]);
  });
  it('leaves alone what a scenario computes by a formula of its own', () => {
    const document: PlanDocument = { ...two, scenarios: { base: { code: 'base', changes: { f: { line: 'b', formula: 'x * 2' } } } } };
    const { plan } = spreadTo(opened(document), 12);
    const sheet = opened(document);
    const source = budgetSource(() => sheet, () => WORDS, DEEDS);
    const looks = (id: string): boolean => (source.flags(sheet.rows.findIndex((one) => one.id === id), 3) & Flag.formula) !== 0;
    expect([looks('line:a'), looks('line:b')]).toEqual([false, true]);
    expect([plan.figures, [...plan.kept]]).toEqual([[2, 2, 2, 2, 2, 2], [['computed', 3]]]);
  });
});
