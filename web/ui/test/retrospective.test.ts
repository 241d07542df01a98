import { describe, expect, it } from 'vitest';

import type { LineResult } from '../src/api/types';
import { trendPoints } from '../src/model/columns';
import { codeOf, type Finding, type Initiative, type Line, type PlanDocument } from '../src/model/document';
import { against, hasHistory, headlines, linesBefore, monthsBefore, rolled, yearOf } from '../src/model/lastYear';
import { hasLed, initiativeOf, made } from '../src/model/method';
import { apply } from '../src/model/patch';
import { daysOf, known, repeatsOf, typed, type Asked, type AskedField } from '../src/model/repeats';
import type { Rollup } from '../src/model/rollup';

const MONTHS = Array.from({ length: 12 }, (_, i) => `2027-${String(i + 1).padStart(2, '0')}`);
const year = (of: number, value: (i: number) => number = () => of): Record<string, number> => Object.fromEntries(MONTHS.map((month, i) => [`2026${month.slice(4)}`, value(i)]));
const result = (total: number | null, values: unknown = Array<number>(12).fill(1), errors: readonly string[] = []): LineResult => ({ total, values, errors: errors.map((key) => ({ key })), unit: '' }) as unknown as LineResult;
function planOf(lines: Readonly<Record<string, Line>>, history: Readonly<Record<string, unknown>> = {}, calendar: object = {}): PlanDocument {
  const listed = Object.fromEntries(Object.entries(lines).map(([code, line], i) => [code, { code, rank: String(i).padStart(3, '0'), ...line }]));
  const site = { code: 'site', members: { north: { code: 'north', rank: '1' }, south: { code: 'south', rank: '2' } } };
  return { plan: { currency: 'CNY' }, budget: { calendar: { start: '2027-01', months: 12, ...calendar }, lines: listed, dimensions: { site } }, history } as PlanDocument;
}

describe('a finding becomes an initiative', () => {
  const document = (finding: Finding, initiatives: Readonly<Record<string, Initiative>> = {}): PlanDocument => ({ method: { findings: { f: finding } }, okr: { objectives: { o: {} }, initiatives } });
  const after = (plan: PlanDocument): { readonly made: Initiative; readonly finding: Finding } => {
    const making = made(plan, 'f');
    if (!making) throw new Error('nothing was made');
    const { okr, method } = apply(plan, making.patch);
    return { made: okr?.initiatives?.[making.key] ?? {}, finding: method?.findings?.['f'] ?? {} };
  };

  const NAMES: Readonly<Record<string, readonly [said: string, name: string]>> = {
    'the first of two sentences': ['Three in ten call again. Nobody asked who.', 'Three in ten call again'],
    'a sentence without an end': ['Partners cannot act', 'Partners cannot act'],
    'a sentence with a figure in it': ['A call costs 5.64 on average; it was 5.1.', 'A call costs 5.64 on average'],
    'Chinese sentences': ['近三成来电是重复来电。从没问过是谁在打。', '近三成来电是重复来电'],
  };
  for (const [what, [said, name]] of Object.entries(NAMES)) it(`named by ${what}`, () => expect(after(document({ statement: { en: said } })).made.name).toEqual({ en: name }));

  it('with its evidence and objective, as an idea, and the finding knows it', () => {
    const both = after(document({ statement: { en: 'Late', zh: '太晚' }, evidence: { en: '41%' }, objective: 'o', severity: 5 }));
    expect(both.made).toMatchObject({ name: { en: 'Late', zh: '太晚' }, note: { en: '41%' }, objective: 'o', status: 'idea' });
    expect(both.finding).toEqual({ statement: { en: 'Late', zh: '太晚' }, evidence: { en: '41%' }, objective: 'o', severity: 5, initiative: both.made.code });
  });
  it('after those that are there', () => expect((after(document({ statement: { en: 'A' } }, { i: { rank: '5' } })).made.rank ?? '') > '5').toBe(true));
  it('in the place of a reason why nothing follows', () => expect(after(document({ statement: { en: 'A' }, refused: { en: 'too dear' } })).finding.refused).toBeUndefined());
  it('once: where it has one, no second is made', () => {
    const plan = document({ statement: { en: 'A' }, initiative: 'i' }, { i: { name: { en: 'There' } } });
    expect([made(plan, 'f'), made(plan, 'gone'), initiativeOf(plan, { initiative: 'i' })?.item.name]).toEqual([null, null, { en: 'There' }]);
  });
  it('but an initiative that is not in the plan is none', () => expect(made(document({ statement: { en: 'A' }, initiative: 'gone' }), 'f')).not.toBeNull());
  it('something follows from it by an objective or an initiative', () => expect([{}, { objective: '' }, { objective: 'o' }, { initiative: 'i' }].map(hasLed)).toEqual([false, false, true, true]));
});

