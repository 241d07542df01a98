/** What the business plan shows of initiatives: links, effects as the server tells them, and the picture of both. */
import { beforeAll, describe, expect, test } from 'vitest';

import type { Effect, Effects } from '../src/api/whatif';
import { later, use } from '../src/i18n/index.svelte';
import { bubblesModel, effectOf, initiativeRows, type InitiativeRow, shownItem, standingOf } from '../src/model/business';
import type { PlanDocument } from '../src/model/document';
import { liveMonth } from '../src/model/goals';
import type { Wording } from '../src/model/whatif';

beforeAll(async () => {
  await use('en');
  await later(Promise.resolve({ default: null }));
});

const document: PlanDocument = {
  budget: { lines: { l1: { code: 'fcr' }, l2: { code: 'fee' } } },
  method: { findings: { f1: { rank: '1', initiative: 'a' }, f2: { rank: '2', initiative: 'b' }, f3: { rank: '3' } } },
  okr: {
    objectives: { o: { rank: '1', key_results: { k2: { rank: '2' }, k1: { rank: '1' } } }, a: { rank: '2' } },
    milestones: { m: { due: '2027-05-31' }, gone: { due: '2027-05-31', status: 'dropped' }, open: {} },
    initiatives: {
      a: { rank: '2', objective: 'o', milestone: 'm', changes: { c1: { rank: '1', line: 'l2' }, c2: { rank: '2', line: 'l1' }, c3: { rank: '3', line: 'l2' }, c4: { rank: '4', line: 'gone' } } },
      b: { rank: '1', objective: 'gone', go_live: '2027-03', changes: { c: { line: 'l1' } } },
      c: { rank: '3' },
    },
    checkins: { c1: { of: '/okr/milestones/m', day: '2027-01-08', confidence: 2 }, c2: { of: '/okr/milestones/m', day: '2027-01-15', confidence: 4 } },
  },
};
const rows = initiativeRows(document);

test('an initiative is shown with what it is linked to, and nothing that is gone', () => {
  expect(rows.map(({ entry, objective, results, lines, findings, milestone, month, told }) => [entry.id, objective?.id, results.map(({ id }) => id), lines.map(({ id }) => id), findings.map(({ id }) => id), milestone?.id, month, told?.item.confidence])).toEqual([
    ['b', undefined, [], ['l1'], ['f2'], undefined, '2027-03', undefined],
    ['a', 'o', ['k1', 'k2'], ['l2', 'l1'], ['f1'], 'm', '2027-05', 4],
    ['c', undefined, [], [], [], undefined, '', undefined],
  ]);
  expect(initiativeRows({})).toEqual([]);
});

test.each([
  ['its own', { go_live: '2027-03' }, '2027-03'], ['its milestone’s before its own', { go_live: '2027-03', milestone: 'm' }, '2027-05'],
  ['none with a milestone that is dropped', { go_live: '2027-03', milestone: 'gone' }, ''], ['none with one that has no day', { go_live: '2027-03', milestone: 'open' }, ''],
  ['none with one that is not there', { go_live: '2027-03', milestone: 'nowhere' }, ''], ['none', {}, ''],
] as const)('the month it goes live, as the server has it: %s', (_, item, want) => expect(liveMonth(document, item)).toBe(want));

test.each([
  ['/okr/objectives/o', '/okr/objectives/o'], ['o', '/okr/objectives/o'], ['b', '/okr/initiatives/b'], ['a', '/okr/objectives/a'], ['/okr/initiatives/a', '/okr/initiatives/a'],
  ['gone', ''], ['/okr/objectives/gone', ''], ['/budget/lines/l1', ''], ['', ''], [undefined, ''],
])('the address asks for %s', (item, want) => expect(shownItem(document, item)).toBe(want));

const effect = (initiative: string, more: Partial<Effect> = {}): Effect => ({ initiative, live: true, month: '2027-05', difference: -5, ratio: -0.1, verdict: 'favourable', error: null, cost: 2, cost_error: null, lines: ['fee'], ...more });
const failed = (key: string): NonNullable<Effect['error']> => ({ key, args: {}, member: [], month: '', cause: '', cause_member: [], cause_month: '' } as unknown as NonNullable<Effect['error']>);