describe('the year before', () => {
  it('is twelve months earlier, and named by the years it lies in', () => {
    expect(monthsBefore(['2027-01', '2027-02'])).toEqual(['2026-01', '2026-02']);
    expect(monthsBefore(Array.from({ length: 24 }, () => '2027-01'))).toHaveLength(12);
    expect([yearOf(monthsBefore(MONTHS)), yearOf(['2026-07', '2027-06']), yearOf(['2026-07'])]).toEqual(['2026', '2026/27', '2026']);
  });

  const ROLLED: Readonly<Record<string, readonly [rule: Rollup, lanes: number[][], weights: number[][] | null, want: number | null]>> = {
    'a sum over months and members': ['sum', [[1, 2], [3, 4]], null, 10],
    'a mean': ['average', [[1, 2, 6]], null, 3],
    'no mean of members': ['average', [[1], [3]], null, null],
    'a weighted mean': ['weighted', [[0.2, 0.4]], [[300, 100]], 0.25],
    'a weighted mean over members': ['weighted', [[10, 10], [20, 20]], [[1, 1], [3, 3]], 17.5],
    'a weighted mean without weights': ['weighted', [[10]], null, null],
    'weights that are nought': ['weighted', [[10]], [[0]], null],
    'the last': ['last', [[1, 2, 6]], null, 6],
    'the first': ['first', [[1, 2, 6]], null, 1],
    'the least': ['min', [[4, 2, 6]], null, 2],
    'the most': ['max', [[4, 2, 6]], null, 6],
    'what a formula makes of it': ['formula', [[4]], null, null],
    'nothing': ['sum', [], null, null],
  };
  for (const [what, [rule, lanes, weights, want]] of Object.entries(ROLLED)) it(`rolls up ${what}`, () => expect(rolled(rule, lanes, weights)).toBe(want));

  const VERDICTS: readonly (readonly [figure: number, before: number, sense: 'good' | 'bad' | 'neither' | undefined, verdict: string, ratio: number | null])[] = [
    [110, 100, 'bad', 'unfavourable', 0.1], [90, 100, 'bad', 'favourable', -0.1], [110, 100, 'good', 'favourable', 0.1], [110, 100, 'neither', 'neutral', 0.1],
    [110, 100, undefined, 'neutral', 0.1], [100 + 1e-11, 100, 'bad', 'same', 1e-13], [5, 0, 'bad', 'unfavourable', null], [-90, -100, 'good', 'favourable', 0.1],
  ];
  for (const [figure, before, sense, verdict, ratio] of VERDICTS) {
    it(`${figure} against ${before} is ${verdict} where more is ${sense ?? 'not said to be anything'}`, () => {
      const stands = against(figure, before, sense);
      expect(stands.verdict).toBe(verdict);
      if (ratio === null) expect(stands.ratio).toBeNull();
      else expect(stands.ratio).toBeCloseTo(ratio, 12);
    });
  }

  const lines = { cost: { unit: 'CNY', sense: 'bad' as const, values: {} }, aht: { unit: 'second/contact', rollup: 'weighted(volume)' }, volume: { unit: 'contact' } };
  it('stands beside the plan: the engine’s own total, and what was kept rolled up as the line is', () => {
    const document = planOf(lines, { cost: year(10), aht: year(0, (i) => (i < 6 ? 100 : 200)), volume: year(0, (i) => (i < 6 ? 3 : 1)) });
    const found = linesBefore(document, { cost: result(132, Array<number>(12).fill(11)), aht: result(150), volume: result(24) });
    expect(found.map(({ line, last, planned, compared }) => [codeOf(line), last, planned, compared.verdict])).toEqual([['cost', 120, 132, 'unfavourable'], ['aht', 125, 150, 'neutral'], ['volume', 24, 24, 'same']]);
    expect([found[0]?.past, found[0]?.plan]).toEqual([Array(12).fill(10), Array(12).fill(11)]);
  });
  it('adds up members, and weighs them by those of the weights', () => {
    const by = ['site'];
    const document = planOf({ volume: { unit: 'contact', by }, aht: { unit: 'second/contact', rollup: 'weighted(volume)', by } }, { volume: { north: year(1), south: year(3) }, aht: { north: year(100), south: year(200) } });
    const values = { north: Array<number>(12).fill(2), south: Array<number>(12).fill(2) };
    expect(linesBefore(document, { volume: result(48, values), aht: result(150, values) }).map(({ last, plan }) => [last, plan[0]])).toEqual([[48, 4], [175, 2]]);
  });

  const LEFT_OUT: Readonly<Record<string, readonly [history: Readonly<Record<string, unknown>>, cost: LineResult | undefined]>> = {
    'nothing is kept of': [{}, result(1)],
    'a month is missing of': [{ cost: { ...year(1), '2026-05': undefined } }, result(1)],
    'is not shown to the reader': [{ cost: year(1) }, result(null, [], ['rights.withheld'])],
    'has failed': [{ cost: year(1) }, result(null, [], ['formula.division_by_zero'])],
    'has no result yet': [{ cost: year(1) }, undefined],
  };
  for (const [what, [history, cost]] of Object.entries(LEFT_OUT)) it(`leaves a line out that ${what}`, () => expect(linesBefore(planOf(lines, history), cost ? { cost } : {})).toEqual([]));

  it('of a plan of two years it is set against the first', () => {
    const document = planOf({ cost: { unit: 'CNY' } }, { cost: year(10) }, { months: 24 });
    expect(linesBefore(document, { cost: result(999, [...Array<number>(12).fill(11), ...Array<number>(12).fill(50)]) })[0]?.planned).toBe(132);
  });
  it('what matters most comes first, then the plan’s order, and no more than are asked for', () => {
    const codes = ['seats', 'fcr', 'aht', 'volume', 'rent', 'total_cost'];
    const all = linesBefore(planOf(Object.fromEntries(codes.map((code) => [code, { unit: 'CNY' }])), Object.fromEntries(codes.map((code) => [code, year(1)]))), Object.fromEntries(codes.map((code) => [code, result(1)])));
    expect(headlines(all, 5).map(({ line }) => codeOf(line))).toEqual(['total_cost', 'volume', 'aht', 'fcr', 'seats']);
  });
  it('two courses share one scale', () => expect([trendPoints([0, 10], [20, 20]), trendPoints([20, 20], [0, 10]), trendPoints([1], [1, 2])]).toEqual(['0,18 100,10', '0,2 100,2', null]));
  it('a plan without history says so', () => expect([hasHistory({}), hasHistory(planOf({}, { cost: year(1) }))]).toEqual([false, true]));
});

describe('repeat calls', () => {
  const CASES: readonly (readonly [asked: Asked, daily: number | null, yearly: number | null, cost: number | null])[] = [
    [{ calls: 233_000, share: 0.29, days: 360, cost: 5.64 }, 67_570, 24_325_200, 137_194_128],
    [{ calls: 7_000_000 / 30, share: 0.29, days: 360, cost: null }, 67_666.666667, 24_360_000, null],
    [{ calls: 100, share: 0, days: 365, cost: 2 }, 0, 0, 0],
    [{ calls: 100, share: 1, days: 366, cost: 0 }, 100, 36_600, 0],
    [{ calls: null, share: 0.29, days: 360, cost: 1 }, null, null, null],
    [{ calls: 100, share: null, days: 360, cost: 1 }, null, null, null],
    [{ calls: 100, share: 0.3, days: null, cost: 1 }, null, null, null],
    [{ calls: -1, share: 0.3, days: 360, cost: 1 }, null, null, null],
    [{ calls: 100, share: 1.01, days: 360, cost: 1 }, null, null, null],
    [{ calls: 100, share: 0.3, days: 367, cost: 1 }, null, null, null],
    [{ calls: 100, share: 0.3, days: 360, cost: -1 }, null, null, null],
  ];
  for (const [asked, daily, yearly, cost] of CASES) {
    it(`${asked.calls ?? 'none'} a day, ${asked.share ?? 'none'} of them, ${asked.days ?? 'no'} days at ${asked.cost ?? 'no cost'}`, () => {
      const found = repeatsOf(asked);
      if (daily === null || yearly === null) {
        expect(found).toBeNull();
        return;
      }
      expect(found?.daily).toBeCloseTo(daily, 5);
      expect(found?.yearly).toBeCloseTo(yearly, 3);
      if (cost === null) expect(found?.cost).toBeNull();
      else expect(found?.cost).toBeCloseTo(cost, 2);
    });
  }

  const TYPED: readonly (readonly [field: AskedField, text: string, want: number | null | 'wrong'])[] = [
    ['calls', '233,000', 233_000], ['calls', '23.3万', 233_000], ['calls', '', null], ['calls', 'many', 'wrong'], ['calls', '-1', 'wrong'],
    ['share', '29', 0.29], ['share', '29%', 0.29], ['share', '0.29', 0.29], ['share', '1', 1], ['share', '1%', 0.01], ['share', '101', 'wrong'], ['share', '-3%', 'wrong'],
    ['days', '365', 365], ['days', '367', 'wrong'], ['cost', '¥5.64', 5.64], ['cost', ' ', null], ['cost', '-2', 'wrong'],
  ];
  for (const [field, text, want] of TYPED) it(`“${text}” typed as ${field} is ${want ?? 'nothing'}`, () => expect(typed(field, text)).toBe(want));

  const lines: Readonly<Record<string, Line>> = {
    calls_today: { unit: 'contact' }, repeat_share_today: { unit: '%', rollup: 'weighted(calls_today)' },
    repeat_share: { unit: '%', rollup: 'weighted(volume)', formula: 'x' }, volume: { unit: 'contact', formula: 'x' },
    total_cost: { unit: 'CNY', formula: 'x' }, cost_per_contact: { unit: 'CNY/contact', rollup: 'formula', formula: 'x' },
  };
  const results = { calls_today: result(3600), repeat_share_today: result(0.29), repeat_share: result(0.25), volume: result(7200), total_cost: result(72_000), cost_per_contact: result(12) };
  const from = (found: ReturnType<typeof known>): readonly string[] => (['calls', 'share', 'cost'] as const).map((field) => found.from[field].map(codeOf).join('/'));
  it('begin with what the plan reckons: the share, the contacts it is of, and their part of the total cost', () => {
    const found = known(planOf(lines, {}, { days: 'typical' }), results);
    expect([found.calls, found.share, found.cost, found.days]).toEqual([20, 0.25, 10, 360]);
    expect(from(found)).toEqual(['volume', 'repeat_share', 'total_cost/volume']);
  });
  it('repeats never cost more of the total than their share of the contacts', () => {
    const found = known(planOf(lines, {}, { days: 'typical' }), results);
    expect((repeatsOf(found)?.cost ?? 0) / 72_000).toBeCloseTo(found.share ?? 0, 12);
  });
  it('take what was put in where nothing is reckoned', () => expect(from(known(planOf({ calls_today: { unit: 'contact' }, repeat_share_today: { unit: '%', rollup: 'weighted(calls_today)' } }), results))).toEqual(['calls_today', 'repeat_share_today', '']));
  it('take the cost of a contact where the total is not known', () => {
    const found = known(planOf(lines), { ...results, total_cost: result(null, [], ['rights.withheld']) });
    expect([found.cost, found.from.cost.map(codeOf)]).toEqual([12, ['cost_per_contact']]);
  });
  it('leave open what the plan does not have', () => expect(known(planOf({}), {})).toMatchObject({ calls: null, share: null, cost: null, days: 365 }));
  it('count the days of the plan by its calendar', () => expect([daysOf(planOf({})), daysOf(planOf({}, {}, { start: '2028-01' })), daysOf(planOf({}, {}, { days: 'typical' })), daysOf(planOf({}, {}, { start: '2027-07', months: 6 }))]).toEqual([365, 366, 360, 184]));
});