test.each<[string, Pick<InitiativeRow, 'lines'>, Effect | undefined, string]>([
  ['is told', { lines: rows[0]?.lines ?? [] }, effect('b'), 'told'],
  ['of nothing at all is told as well', { lines: rows[0]?.lines ?? [] }, effect('b', { difference: 0 }), 'told'],
  ['is waited for until the server knows it', { lines: rows[0]?.lines ?? [] }, undefined, 'waiting'],
  ['wants a month', { lines: rows[0]?.lines ?? [] }, effect('b', { month: '', difference: null }), 'no_month'],
  ['is withheld', { lines: rows[0]?.lines ?? [] }, effect('b', { difference: null, error: failed('rights.withheld') }), 'withheld'],
  ['has failed', { lines: rows[0]?.lines ?? [] }, effect('b', { difference: null, error: failed('formula.division_by_zero') }), 'failed'],
  ['is none where nothing is changed', { lines: [] }, effect('c', { difference: 0 }), 'no_changes'],
])('an effect %s', (_, row, told, want) => expect(standingOf(row, told)).toBe(want));

describe('the picture of effect and cost', () => {
  const words: Wording = { line: (code) => code.toUpperCase(), scenario: String, lever: String, initiative: String, figure: String, change: (value) => (value > 0 ? `+${value}` : String(value)), percent: String };
  const say = { name: ({ entry }: InitiativeRow) => entry.id, confidence: ({ told }: InitiativeRow) => String(told?.item.confidence ?? 'none'), money: (value: number) => `¥${value}` };
  const of = (list: readonly Effect[], sense: Effects['sense'] = 'bad'): Effects => ({ scenario: 'base', line: 'total', unit: 'CNY', sense, effects: list });
  const draw = (effects: Effects) => bubblesModel(rows, effects, words, say);

  test('draws what is told of both, and names the rest', () => {
    const model = draw(of([effect('a', { difference: -7 }), effect('b', { difference: 3, verdict: 'unfavourable', cost: 9 }), effect('c')]));
    expect(model?.points).toEqual([{ name: 'b', x: 9, y: 3, size: null, tone: 'unfavourable' }, { name: 'a', x: 2, y: -7, size: 4, tone: 'favourable' }]);
    expect(model?.inverse).toBe(true);
    expect(model?.sentence).toBe('“a” does most for “TOTAL”: -7; its own cost is ¥2.');
    expect(model?.note).toMatch(/cannot be told: c\.$/);
    expect(model?.table.rows).toEqual([['b', '¥9', '+3', 'none'], ['a', '¥2', '-7', '4'], ['c', '¥2', '-5', 'none']]);
    expect(model?.legend?.map(({ tone }) => tone)).toEqual(['favourable', 'unfavourable']);
  });
  test.each<[string, Effects]>([
    ['one of two has no cost of its own', of([effect('a'), effect('b', { cost: null, lines: [] })])],
    ['one of two is withheld', of([effect('a'), effect('b', { difference: null, error: failed('rights.withheld') })])],
    ['the cost of one has failed', of([effect('a'), effect('b', { cost: null, cost_error: failed('formula.cycle') })])],
    ['the server knows one alone', of([effect('a')])],
    ['there is nothing', of([])],
  ])('is not drawn where %s', (_, effects) => expect(draw(effects)).toBeNull());
  test('says so where nothing does good, and what moves most where there is neither good nor bad', () => {
    expect(draw(of([effect('a', { difference: 4, verdict: 'unfavourable' }), effect('b', { difference: 0, verdict: 'same' })]))?.sentence).toBe('No initiative here does “TOTAL” good.');
    const neither = draw(of([effect('a', { difference: 4, verdict: 'neutral' }), effect('b', { difference: -9, verdict: 'neutral' })], 'neither'));
    expect([neither?.sentence, neither?.inverse, neither?.legend]).toEqual(['“b” moves “TOTAL” most: -9; its own cost is ¥2.', false, undefined]);
  });
});

test('an effect is found by the initiative', () => {
  expect([effectOf(null, 'a'), effectOf({ scenario: 'base', line: '', unit: '', sense: 'bad', effects: [effect('a')] }, 'b')]).toEqual([undefined, undefined]);
});
